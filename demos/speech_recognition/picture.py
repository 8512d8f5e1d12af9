"""The log-mel picture of a sound: the only thing that Whisper ever sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demos.results import Spectrogram, View
from demos.speech_recognition.voice import RATE

if TYPE_CHECKING:
    from faster_whisper.feature_extractor import FeatureExtractor

MAX_FRAMES = 1500  # of the drawing: more than a screen shows
SHORTEST = RATE // 10  # samples; the picture of less cannot be computed
DEPTH = 2.0  # 80 dB on Whisper's scale, below which it sees nothing


def log_mel(extract: FeatureExtractor, audio: np.ndarray) -> np.ndarray:
    """`(bands, frames)` float32 of the first 30 s of a sound, 100 frames a second."""
    return extract(audio[:extract.n_samples])[:, :extract.nb_max_frames]


def picture(extract: FeatureExtractor, audio: np.ndarray) -> View:
    """The picture of a whole recording, at most `MAX_FRAMES` wide, made in pieces of 30 s to bound memory."""
    pieces = [audio[at:at + extract.n_samples] for at in range(0, len(audio), extract.n_samples)]
    mel = np.concatenate([log_mel(extract, np.pad(piece, (0, max(0, SHORTEST - len(piece)))))
                          for piece in pieces], axis=1)
    edges = np.arange(0, mel.shape[1], -(-mel.shape[1] // MAX_FRAMES))
    mel = np.add.reduceat(mel, edges, axis=1) / np.diff(np.append(edges, mel.shape[1]))
    values = np.clip((mel - mel.max() + DEPTH) / DEPTH, 0, 1)
    return View("mel", "The sound as Whisper sees it",
                f"Time runs to the right and pitch upwards in {len(values)} bands; bright is loud. "
                "Whisper never gets the sound itself, only this picture.",
                Spectrogram(values, len(audio) / RATE))
