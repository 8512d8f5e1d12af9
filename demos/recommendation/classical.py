"""EASE: of all linear ways to tell a person's films from their others, the one with the least squared error.

Steck 2019 (arXiv:1905.03375). A closed form, without steps or chance: with the films that people liked in X, the inverse P
of X'X + λ, and no film allowed to point to itself, the number from film i to film j is -P[i, j] / P[j, j].
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.recommendation.by_films import ByFilms, load_by_films


def fit(weighed: np.ndarray, strictness: float) -> np.ndarray:
    """The whole matrix `(n, n)` from what people liked, `(u, n)` float32.

    There are fewer people than films, so what is inverted is `(u, u)`: P = (1 - X'(XX' + λ)^-1 X) / λ.
    """
    people = len(weighed)
    inner = np.linalg.inv((weighed @ weighed.T + strictness * np.eye(people)).astype(np.float64)).astype(np.float32)
    found = weighed.T @ (inner @ weighed)
    own = 1 - np.diag(found)
    found /= own  # minus P[i, j] / P[j, j] off the diagonal
    np.fill_diagonal(found, 0)
    return found


def load(weights: dict[str, Path], device: str) -> ByFilms:
    """Read what train_classical.py wrote; it runs on the processor."""
    return load_by_films(weights, "ease")
