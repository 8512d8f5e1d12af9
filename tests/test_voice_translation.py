"""Voice translation: known answers, stages in their order, voices on odd words, nothing kept, and what is refused."""

from __future__ import annotations

import base64
import io
import json
import wave
from functools import lru_cache

import numpy as np
import pytest

from demos import get_demo
from demos.compare import compare
from demos.engine import InlineEngine
from demos.errors import BadInput, DemoError
from demos.media import as_wav
from demos.results import Segment, Sound, Spectrogram, Transcript
from demos.samples import holds, sample_inputs
from demos.voice_results import Speech, Spoken
from demos.voice_translation.chain import Heard, chain
from demos.voice_translation.evaluate import plain, spread
from demos.voice_translation.reading import resampled
from demos.voice_translation.recording import LONGEST_S
from made_files import bad_sounds, odd_sounds, others

DEMO = get_demo("voice_translation")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
BOTH = ("pocketsphinx_espeak", "whisper_kokoro")


@lru_cache(maxsize=1)
def models() -> InlineEngine:
    return InlineEngine()


@lru_cache(maxsize=None)
def grown(key: str, sample: str) -> tuple[Spoken, ...]:
    """Every answer on the way to the whole one."""
    audio = DEMO.inputs[0].read(sample_inputs(DEMO, SAMPLES[sample])["audio"])
    steps = list(models().load(DEMO.name, key).stream(audio=audio, into=SAMPLES[sample].inputs["into"]))
    shares = [share for share, _ in steps]
    assert shares == sorted(shares) and shares[-1] == 1.0
    return tuple(answer for _, answer in steps)


def answer(key: str, sample: str) -> Spoken:
    return grown(key, sample)[-1]


def text_of(key: str, sample: str) -> Spoken:
    """The answer without its voice."""
    audio = DEMO.inputs[0].read(sample_inputs(DEMO, SAMPLES[sample])["audio"])
    return models().load(DEMO.name, key).briefly(audio=audio, into=SAMPLES[sample].inputs["into"])


def loud(sound: Sound | None) -> float:
    """Seconds of a voice that is really to be heard."""
    assert sound is not None and np.isfinite(sound.samples).all()
    assert np.abs(sound.samples).max() == pytest.approx(0.9, abs=0.01)
    return len(sound.samples) / sound.rate


# --- known answers --------------------------------------------------------------------------------

def test_english_becomes_spoken_portuguese() -> None:
    got = answer("whisper_kokoro", "station")
    assert "railway station" in got.heard.text and got.languages == ("English", "Portuguese")
    assert holds(SAMPLES["station"].expect, got) and "trem" in got.text and not got.english
    assert 3 < loud(got.sound) < 12 and got.sound.rate == 24_000 and [name for name, _ in got.seconds] == ["words", "translation", "voice"]


def test_portuguese_becomes_spoken_english() -> None:
    got = answer("whisper_kokoro", "beach")
    assert got.languages == ("Portuguese", "English") and holds(SAMPLES["beach"].expect, got) and loud(got.sound) > 2


def test_any_other_language_goes_through_english() -> None:
    got = text_of("whisper_kokoro", "market")
    assert got.languages == ("Spanish", "Portuguese") and "mercado" in got.heard.text
    assert "market" in got.english and "mercado" in got.text and "goes through English" in got.note
    french = text_of("whisper_kokoro", "croissants")
    assert french.languages in (("French", "English"), ("Portuguese", "English"))  # by a hair, and by the processor: the card tells
    assert "coffee" in french.text and "croissant" not in french.heard.text and not french.english


def test_the_voice_says_what_the_text_says() -> None:
    got = answer("whisper_kokoro", "station")
    heard = models().load(DEMO.name, "whisper_kokoro").whisper.predict(np.pad(resampled(got.sound), 8000), "pt").text
    kept, _ = compare(got, Spoken(heard))
    assert kept >= 0.8, heard


def test_words_come_before_the_voice() -> None:
    steps = grown("whisper_kokoro", "station")
    first = next(step for step in steps if step.heard.text)
    assert not first.text and first.sound is None
    assert [bool(step.text) for step in steps][-2:] == [True, True] and steps[-2].sound is None


def test_the_classical_chain_speaks_too() -> None:
    got = answer("pocketsphinx_espeak", "station")
    assert "station" in got.heard.text and "estação" in got.text and got.languages == ("English", "Portuguese")
    assert 2 < loud(got.sound) < 15 and got.sound.rate == 22_050


def test_what_is_in_the_language_already_is_only_said_again() -> None:
    audio = DEMO.inputs[0].read(sample_inputs(DEMO, SAMPLES["bat"])["audio"])
    got = models().load(DEMO.name, "whisper_kokoro").predict(audio=audio, into="en")
    assert got.text == got.heard.text and "English already" in got.note and loud(got.sound) > 1


@pytest.mark.parametrize("key", BOTH)
def test_no_word_and_no_voice_where_nobody_speaks(key: str) -> None:
    got = answer(key, "tune")
    assert (got.text, got.sound, got.heard.text) == ("", None, "") and got.note.startswith("No speech was heard.")


def test_the_samples_that_fail_really_fail() -> None:
    failing = {key for key, sample in SAMPLES.items() if sample.fails}
    assert len(failing) >= 3
    for key in failing:
        wrong = {method: not holds(SAMPLES[key].expect, text_of(method, key)) for method in BOTH}
        assert wrong["pocketsphinx_espeak"] and (wrong["whisper_kokoro"] or "PocketSphinx" in SAMPLES[key].fails), key


