"""What both methods are given of a second of sound: a picture of its pitches, and statistics of its tone colour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from demos.teach_it.measures import SIDE, THUMB

if TYPE_CHECKING:
    from faster_whisper.feature_extractor import FeatureExtractor

FRAMES = 100  # of 10 ms
DEPTH = 1.0  # 40 dB on Whisper's scale: more of it would show the room rather than the sound
COLOURS = 13  # cepstral coefficients, as textbooks take
INSIDE = 224  # px that the network sees of a square of 256; the rest is a rim that it is not given


@lru_cache(maxsize=1)
def _extract() -> FeatureExtractor:
    from faster_whisper.feature_extractor import FeatureExtractor

    return FeatureExtractor()


def log_mel(sound: np.ndarray) -> np.ndarray:
    """`(80, 100)` float32 in [0, 1] of a second `(16000,)`: loudness by pitch (mel scale, low first) and time.

    1 is the loudest place, 0 what is DEPTH below it; Whisper's own picture of a sound, see `speech_recognition`.
    """
    mel = _extract()(sound)[:, :FRAMES]
    return np.clip((mel - mel.max()) / DEPTH + 1, 0, 1).astype(np.float32)


def picture(sound: np.ndarray) -> np.ndarray:
    """`(256, 256, 3)` uint8: the log-mel picture in grey, time to the right, pitch upwards, within a rim of 16 px."""
    grey = Image.fromarray((log_mel(sound)[::-1] * 255).astype(np.uint8)).resize((INSIDE, INSIDE), Image.Resampling.BICUBIC)
    rim = (SIDE - INSIDE) // 2
    return np.pad(np.asarray(grey.convert("RGB")), ((rim, rim), (rim, rim), (0, 0)), mode="edge")


def thumbnail(sound: np.ndarray) -> np.ndarray:
    """`(48, 48, 3)` uint8 of a second, to be shown."""
    grey = Image.fromarray((log_mel(sound)[::-1] * 255).astype(np.uint8)).resize((THUMB, THUMB), Image.Resampling.BOX)
    return np.asarray(grey.convert("RGB"))


def colours(sound: np.ndarray) -> np.ndarray:
    """`(13, 100)`: mel-frequency cepstral coefficients (Davis and Mermelstein 1980) every 10 ms."""
    from scipy.fft import dct

    return dct(log_mel(sound), axis=0, norm="ortho")[:COLOURS]


def stripes(rows: np.ndarray) -> np.ndarray:
    """Numbers over time `(k, m)` as a picture `(., ., 3)` uint8, a stripe each, the first one at the bottom."""
    low, high = rows.min(axis=1, keepdims=True), rows.max(axis=1, keepdims=True)
    grey = (255 * (rows - low) / np.maximum(high - low, 1e-6))[::-1].astype(np.uint8)
    return grey.repeat(24, axis=0).repeat(4, axis=1)[..., None].repeat(3, axis=2)


def classical_measures(sounds: Sequence[np.ndarray]) -> np.ndarray:
    """`(n, 78)` float32 of seconds `(16000,)`: mean and spread of the coefficients, their changes, and the changes of these."""
    rows = []
    for sound in sounds:
        now = colours(sound)
        change = np.gradient(now, axis=1)
        whole = np.concatenate([now, change, np.gradient(change, axis=1)])
        rows.append(np.concatenate([whole.mean(axis=1), whole.std(axis=1)]))
    return np.stack(rows).astype(np.float32)
