"""Where somebody speaks in a recording: both methods ask here first and stay silent where nobody does."""

from __future__ import annotations

import numpy as np

RATE = 16_000  # samples a second
SHORTEST_S = 0.1  # a shorter recording holds no word
FAINTEST = 1e-4  # -80 dB: below it there is only the rounding of the file
LOUDNESS = 0.5  # the peak a recording is brought to, so that a quiet voice is treated like a loud one
MARGIN_S = 0.6  # kept before and after speech: Whisper made more mistakes on 25 clips when it was 0.3
LEAST_SPEECH_S = 0.16  # less in the whole recording is a click or a tone, not a word
NOTHING_HEARD = ("No speech was heard. Speak close to the microphone, or give a recording in which "
                 "somebody talks.")

Stretch = tuple[int, int]  # first sample and the one after the last


def levelled(audio: np.ndarray) -> np.ndarray:
    """The recording `(n,)` float32 at an even loudness, without a constant offset."""
    if not len(audio):
        return audio
    audio = audio - np.float32(audio.mean(dtype=np.float64))
    peak = float(np.abs(audio).max())
    return audio * np.float32(LOUDNESS / peak) if peak > FAINTEST else np.zeros_like(audio)


def speech_stretches(audio: np.ndarray, longest_s: float) -> list[Stretch]:
    """Where speech begins and ends, in order; empty when nobody speaks.

    `audio` is `(n,)` float32 at 16 000 Hz, as `levelled` gives it. A silence of 1 s ends a
    stretch, and none is much longer than `longest_s`. Silero VAD 6 (MIT), which comes with faster-whisper.
    """
    from faster_whisper.vad import get_speech_timestamps

    if len(audio) < SHORTEST_S * RATE or not audio.any():
        return []
    found = get_speech_timestamps(audio, threshold=0.5, min_speech_duration_ms=90, speech_pad_ms=0,
                                  max_speech_duration_s=longest_s, min_silence_duration_ms=1000)
    if sum(part["end"] - part["start"] for part in found) < LEAST_SPEECH_S * RATE:
        return []
    margin, stretches = int(MARGIN_S * RATE), []
    for index, part in enumerate(found):
        # two neighbours share what is between them, so that no sample is heard twice
        first = (found[index - 1]["end"] + part["start"] + 1) // 2 if index else 0
        last = (part["end"] + found[index + 1]["start"] + 1) // 2 if index + 1 < len(found) else len(audio)
        stretches.append((max(first, part["start"] - margin), min(last, part["end"] + margin)))
    return stretches


def joined(stretches: list[Stretch], longest_s: float, gap_s: float = 3.0) -> list[Stretch]:
    """Neighbours put together while they and the gap between them fit: as long a context as possible.

    "Cut and merge" of WhisperX (Bain and others 2023, arXiv:2303.00747).
    """
    windows: list[Stretch] = []
    for start, end in stretches:
        if windows and start - windows[-1][1] <= gap_s * RATE and end - windows[-1][0] <= longest_s * RATE:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows
