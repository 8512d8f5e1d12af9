"""What Whisper hears, window by window, and its own translation into English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from demos.results import Segment
from demos.speech_recognition.deep import Whisper, named
from demos.speech_recognition.sentences import transcript
from demos.speech_recognition.voice import Stretch
from demos.voice_translation.chain import Heard


def hear(whisper: Whisper, audio: np.ndarray, language: str = "auto") -> Iterator[tuple[float, Heard]]:
    """How much is heard (0 to 1) and the words so far; `language` is "auto" or a code such as "en".

    The same encoding is read twice where English is asked for: once for the words, once for their English.
    """
    words: list[Segment] = []
    found: list[tuple[str, float]] = []
    read: list[tuple[Any, Stretch]] = []
    code = "en" if language == "auto" else language
    for window, encoded, found, code in whisper.listen(audio, language):
        words += whisper.read(encoded, code, window)
        read.append((encoded, window))
        yield window[1] / (len(audio) + 1), Heard(transcript(words, named(found)), code)

    def in_english() -> str:
        return " ".join(filter(None, (whisper.in_english(encoded, code, window) for encoded, window in read)))

    yield 1.0, Heard(transcript(words, named(found)), code, in_english)
