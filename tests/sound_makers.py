"""Sounds for tests of teaching: made-up noises as files and as they are kept, and one recording that holds several."""

from __future__ import annotations

import numpy as np

from demos.media import as_wav
from demos.teach_sounds.noises import noise
from demos.teach_sounds.seconds import RATE, keep


def wavs(name: str, count: int, first: int = 500) -> list[bytes]:
    """So many files of one noise."""
    return [as_wav(noise(name, seed)) for seed in range(first, first + count)]


def kept(name: str, count: int, first: int = 500) -> tuple[bytes, ...]:
    """So many seconds of one noise, as the page keeps them."""
    return tuple(keep(noise(name, seed)).tobytes() for seed in range(first, first + count))


def in_a_row(name: str, count: int, pause_s: float = 0.6, hiss: float = 0.002) -> np.ndarray:
    """One recording `(n,)` float32 of several, with pauses and a microphone's hiss."""
    lot = np.random.default_rng(1)
    gap, pieces = np.zeros(int(pause_s * RATE)), []
    for seed in range(count):
        sound = noise(name, seed)
        loud = np.flatnonzero(np.abs(sound) > 0.2 * np.abs(sound).max())
        pieces += [gap, sound[loud[0]:loud[-1] + 1] * (0.4 / np.abs(sound).max())]
    whole = np.concatenate([*pieces, gap])
    return (whole + hiss * lot.standard_normal(len(whole))).astype(np.float32)
