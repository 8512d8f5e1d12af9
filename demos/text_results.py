"""What a model answers about words, beside plain text: a translation, words weighed, many texts judged, passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Ranking, Result, Text


@dataclass(frozen=True)
class Alignment(Result):
    """Which word came from which, sentence by sentence.

    For each word of the answer: the word, the words that it came from ("" for none), and how sure that is in [0, 1].
    """

    sentences: tuple[tuple[tuple[str, str, float], ...], ...]

    def __post_init__(self) -> None:
        if not all(0 <= sure <= 1 for rows in self.sentences for _, _, sure in rows):
            raise ValueError("a share is in [0, 1]")


@dataclass(frozen=True)
class Translation(Text):
    """A text in another language: the languages' English names, and how the words belong together if that is known.

    `note` is what to tell beside it.
    """

    languages: tuple[str, str]  # of what was given, of the answer
    alignment: Alignment | None = None
    note: str = ""


@dataclass(frozen=True, eq=False)
class Words(Result):
    """How much each word of a text pushed: n words; `(n,)` float32, above 0 towards `names[0]`, below towards `names[1]`."""

    words: tuple[str, ...]
    weights: np.ndarray
    names: tuple[str, str]

    def __post_init__(self) -> None:
        weights = np.asarray(self.weights, dtype=np.float32)
        if weights.shape != (len(self.words),) or not np.isfinite(weights).all():
            raise ValueError("one finite weight for each word")
        object.__setattr__(self, "weights", weights)

    def strongest(self) -> int | None:
        """The place of the word that pushed hardest either way; None where none did."""
        place = int(np.abs(self.weights).argmax()) if len(self.words) else None
        return place if place is not None and self.weights[place] else None


@dataclass(frozen=True, eq=False)
class Judged(Result):
    """Many texts at once: n texts; `(n,)` float32 certainties in [0, 1] of `names[0]`, the rest is for `names[1]`.

    `columns` are the names of the table's columns and `column` the place of the one that was read; `left_out` counts
    the rows that were too many.
    """

    texts: tuple[str, ...]
    shares: np.ndarray
    names: tuple[str, str]
    columns: tuple[str, ...] = ()
    column: int = 0
    left_out: int = 0

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        if shares.shape != (len(self.texts),) or not ((shares >= 0) & (shares <= 1)).all():
            raise ValueError("one certainty in [0, 1] for each text")
        object.__setattr__(self, "shares", shares)


@dataclass(frozen=True, eq=False)
class Passages(Ranking):
    """Passages that answer a question, the best first: `items` are their titles; texts; where each stands.

    `links` are addresses within the dashboard, "" where there is none; `numbers` are the places in what was searched,
    `searched` counts that. `note` is what to tell beside it.
    """

    texts: tuple[str, ...]
    links: tuple[str, ...]
    numbers: tuple[int, ...]
    searched: int
    note: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not len(self.items) == len(self.texts) == len(self.links) == len(self.numbers):
            raise ValueError("one title, text, link and number for each passage")
        if not (np.diff(self.scores) <= 1e-6).all():
            raise ValueError("scores must fall")


@dataclass(frozen=True, eq=False)
class MeaningMap(Result):
    """Passages as points: `(n, 2)` float32; titles, texts and pages of each; where the question lies `(2,)`.

    `nearest` are the places of those that are nearest in meaning, the nearest first.
    """

    points: np.ndarray
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    pages: tuple[str, ...]
    question: np.ndarray
    nearest: tuple[int, ...]

    def __post_init__(self) -> None:
        points = np.asarray(self.points, dtype=np.float32)
        question = np.asarray(self.question, dtype=np.float32)
        same = len(points) == len(self.titles) == len(self.texts) == len(self.pages)
        if points.shape != (len(self.titles), 2) or not same or question.shape != (2,):
            raise ValueError("a point in the plane for each passage, and one for the question")
        if not (np.isfinite(points).all() and np.isfinite(question).all()):
            raise ValueError("a place is finite")
        if not all(0 <= place < len(points) for place in self.nearest):
            raise ValueError("a nearest passage that is not there")
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "question", question)
