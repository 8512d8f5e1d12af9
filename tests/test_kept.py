"""What is worked out once: views from the answer's own pass, one network for several demos, a short first question."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from conftest import sample_input
from demos import get_demo
from demos.engine import InlineEngine
from demos.media import decode_sound
from demos.once import once
from demos.results import Labels, View
from demos.work import Worker

VOICE = get_demo("voice_translation")


def sound(key: str) -> np.ndarray:
    """A sample as the worker decodes it: nobody can write to it."""
    audio = decode_sound(sample_input(VOICE, key))
    audio.setflags(write=False)
    return audio


@pytest.fixture
def passes(engine: InlineEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often Whisper has listened so far."""
    whisper, heard = engine.load("speech_recognition", "whisper_base"), []
    encoded = whisper.encoded
    monkeypatch.setattr(whisper, "encoded", lambda audio: heard.append(len(audio)) or encoded(audio))
    return heard


def said(views: list[View]) -> list[Any]:
    return [(view.title, view.result.names, view.result.scores.tolist()) if isinstance(view.result, Labels)
            else (view.title, view.sentence) for view in views]


def test_what_was_heard_is_not_heard_again_for_the_views(engine: InlineEngine, passes: list[int]) -> None:
    whisper, audio = engine.load("speech_recognition", "whisper_base"), sound("beach")
    alone = whisper.explain(audio)
    assert len(passes) == 1
    whisper.predict(audio)
    assert len(passes) == 2 and said(whisper.explain(audio)) == said(alone) and len(passes) == 2
    whisper.predict(audio), whisper.predict(audio.copy())
    assert len(passes) == 4, "answers are worked out anew"
    whisper.explain(audio.copy())
    assert len(passes) == 5, "what may be changed in between is heard anew"
    del audio
    gc.collect()
    assert len(whisper.kept) == 0


def test_what_was_translated_is_not_translated_again_for_the_views(engine: InlineEngine, passes: list[int]) -> None:
    interpreter, audio = engine.load("voice_translation", "whisper_kokoro"), sound("station")
    alone = interpreter.explain(audio, into="pt")
    assert len(passes) == 2  # the languages, and the words
    interpreter.predict(audio, into="pt")
    views = interpreter.explain(audio, into="pt")
    assert len(passes) == 3 and said(views) == said(alone) and views[-1].key == "words"
    other = interpreter.explain(audio, into="en")
    assert [view.key for view in other] == [view.key for view in views[:-1]], "another question has another answer"
    del audio
    gc.collect()
    assert len(interpreter.kept) == len(interpreter.whisper.kept) == 0


def test_a_network_of_several_demos_is_in_memory_once() -> None:
    engine = InlineEngine()
    whisper, voice = engine.load("speech_recognition", "whisper_base"), engine.load("voice_translation", "whisper_kokoro")
    assert voice.whisper is whisper and voice.marian is engine.load("translation", "marian")
    lite0 = engine.load("image_recognition", "lite0")
    assert engine.load("teach_it", "network").network is lite0 is engine.load("teach_sounds", "network").network


class Network:
    pass


def test_other_weights_and_other_devices_are_other_networks_and_one_that_nobody_holds_is_gone() -> None:
    load = once(lambda weights, device: Network())
    held = load({"a": 1, "b": 2}, "cpu")
    assert load({"b": 2, "a": 1}, "cpu") is held
    assert held not in (load({"a": 1}, "cpu"), load({"a": 1, "b": 2}, "cuda"))
    left = weakref.ref(held)
    del held
    gc.collect()
    assert left() is None and isinstance(load({"a": 1, "b": 2}, "cpu"), Network)


def test_a_model_that_answers_in_parts_is_warmed_by_its_first() -> None:
    asked: list[str] = []

    class Slow:
        def stream(self, text: str) -> Iterator[tuple[float, Labels]]:
            for fraction in (0.5, 1.0):
                asked.append(f"part {fraction}")
                yield fraction, Labels(("yes",), np.ones(1))

        def explain(self, text: str) -> list[View]:
            asked.append("views")
            return []

    class Held:
        def get(self, *_: Any) -> tuple[Slow, str]:
            return Slow(), "cpu"

    spam = get_demo("spam")
    Worker(Held())._warm(spam, spam.method("deep"))
    assert asked == ["part 0.5"]
