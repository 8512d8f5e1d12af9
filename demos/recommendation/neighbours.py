"""Item neighbours: two films are near where the same people like both (cosine; Sarwar et al. 2001)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.recommendation.by_films import ByFilms, load_by_films


def fit(weighed: np.ndarray, caution: float) -> np.ndarray:
    """The whole matrix `(n, n)` of cosines from what people liked, `(u, n)` float32.

    `caution` is added to each film's count, so that two films are not near because one person liked both.
    """
    long = weighed / np.sqrt((weighed**2).sum(axis=0) + caution)
    found = long.T @ long
    np.fill_diagonal(found, 0)
    return found


def load(weights: dict[str, Path], device: str) -> ByFilms:
    """Read what train_classical.py wrote; it runs on the processor."""
    return load_by_films(weights, "neighbours")
