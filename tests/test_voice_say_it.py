"""Say it: both voices on plain and on odd words, what they refuse, calls at once, and nothing kept on disk."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

from demos.errors import BadInput
from demos.voice_results import Speech
from demos.voice_translation.formant import espeak
from demos.voice_translation.kokoro import open_kokoro
from test_voice_translation import BOTH, DEMO, loud, models


def say(key: str, text: str, language: str = "en", **more: str) -> Speech:
    inputs = {"text": text, "language": language, **more}
    return models().submit(DEMO.name, key, inputs, want="part", change="say").result().result


@pytest.mark.parametrize("key", BOTH)
def test_a_text_is_read_out_with_its_phonemes_and_its_picture(key: str) -> None:
    english, portuguese = say(key, "Good morning, everybody."), say(key, "Bom dia, pessoal.", "pt")
    assert "mˈɔːɹnɪŋ" in english.phonemes and "dʒˈi" in portuguese.phonemes.replace("ʒˈiæ", "ʒˈi")
    assert 0.8 < loud(english.sound) < 4 and english.picture.values.shape[0] == 80
    assert english.picture.seconds == pytest.approx(len(english.sound.samples) / english.sound.rate, abs=0.01)
    assert english.as_json()["type"] == "Speech" and "picture" not in english.as_json()


def test_two_voices_sound_different_and_a_third_does_not_exist() -> None:
    first, second = (say("whisper_kokoro", "Hello.", voice=voice_).sound.samples for voice_ in ("jm_kumo", "jf_alpha"))
    assert len(first) != len(second) or np.abs(first - second).max() > 0.1
    with pytest.raises(BadInput, match="please choose one of"):
        say("whisper_kokoro", "Hello.", voice="my_neighbour")


ODD = {"digits": "1,250.50 dollars at 7:30", "markup": "<b>bold</b> <img src=x onerror=alert(1)> & [link](http://x.y)",
       "emoji": "I am happy 😀🎉", "emoji alone": "😀 a", "phoneme brackets": "[[h@'loU]] {x} <speak>hi</speak>",
       "right to left": "\u202eabc שלום مرحبا", "foreign": "日本語 мир 한국어 a", "one letter": "a", "line breaks": "one\n\n\ntwo\t three",
       "marks": "Wait... what?! — «yes»; (no): \"maybe\"", "nul": "a\x00b\x07c", "one long word": "ab" * 30}


@pytest.mark.parametrize("key", BOTH)
@pytest.mark.parametrize("name", ODD)
def test_odd_words_are_spoken(name: str, key: str) -> None:
    spoken = say(key, ODD[name])
    assert loud(spoken.sound) > 0.1 and spoken.phonemes


def test_what_is_long_is_cut_into_parts_that_the_network_takes() -> None:
    from kokoro_onnx.chunker import split_phonemes

    deep = models().load(DEMO.name, "whisper_kokoro")
    for text in ("a" * 1000, "word " * 200, "1" * 1000):
        assert all(0 < len(part) <= 510 for part in split_phonemes(deep.voice.phonemes(text, "en")))
    assert len(split_phonemes(deep.voice.phonemes("word " * 200, "en"))) >= 2
    with pytest.raises(BadInput, match="at most 300 are read"):
        say("whisper_kokoro", "a" * 1000)


@pytest.mark.parametrize("key", BOTH)
@pytest.mark.parametrize("text", ["", "   ", "\n", "\x00", "?!", "...", "— «»"])
def test_nothing_to_say_gets_a_sentence(key: str, text: str) -> None:
    with pytest.raises(BadInput, match="[Pp]lease write a few words"):
        say(key, text)


def test_numbers_are_read_as_one_number() -> None:
    deep = models().load(DEMO.name, "whisper_kokoro")
    assert "θˈaʊzənd" in deep.voice.phonemes("It costs 1,250.50 dollars.", "en")
    assert "mˈiʊ" in deep.voice.phonemes("Custa 1.250,50 reais.", "pt"), "mil, not um ponto"
    assert deep.voice.phonemes("Yes, no.", "en").count(",") == 1, "a mark between words stays a pause"


def test_calls_at_once_do_not_spoil_each_other() -> None:
    texts = [("The first sentence is in English.", "en"), ("A segunda frase é em português.", "pt")] * 4
    alone = [(espeak().phonemes(*one), len(espeak().speak(*one)[0])) for one in texts]
    got: dict[int, tuple[str, int]] = {}

    def ask(number: int) -> None:
        got[number] = (espeak().phonemes(*texts[number]), len(espeak().speak(*texts[number])[0]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [got[number] for number in range(len(texts))] == alone


def test_the_network_is_loaded_once_and_nothing_is_kept_on_disk() -> None:
    deep = models().load(DEMO.name, "whisper_kokoro")
    folder = Path(deep.voice.network.sess._model_path).parent
    assert open_kokoro(folder) is deep.voice, "one voice for the chain and for Say it"
    before = {path for path in Path(tempfile.gettempdir()).glob("*")}
    say("whisper_kokoro", "Nobody may find this sentence.")
    new = {path for path in Path(tempfile.gettempdir()).glob("*")} - before
    assert all("espeak" in inner.name for path in new for inner in (path.rglob("*") if path.is_dir() else [path]) if path.exists())
