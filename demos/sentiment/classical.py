"""The classical method: a weight for each word and each pair of words, learnt by logistic regression on TF-IDF."""

from __future__ import annotations

from pathlib import Path

from demos.linear_words import LinearWords, load_words
from demos.sentiment.words import NAMES


def load(weights: Path, device: str) -> LinearWords:
    """Read what train_classical.py wrote; it runs on the processor."""
    return load_words(weights, NAMES)
