"""Speech recognition: known answers, no invented words, times, partial answers, odd input."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demos import demo_folder, get_demo
from demos.base import Model
from demos.media import decode_sound
from demos.pins import is_pinned
from demos.results import Labels, Segment, Spectrogram, Transcript
from demos.speech_recognition import classical, deep, evaluate
from demos.speech_recognition.languages import COMMON, LANGUAGES, likeliest
from demos.speech_recognition.sentences import sentences
from demos.speech_recognition.voice import RATE, joined, levelled, speech_stretches
from demos.weights import locate

DEMO = get_demo("speech_recognition")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
READY = ("pocketsphinx", "whisper_base")


@lru_cache(maxsize=None)
def model(key: str) -> Any:
    method = DEMO.method(key)
    module = classical if method.family == "classical" else deep
    return module.load(locate(method.weights[0], demo_folder(DEMO.name)), "cpu")


@lru_cache(maxsize=None)
def sound(key: str) -> np.ndarray:
    return decode_sound((demo_folder(DEMO.name) / SAMPLES[key].inputs["audio"]).read_bytes())


@lru_cache(maxsize=None)
def answer(key: str, sample: str) -> Transcript:
    return model(key).predict(audio=sound(sample))


def plain(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text.casefold()).split()


def wrong(key: str, sample: str) -> float:
    import jiwer

    said, written = plain(SAMPLES[sample].expect), plain(answer(key, sample).text)
    return jiwer.wer(" ".join(said), " ".join(written) or "-")


# --- known answers --------------------------------------------------------------------------------

@pytest.mark.parametrize("sample", ["weather", "museum", "street", "portuguese"])
def test_whisper_writes_the_clear_samples_word_for_word(sample: str) -> None:
    assert plain(answer("whisper_base", sample).text) == plain(SAMPLES[sample].expect)


def test_pocketsphinx_writes_the_clear_sentence_word_for_word() -> None:
    assert plain(answer("pocketsphinx", "weather").text) == plain(SAMPLES["weather"].expect)


def test_the_samples_that_fail_really_fail() -> None:
    assert {key for key, sample in SAMPLES.items() if sample.fails} == {"street", "portuguese", "names"}
    assert wrong("pocketsphinx", "street") > 0.3
    assert wrong("pocketsphinx", "portuguese") > 0.8
    said = plain(answer("whisper_base", "names").text)
    assert not {"siobhan", "knight"} & set(said) and "night" in said


def test_the_language_is_found() -> None:
    languages = answer("whisper_base", "portuguese").languages
    assert languages[0][0] == "Portuguese" and languages[0][1] > 0.8 and len(languages) == 5
    assert [sure for _, sure in languages] == sorted((sure for _, sure in languages), reverse=True)
    assert answer("whisper_base", "weather").languages[0][0] == "English"


def test_an_unclear_clip_is_read_as_english_and_a_clear_one_is_not() -> None:
    assert likeliest([("ar", 0.16), ("ru", 0.14), ("en", 0.09)]) == "en"
    assert likeliest([("pt", 0.9), ("en", 0.05)]) == "pt"


def test_a_chosen_language_is_used() -> None:
    as_english = model("whisper_base").predict(audio=sound("portuguese"), language="en")
    assert plain(as_english.text) != plain(SAMPLES["portuguese"].expect)
    assert set(COMMON) <= set(LANGUAGES)


@pytest.mark.parametrize("quieter", [30, 50])
def test_a_quiet_voice_is_understood(quieter: int) -> None:
    faint = sound("weather") * np.float32(10 ** (-quieter / 20))
    assert plain(model("whisper_base").predict(audio=faint).text) == plain(SAMPLES["weather"].expect)


def test_a_voice_in_noise_is_understood() -> None:
    voice = sound("weather")
    noise = np.random.default_rng(1).normal(size=len(voice)) * voice.std() * 10 ** (-5 / 20)
    noisy = np.clip(voice + noise, -1, 1).astype(np.float32)
    assert plain(model("whisper_base").predict(audio=noisy).text) == plain(SAMPLES["weather"].expect)


# --- nobody speaks --------------------------------------------------------------------------------

def unspoken() -> dict[str, np.ndarray]:
    """Noises, tones and music without a word, 3 to 30 s each."""
    t, rng = np.arange(6 * RATE) / RATE, np.random.default_rng(0)
    found = dict(evaluate.without_speech())
    for loudness in (0.0001, 0.001, 0.01, 0.1, 0.5):
        found[f"white {loudness}"] = rng.normal(size=len(t)) * loudness
    for name, power in (("pink", 1), ("brown", 2), ("blue", -1)):
        shape = np.maximum(np.fft.rfftfreq(len(t)), 1e-4) ** (-power / 2)
        noise = np.fft.irfft(np.fft.rfft(rng.normal(size=len(t))) * shape, len(t))
        found[name] = 0.7 * noise / np.abs(noise).max()
    for pitch in (60, 220, 1000, 3000):
        found[f"tone {pitch}"] = 0.5 * np.sin(2 * np.pi * pitch * t)
    found["siren"] = 0.5 * np.sin(2 * np.pi * 700 * t - 200 * np.cos(2 * np.pi * 0.5 * t))
    found["clicks"] = np.where(np.arange(len(t)) % 4000 == 0, 0.9, 0)
    found["dial tones"] = 0.4 * sum(np.sin(2 * np.pi * f * t) for f in (697, 1336)) * (t % 0.4 < 0.2)
    drums = np.zeros_like(t)
    for beat in range(0, len(t) - RATE // 4, RATE // 4):
        part = np.arange(RATE // 4) / RATE
        pitch = 50 + 80 * np.exp(-30 * part)
        drums[beat:beat + len(part)] += np.sin(2 * np.pi * pitch * part) * np.exp(-12 * part)
        drums[beat:beat + len(part)] += rng.normal(size=len(part)) * np.exp(-40 * part) * 0.3
    chords = np.exp(-2 * (t % 1)) * sum(
        np.sin(2 * np.pi * 110 * 2 ** ((step + semi) / 12) * k * t) / k * (t // 1 == i)
        for i, step in enumerate((0, 5, 7, 9, 5, 0)) for semi in (0, 4, 7, 12) for k in range(1, 6))
    found |= {"drums": 0.5 * drums, "chords": chords / np.abs(chords).max(),
              "band": 0.4 * drums + 0.5 * chords / np.abs(chords).max(), "offset": np.full(len(t), 0.5),
              "long silence": np.zeros(30 * RATE)}
    return {name: np.clip(sound, -1, 1).astype(np.float32) for name, sound in found.items()}


@pytest.mark.parametrize("key", READY)
def test_no_word_is_invented_where_nobody_speaks(key: str) -> None:
    heard = {name: model(key).predict(audio=audio) for name, audio in unspoken().items()}
    assert {name: got.text for name, got in heard.items() if got.text or got.words or got.segments} == {}
    assert all(got.note.startswith("No speech was heard.") for got in heard.values())
    assert answer(key, "tune").text == ""


def test_speech_in_the_middle_of_noise_and_silence_is_found() -> None:
    hiss = np.random.default_rng(0).normal(size=8 * RATE).astype(np.float32) * 0.002
    audio = np.concatenate([hiss, sound("weather"), np.zeros(8 * RATE, np.float32)])
    heard = model("whisper_base").predict(audio=audio)
    assert plain(heard.text) == plain(SAMPLES["weather"].expect)
    assert 8 < heard.words[0].start_s < 9.2 and heard.words[-1].end_s < 8 + len(sound("weather")) / RATE


@pytest.mark.parametrize("key", READY)
@pytest.mark.parametrize("samples", [0, 1, 10, 400, 800, 1600, 4000])
def test_a_scrap_of_sound_gets_an_answer(key: str, samples: int) -> None:
    scrap = (np.random.default_rng(samples).normal(size=samples) * 0.1).astype(np.float32)
    assert model(key).predict(audio=scrap).text == ""
    if key == "whisper_base":
        model(key).explain(audio=scrap)


# --- times, partial answers, views ----------------------------------------------------------------

@pytest.mark.parametrize("key", READY)
@pytest.mark.parametrize("sample", ["weather", "museum", "names"])
def test_times_rise_within_the_clip_and_certainties_are_probabilities(key: str, sample: str) -> None:
    heard, seconds = answer(key, sample), len(sound(sample)) / RATE
    for parts in (heard.words, heard.segments):
        assert parts and all(0 <= part.start_s <= part.end_s <= seconds for part in parts)
        assert all(one.start_s <= two.start_s for one, two in zip(parts, parts[1:]))
        assert all(0 <= part.probability <= 1 for part in parts)
    assert len({word.start_s for word in heard.words}) > 0.9 * len(heard.words)
    assert " ".join(word.text for word in heard.words) == heard.text
    assert " ".join(part.text for part in heard.segments) == heard.text
    assert all(word.text == word.text.strip() and not set("(<[") & set(word.text) for word in heard.words)


def test_words_lie_where_the_voice_is() -> None:
    loud = np.abs(levelled(sound("weather")))
    for word in answer("whisper_base", "weather").words:
        assert loud[int(word.start_s * RATE):int(word.end_s * RATE) + 1].max() > 0.05


@pytest.mark.parametrize("key", READY)
def test_a_long_recording_comes_in_parts_and_ends_with_the_answer(key: str) -> None:
    audio = np.concatenate([sound("weather"), np.zeros(4 * RATE, np.float32), sound("weather")])
    steps = list(model(key).stream(audio=audio))
    done = [share for share, _ in steps]
    assert done == sorted(done) and 0 < done[0] < 0.6 and done[-1] == 1.0
    assert plain(steps[0][1].text) == plain(SAMPLES["weather"].expect), "the first sentence comes first"
    assert steps[-1][1] == model(key).predict(audio=audio)
    assert plain(steps[-1][1].text) == 2 * plain(SAMPLES["weather"].expect)
    assert steps[-1][1].words[-1].start_s > len(sound("weather")) / RATE + 4


@pytest.mark.parametrize("key", READY)
def test_the_same_sound_gets_the_same_answer_whatever_came_before(key: str) -> None:
    before = answer(key, "weather")
    model(key).predict(audio=sound("names"))
    assert model(key).predict(audio=sound("weather")) == before


def test_calls_may_overlap() -> None:
    from concurrent.futures import ThreadPoolExecutor

    for key in READY:
        with ThreadPoolExecutor(3) as pool:
            heard = list(pool.map(model(key).predict, [sound("weather"), sound("names")] * 2))
        assert heard == [answer(key, "weather"), answer(key, "names")] * 2


def test_the_views_show_what_the_network_sees() -> None:
    mel, languages = model("whisper_base").explain(audio=sound("weather"))
    assert isinstance(mel.result, Spectrogram) and isinstance(languages.result, Labels)
    values = mel.result.values
    assert values.shape[0] == 80 and values.min() >= 0 and values.max() == 1
    assert mel.result.seconds == len(sound("weather")) / RATE
    frame = values.shape[1] / mel.result.seconds
    first = answer("whisper_base", "weather").words[0].start_s
    before, after = values[:, :int(frame * 0.4)], values[:, int(frame * first):]
    assert before.mean() < 0.2 * after.mean(), "quiet, then speech"
    assert languages.result.names[0] == "English" and len(languages.result.names) == 5


def test_low_pitch_lies_low_and_long_sounds_stay_drawable() -> None:
    from demos.speech_recognition.picture import MAX_FRAMES, picture

    extract, t = model("whisper_base").network.feature_extractor, np.arange(100 * RATE) / RATE
    low, high = (picture(extract, np.sin(2 * np.pi * f * t).astype(np.float32)).result for f in (200, 4000))
    assert low.values.shape[1] <= MAX_FRAMES and low.seconds == 100
    assert low.values.mean(1).argmax() < 10 < 50 < high.values.mean(1).argmax()


# --- parts ----------------------------------------------------------------------------------------

def test_windows_are_short_enough_and_lose_no_speech() -> None:
    audio = levelled(np.concatenate([sound("museum")] * 5))
    stretches = speech_stretches(audio, 28.0)
    windows = joined(stretches, 28.0)
    assert len(windows) > 1 and all(end - start <= 30 * RATE for start, end in windows)
    assert all(one[1] <= two[0] for one, two in zip(stretches, stretches[1:]))
    assert all(any(a <= start and end <= b for a, b in windows) for start, end in stretches)
    far_apart = [(0, RATE), (10 * RATE, 11 * RATE)]
    assert joined(far_apart, 28.0) == far_apart


def test_sentences_end_at_full_stops_and_pauses() -> None:
    words = [Segment(0, 0.5, " Yes.", 1.0), Segment(0.6, 1, " Come", 0.5), Segment(1, 1.2, " in.", 0.7),
             Segment(4, 4.5, " now", 0.1), Segment(6, 6.4, " then", 0.3)]
    assert [(part.text, part.probability) for part in sentences(words)] == [
        ("Yes.", 1.0), ("Come in.", pytest.approx(0.6)), ("now", 0.1), ("then", 0.3)]


def test_text_that_goes_round_in_circles_is_dropped() -> None:
    assert deep._goes_round(" I'm sorry." * 30) and not deep._goes_round(SAMPLES["museum"].expect)


def test_larger_models_take_the_same_way() -> None:
    for key in ("whisper_small", "whisper_turbo"):
        method = DEMO.method(key)
        assert method.larger and method.tier == "hub" and method.module == DEMO.method("whisper_base").module
        assert is_pinned(method.weights[0])
        names = {file.name.partition(".")[0] for file in method.weights[0].files}
        assert names >= {"model", "config", "tokenizer", "vocabulary"}


def test_the_samples_are_small_and_called_synthetic() -> None:
    folder = demo_folder(DEMO.name) / "samples"
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert max(sizes) < 300_000 and sum(sizes) < 1_500_000
    assert {path.stem for path in folder.iterdir()} == set(SAMPLES)
    for sample in SAMPLES.values():
        said = "synthetic voice" in sample.title and "synthetic voice" in sample.source
        assert said or sample.key == "tune"


def test_the_script_speaks_what_the_cards_say() -> None:
    from demos.speech_recognition.make_samples import LINES, tune

    assert {line.name: line.text for line in LINES} == {s.key: s.expect for s in DEMO.samples if s.expect}
    assert np.abs(tune() - sound("tune")).max() < 1e-3


def test_the_evaluation_counts_words(tmp_path: Path) -> None:
    class Parrot:
        def predict(self, audio: np.ndarray) -> Transcript:
            return Transcript("The weather is beautiful today, so we're going" if audio.std() > 0.02 else "")

    load: Callable[[str], Model] = lambda key: Parrot()
    (tmp_path / "one.flac").write_bytes((demo_folder(DEMO.name) / "samples/weather.flac").read_bytes())
    (tmp_path / "transcripts.tsv").write_text("one\tthe weather was beautiful today so we are going\n")
    rate, work, invented = evaluate.evaluate(tmp_path, load, ("parrot",), "test")
    assert rate.value == pytest.approx(1 / 9) and rate.items == 9 and rate.low == rate.high == rate.value
    assert 0 < work.value < 1 and invented.value > 0, "a parrot that talks over noise must be caught"
    with pytest.raises(FileNotFoundError):
        (tmp_path / "one.flac").unlink()
        evaluate.evaluate(tmp_path, load, ("parrot",), "test")
