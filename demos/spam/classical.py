"""The classical method: multinomial naive Bayes, which weighs each word by how often spam holds it."""

from __future__ import annotations

from pathlib import Path

from demos.linear_words import LinearWords, load_words
from demos.spam.words import NAMES


def load(weights: Path, device: str) -> LinearWords:
    """Read what train.py wrote; it runs on the processor."""
    return load_words(weights, NAMES)
