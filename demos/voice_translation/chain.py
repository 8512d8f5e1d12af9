"""From what was heard to a voice in another language: the same three stages for both methods, each with its seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from demos.results import Sound, Transcript
from demos.speech_recognition.languages import LANGUAGES as ALL
from demos.voice_results import Spoken
from demos.voice_translation.recording import LANGUAGES

WORDS, TRANSLATION = 0.5, 0.6  # how much is done once these stages have ended
LOUDNESS = 0.9  # the peak of every voice, so that both are equally loud
SAME = "This was {language} already, so nothing was translated; the voice says what was heard."
THROUGH = "{language} goes through English: Whisper translates into no other language."
NO_WORDS = "There was nothing in it that a voice could say."


@dataclass(frozen=True)
class Heard:
    """What was heard so far and the code of its language; `in_english` translates it where that is asked for."""

    transcript: Transcript
    language: str = "en"
    in_english: Callable[[], str] = lambda: ""


Translate = Callable[[str, str], str]  # a text, "en-pt" or "pt-en"
Speak = Callable[[str, str], Sound | None]  # a text, "en" or "pt"


def chain(heard: Iterable[tuple[float, Heard]], translate: Translate, speak: Speak | None, into: str,
          recorded_s: float) -> Iterator[tuple[float, Spoken]]:
    """How much is done (0 to 1) and the answer so far: after each window of words, the translation, and the voice.

    `into` is "en" or "pt". Without `speak` the answer ends with the translation.
    """
    clock = Clock()
    for share, last in heard:
        now = Spoken("", last.transcript, (ALL.get(last.language, last.language), LANGUAGES[into]), recorded_s=recorded_s,
                     note=last.transcript.note)
        yield WORDS * share, now
    now = replace(now, seconds=clock.ended("words"))
    if not last.transcript.text:
        yield 1.0, replace(now, languages=("", LANGUAGES[into]))
        return
    yield WORDS, now
    now = translated(now, last, translate, into)
    now = replace(now, seconds=clock.ended("translation"))
    yield TRANSLATION, now
    if speak is not None and now.text:
        sound = speak(now.text, into)
        note = now.note if sound else f"{now.note} {NO_WORDS}".strip()
        now = replace(now, sound=sound, note=note, seconds=clock.ended("voice"))
    yield 1.0, now


def translated(now: Spoken, heard: Heard, translate: Translate, into: str) -> Spoken:
    """The answer with what the voice will say."""
    text, language, note, english = heard.transcript.text, heard.language, now.note, ""
    if language == into:
        return replace(now, text=text, note=SAME.format(language=LANGUAGES[into]))
    if language not in LANGUAGES:
        text, language = heard.in_english(), "en"
        if into != "en":
            english, note = text, THROUGH.format(language=now.languages[0])
    if language != into and text:
        text = translate(text, f"{language}-{into}")
    return replace(now, text=text, english=english, note=note)


class Clock:
    """The seconds of each stage, from the end of the one before."""

    def __init__(self) -> None:
        self.began, self.stages = time.perf_counter(), ()

    def ended(self, stage: str) -> tuple[tuple[str, float], ...]:
        """Every stage that has ended, with this one."""
        now = time.perf_counter()
        self.stages, self.began = (*self.stages, (stage, now - self.began)), now
        return self.stages


def levelled(samples: np.ndarray, rate: int) -> Sound | None:
    """A voice `(n,)` at an even loudness; None where it says nothing."""
    peak = float(np.abs(samples).max(initial=0.0))
    return Sound((samples * (LOUDNESS / peak)).astype(np.float32), rate) if peak > 0.001 else None
