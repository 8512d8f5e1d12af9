"""A text read out: what every voice gives back, and the sentence where there is nothing to say."""

from __future__ import annotations

import numpy as np

from demos.errors import BadInput
from demos.results import Sound, Spectrogram
from demos.voice_results import Speech

RATE = 16_000
NOTHING = "There is nothing here that a voice can say. Please write a few words in English or Portuguese."


def read_out(text: str, phonemes: str, sound: Sound | None) -> Speech:
    """The sound with its phonemes and its picture. Raises BadInput where the text holds no letter and no digit."""
    if sound is None or not phonemes or not any(c.isalnum() for c in text):
        raise BadInput(NOTHING)
    return Speech(sound, phonemes, log_mel(sound))


def log_mel(sound: Sound) -> Spectrogram:
    """The picture that Whisper would see of it."""
    from faster_whisper.feature_extractor import FeatureExtractor

    from demos.speech_recognition.picture import picture

    seen = picture(FeatureExtractor(), resampled(sound)).result
    assert isinstance(seen, Spectrogram)
    return seen


def resampled(sound: Sound) -> np.ndarray:
    """`(n,)` float32 at 16 000 Hz."""
    from math import gcd

    from scipy.signal import resample_poly

    common = gcd(RATE, sound.rate)
    return resample_poly(sound.samples, RATE // common, sound.rate // common).astype(np.float32)
