"""EASE: of all linear ways to tell a person's films from their others, the one with the least squared error.

Steck 2019 (arXiv:1905.03375). A closed form, without steps or chance: with the films that people liked in X, the inverse P
of X'X + λ, and no film allowed to point to itself, the number from film i to film j is -P[i, j] / P[j, j].
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.recommendation.by_films import ByFilms, load_by_films


def fit(weighed: np.ndarray, strictness: float, kept: int = 0) -> dict[str, np.ndarray]:
    """EASE from what people liked, `(u, n)` float32, as factors: no `(n, n)` matrix is ever made.

    There are fewer people than films, so 1 - λP is a product of `across` `(n, u)` with its transpose, and only the
    `kept` strongest of its directions are stored (0 for all), in float16. `own` `(n,)` is λP[j, j].
    """
    squares, people = np.linalg.eigh((weighed @ weighed.T).astype(np.float64))
    found = squares > 1e-6 * squares[-1]
    squares, people = squares[found][::-1], people[:, found][:, ::-1]
    across = weighed.T @ (people / np.sqrt(squares + strictness))
    own = 1 - (across**2).sum(axis=1)
    across = across * np.sign(across.sum(axis=0))  # either sign would do: one of them, so that it repeats
    return {"across": across[:, :kept or None].astype(np.float16), "own": own.astype(np.float32)}


def load(weights: dict[str, Path], device: str) -> ByFilms:
    """Read what train_classical.py wrote; it runs on the processor."""
    return load_by_films(weights, "ease")