# --- the chain itself -----------------------------------------------------------------------------

def heard(text: str, language: str, english: str = "") -> list[tuple[float, Heard]]:
    said = Transcript(text, words=(Segment(0, 1, text),) if text else (), note="" if text else "No speech was heard.")
    return [(1.0, Heard(said, language, lambda: english))]


def voice(text: str, language: str) -> Sound:
    return Sound(np.full(10, 0.5, np.float32), 24_000)


@pytest.mark.parametrize(("language", "into", "asked"), [("en", "pt", ["hi>en-pt"]), ("pt", "en", ["hi>pt-en"]),
                                                         ("de", "pt", ["hello>en-pt"]), ("de", "en", []), ("en", "en", [])])
def test_each_language_takes_its_way(language: str, into: str, asked: list[str]) -> None:
    calls: list[str] = []

    def translate(text: str, way: str) -> str:
        calls.append(f"{text}>{way}")
        return "ola"

    *_, (_, got) = chain(heard("hi", language, "hello"), translate, voice, into, 1.0)
    assert calls == asked and got.sound is not None and got.text == ("ola" if asked else "hello" if language == "de" else "hi")


def test_words_that_cannot_be_said_leave_the_text() -> None:
    *_, (_, got) = chain(heard("...", "en"), lambda text, way: "...", lambda text, code: None, "pt", 1.0)
    assert got.text == "..." and got.sound is None and "nothing in it that a voice could say" in got.note
    *_, (_, got) = chain(heard("hm", "ja", ""), lambda text, way: "x", voice, "pt", 1.0)
    assert got.text == "" and got.sound is None, "Whisper found no English for it"


def test_an_answer_checks_itself() -> None:
    with pytest.raises(ValueError):
        Spoken("", sound=voice("", "en"))
    with pytest.raises(ValueError):
        Spoken("x", seconds=(("voice", 1.0),))
    with pytest.raises(ValueError):
        Speech(Sound(np.zeros(0, np.float32), 24_000), "a", Spectrogram(np.zeros((2, 2)), 1.0))


def test_json_holds_the_voice_and_no_clock() -> None:
    got = answer("whisper_kokoro", "beach")
    plain_ = json.loads(json.dumps(got.as_json(), allow_nan=False))
    with wave.open(io.BytesIO(base64.b64decode(plain_["sound"]["wav_base64"]))) as file:
        assert (file.getframerate(), file.getnframes()) == (24_000, len(got.sound.samples))
    assert plain_["type"] == "Spoken" and "seconds" not in plain_ and plain_["heard"]["type"] == "Transcript"
    assert got.brief().sound is None and got.brief().text == got.text


def test_break_it_listens_and_does_not_speak() -> None:
    given = sample_inputs(DEMO, SAMPLES["bat"])
    sweep = models().submit(DEMO.name, "pocketsphinx_espeak", given, want="sweep", change="telephone").result()
    assert all(step.result.sound is None for step in sweep.steps) and sweep.steps[0].result.text and sweep.steps[0].kept == 1.0


# --- what is given --------------------------------------------------------------------------------

def test_a_recording_of_more_than_a_minute_gets_a_sentence() -> None:
    long = as_wav(np.zeros((LONGEST_S + 1) * 16_000, np.float32))
    with pytest.raises(BadInput, match="at most 60 are translated"):
        models().submit(DEMO.name, "whisper_kokoro", {"audio": long, "into": "pt"}).result()
    speech = models().submit("speech_recognition", "whisper_base", {"audio": long}).result()
    assert speech.result.note, "the other demo still takes it"
    with pytest.raises(BadInput, match="at most 60 are translated"):  # though it was decoded for the other one
        models().submit(DEMO.name, "whisper_kokoro", {"audio": long, "into": "en"}).result()


@pytest.mark.parametrize("name", [*bad_sounds(), *others()])
def test_broken_files_get_a_sentence(name: str) -> None:
    data = {**bad_sounds(), **others()}[name]
    for key in BOTH:
        with pytest.raises(DemoError) as problem:
            models().submit(DEMO.name, key, {"audio": data, "into": "pt"}).result()
        assert len(str(problem.value)) < 300 and "/" not in str(problem.value).replace("an/", "")


@pytest.mark.parametrize("name", ["nan_wav", "u8_wav", "24_bit_wav", "8k_wav", "64_channels_wav", "short_wav", "silence_wav"])
def test_odd_files_are_answered(name: str) -> None:
    got = models().submit(DEMO.name, "whisper_kokoro", {"audio": odd_sounds()[name], "into": "pt"}).result().result
    assert isinstance(got, Spoken) and not got.text and got.note


def test_a_language_that_is_not_offered_gets_a_sentence() -> None:
    with pytest.raises(BadInput, match="please choose one of pt, en"):
        models().submit(DEMO.name, "whisper_kokoro", {**sample_inputs(DEMO, SAMPLES["bat"]), "into": "fr"}).result()


# --- measuring ------------------------------------------------------------------------------------

def test_sentences_are_spread_and_compared_by_their_words() -> None:
    rows = [(str(n), str(n)) for n in range(100)]
    assert [a for a, _ in spread(rows, 3)] == ["0", "50", "99"] and spread([], 3) == []
    assert plain("Vou à praia, co-operar!") == "vou à praia cooperar"
