"""What a network's attention answers: where every head looks, and what the order of the words is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Result


@dataclass(frozen=True, eq=False)
class Heads(Result):
    """Which pieces of a text each head looks at: n pieces; `(layers, heads, n, n)` float32, from (row) and to (column).

    Each row adds up to 1 with what the head looks at outside the text.
    """

    pieces: tuple[str, ...]
    shares: np.ndarray

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        if shares.ndim != 4 or shares.shape[2:] != (len(self.pieces),) * 2 or not (
                (shares >= 0) & (shares.sum(axis=-1, keepdims=True) <= 1.001)).all():
            raise ValueError("for each head a share in [0, 1] for each two pieces")
        object.__setattr__(self, "shares", shares)


@dataclass(frozen=True)
class Orders(Result):
    """Other orders of a text's words, and how alike (cosine) each is to the text, with and without places."""

    texts: tuple[str, ...]
    alike: tuple[float, ...]
    without_places: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.texts) == len(self.alike) == len(self.without_places):
            raise ValueError("two numbers for each text")
