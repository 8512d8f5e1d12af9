"""From single words to a transcript: sentences, text and the languages heard."""

from __future__ import annotations

from typing import Any

from demos.results import Segment, Transcript
from demos.speech_recognition.voice import NOTHING_HEARD, RATE, Stretch

ENDS = (".", "!", "?", "。", "！", "？", "…")
PAUSE_S = 1.0  # a longer one ends a sentence too
LONGEST_S = 15.0


def sentences(words: list[Segment]) -> tuple[Segment, ...]:
    """Words, whose texts begin with a space where one stands before them, put together to sentences."""
    parts: list[list[Segment]] = []
    for word in words:
        last = parts[-1][-1] if parts else None
        if (last is None or last.text.endswith(ENDS) or word.start_s - last.end_s > PAUSE_S
                or word.end_s - parts[-1][0].start_s > LONGEST_S):
            parts.append([])
        parts[-1].append(word)
    return tuple(Segment(part[0].start_s, part[-1].end_s, "".join(word.text for word in part).strip(),
                         sum(word.probability or 0.0 for word in part) / len(part)) for part in parts)


def transcript(words: list[Segment], languages: tuple[tuple[str, float], ...] = ()) -> Transcript:
    """The answer for these words; without any it says that no speech was heard."""
    if not words:
        return Transcript("", languages=languages, note=NOTHING_HEARD)
    bare = tuple(Segment(word.start_s, word.end_s, word.text.strip(), word.probability) for word in words)
    return Transcript("".join(word.text for word in words).strip(), sentences(words),
                      tuple(word for word in bare if word.text), languages)


def placed(words: list[dict[str, Any]], window: Stretch) -> list[Segment]:
    """The words in seconds of the recording, none before the one ahead of it nor outside the window.

    Their texts keep the space before them, which tells words from parts of words.
    """
    parts, earliest, latest = [], window[0] / RATE, window[1] / RATE
    for word in words:
        start = min(max(earliest, window[0] / RATE + float(word["start"])), latest)
        end = min(max(start, window[0] / RATE + float(word["end"])), latest)
        parts.append(Segment(start, end, word["word"], min(max(float(word["probability"]), 0.0), 1.0)))
        earliest = start
    return parts
