"""Where the network starts: factors of what the same people like, and of what films share in director, cast and genre.

The first `width` directions of the films' common likes, as in PureSVD (Cremonesi, Koren and Turrin 2010), become its first
and last layer. With some 500 people to learn from, a network that starts from chance never gets as far.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demos.recommendation.catalogue import Film

WORTH = {"directors": 0.02, "cast": 0.01, "genres": 0.003}  # of one thing in common, beside one person who likes both
FEWEST = {"directors": 2, "cast": 3, "genres": 5}  # films that must share it
EVEN, SIZE, LOUD, BLUR = 0.5, 0.05, 10.0, -3.0  # weight of popular films; of the factors; of the scores; log variance


def shared(films: Sequence[Film], what: str) -> np.ndarray:
    """`(n, n)` float32: how many directors, actors or genres two films have in common, of those that enough films have."""
    rows: dict[str, list[int]] = {}
    for place, film in enumerate(films):
        for name in getattr(film, what):
            rows.setdefault(name, []).append(place)
    found = np.zeros((len(films), len(films)), np.float32)
    for places in rows.values():
        if len(places) >= FEWEST[what]:
            found[np.ix_(places, places)] += 1
    return found


def factors(weighed: np.ndarray, films: Sequence[Film], width: int) -> np.ndarray:
    """`(n, width)` float32 from what people's ratings count `(u, n)`; the strongest direction first."""
    from scipy.sparse.linalg import eigsh

    long = weighed / np.maximum(np.sqrt(weighed.sum(axis=1, keepdims=True)), 1e-6)
    together = long.T @ long
    for what, worth in WORTH.items():
        together += worth * shared(films, what)
    even = (np.sqrt(np.diag(together)) + 1e-6) ** -EVEN
    # the first guess is even, not drawn, so that the same data give the same factors
    _, found = eigsh(together * even[:, None] * even, width, v0=np.ones(len(films), np.float32))
    found = found[:, ::-1]
    found = found * np.sign(found.sum(axis=0) + 1e-12)
    return np.ascontiguousarray(found * (SIZE / found.std()), dtype=np.float32)
