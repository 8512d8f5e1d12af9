"""Item neighbours: two films are near where the same people like both (cosine; Sarwar et al. 2001)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.recommendation.by_films import ByFilms, load_by_films, strongest


def fit(weighed: np.ndarray, caution: float, kept: int = 0) -> dict[str, np.ndarray]:
    """The `kept` strongest cosines of each film (0 for all) from what people liked, `(u, n)` float32.

    `caution` is added to each film's count, so that two films are not near because one person liked both.
    """
    long = weighed / np.sqrt((weighed**2).sum(axis=0) + caution)
    found = long.T @ long
    np.fill_diagonal(found, 0)
    return strongest(found, min(kept or len(found), len(found)))


def load(weights: dict[str, Path], device: str) -> ByFilms:
    """Read what train_classical.py wrote; it runs on the processor."""
    return load_by_films(weights, "neighbours")
