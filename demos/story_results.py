"""What a language model answers: a story with what could have come, what surprised it, where it looked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from demos.results import Result, Text


@dataclass(frozen=True)
class Piece(Result):
    """One step of a story: the piece of a word that came, by its number and as text, and what could have come.

    `likeliest`, the likeliest first: number, text, how likely the model held it, how likely it was to be drawn.
    """

    number: int
    text: str
    likeliest: tuple[tuple[int, str, float, float], ...]

    def __post_init__(self) -> None:
        if not all(0 <= share <= 1 + 1e-6 for _, _, *shares in self.likeliest for share in shares):
            raise ValueError("a share is in [0, 1]")


@dataclass(frozen=True)
class Story(Text):
    """What was written after `start`, piece by piece. `note` is what to tell beside it."""

    start: str
    pieces: tuple[Piece, ...]
    note: str = ""

    def brief(self) -> Story:
        """The story, and of its steps the first."""
        return replace(self, pieces=self.pieces[:1])


@dataclass(frozen=True, eq=False)
class Surprise(Result):
    """How little each word of a text was expected after those before it: n words; `(n,)` float32 bits.

    With 0 bits it was certain; each bit more halves the chance.
    """

    words: tuple[str, ...]
    bits: np.ndarray

    def __post_init__(self) -> None:
        bits = np.asarray(self.bits, dtype=np.float32)
        if bits.shape != (len(self.words),) or not (np.isfinite(bits) & (bits >= 0)).all():
            raise ValueError("for each word bits that are finite and not negative")
        object.__setattr__(self, "bits", bits)


@dataclass(frozen=True, eq=False)
class Looks(Result):
    """Which pieces of a text one head looks at: n pieces; `(n, n)` float32 in [0, 1], from (row) and to (column).

    Row by row they add up to 1 with what it looks at outside the text. There are `heads` heads in each of `layers`.
    """

    pieces: tuple[str, ...]
    shares: np.ndarray
    layers: int
    heads: int

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        if shares.shape != (len(self.pieces),) * 2 or not ((shares >= 0) & (shares <= 1.001)).all():
            raise ValueError("one share in [0, 1] for each two pieces")
        object.__setattr__(self, "shares", shares)
