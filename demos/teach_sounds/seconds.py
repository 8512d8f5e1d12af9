"""Cuts seconds of sound out of a recording, and keeps each as one byte a sample."""

from __future__ import annotations

import numpy as np

from demos.errors import BadInput

RATE = 16_000  # samples a second
FRAME = 160  # samples of 10 ms
FAINTEST = 0.002  # root mean square of the loudest 10 ms; below it there is only the hiss of a microphone
SAME = 0.98  # seconds that hold nearly as much of the sound as the loudest one are as good
PAUSE_S = 0.3  # a pause of this length parts two sounds
BELOW, ABOVE = 25.0, 8.0  # dB below the loudest moment, above the quiet ones: between them a pause begins
SHORTEST_S = 0.03
MOST = 50
BEND = 255.0  # of the scale on which a sample becomes a byte (mu-law, ITU-T G.711, without its steps)
SILENT = ("Nothing is heard in this recording. Please come close to the microphone, or give a recording that is loud enough.")


def loudest(sound: np.ndarray) -> tuple[np.ndarray, float]:
    """The loudest second of a sound `(n,)`, `(16000,)` float32, and where it begins in seconds; short ones get silence around.

    Raises BadInput where there is nothing to hear.
    """
    power = _power(sound)
    if len(sound) <= RATE:
        before = (RATE - len(sound)) // 2
        return np.pad(sound, (before, RATE - len(sound) - before)).astype(np.float32), 0.0
    sums = np.concatenate([[0.0], np.cumsum(power)])
    held = sums[100:] - sums[:-100]
    best = int(held.argmax())
    good = held >= SAME * held[best]
    first, last = best, best
    while first > 0 and good[first - 1]:
        first -= 1
    while last + 1 < len(good) and good[last + 1]:
        last += 1
    start = min((first + last) // 2 * FRAME, len(sound) - RATE)
    return np.ascontiguousarray(sound[start:start + RATE], np.float32), start / RATE


def which(count: int, start_s: float) -> str:
    """What is told beside an answer about a recording of so many samples, of which both methods get one second."""
    if count > RATE:
        return f"Of your {count / RATE:.1f} seconds it heard the loudest one, from {start_s:.1f} to {start_s + 1:.1f}."
    return "It is shorter than a second, so silence was put around it." if count < 0.98 * RATE else ""


def each(sound: np.ndarray) -> list[np.ndarray]:
    """A second `(16000,)` of each of the sounds in a recording that pauses part, at most fifty; of a long one the loudest.

    Raises BadInput where there is nothing to hear.
    """
    power = _power(sound)
    parts = _parts(power)
    if len(parts) < 2:
        return [loudest(sound)[0]]
    cuts = [0, *((before[1] + after[0]) // 2 for before, after in zip(parts, parts[1:])), len(power)]
    return [loudest(_about(sound, part, (left, right)))[0] for part, left, right in zip(parts, cuts, cuts[1:])][:MOST]


def _power(sound: np.ndarray) -> np.ndarray:
    """The power of each 10 ms, `(n / 160,)`."""
    whole = max(len(sound) // FRAME, 1)
    frames = np.pad(sound, (0, max(0, FRAME - len(sound))))[:whole * FRAME].reshape(whole, FRAME).astype(np.float64)
    power = np.square(frames - sound.mean(dtype=np.float64)).mean(axis=1)
    if power.max() < FAINTEST**2:
        raise BadInput(SILENT)
    return power


def _parts(power: np.ndarray) -> list[tuple[int, int]]:
    """Where sounds begin and end, in frames."""
    top, quiet = power.max(), float(np.quantile(power, 0.2))
    edge = max(top * 10 ** (-BELOW / 10), min(quiet * 10 ** (ABOVE / 10), top / 10))
    loud = np.flatnonzero(power > edge)
    breaks = np.flatnonzero(np.diff(loud) > PAUSE_S * RATE / FRAME)
    firsts, lasts = loud[np.append(0, breaks + 1)], loud[np.append(breaks, len(loud) - 1)] + 1
    least = SHORTEST_S * RATE / FRAME
    return [(int(first), int(last)) for first, last in zip(firsts, lasts) if last - first >= least]


def _about(sound: np.ndarray, part: tuple[int, int], room: tuple[int, int]) -> np.ndarray:
    """A part with what lies around it up to a second, but nothing of its neighbours."""
    spare = max(0, RATE // FRAME - (part[1] - part[0]))
    first, last = max(room[0], part[0] - spare // 2), min(room[1], part[1] + spare - spare // 2)
    return sound[first * FRAME:last * FRAME]


def keep(sound: np.ndarray) -> np.ndarray:
    """`(n,)` uint8 of `(n,)` float: the loudest moment at full scale, soft ones in finer steps than loud ones."""
    sound = sound / max(float(np.abs(sound).max()), 1e-9)
    bent = np.sign(sound) * np.log1p(BEND * np.abs(sound)) / np.log1p(BEND)
    return (np.round(bent * 127) + 128).astype(np.uint8)


def heard(kept: np.ndarray) -> np.ndarray:
    """`(n,)` float32 in [-1, 1] of what `keep` made, any bytes."""
    bent = (kept.astype(np.float32) - 128) / 127
    return np.clip(np.sign(bent) * np.expm1(np.abs(bent) * np.log1p(BEND)) / BEND, -1, 1).astype(np.float32)
