"""Scores that add up: for each film that was liked, a number for each other film; how these numbers are stored and used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from demos.recommendation.bubble import bubble_of
from demos.recommendation.learnt import Asked, Learnt, read_learnt
from demos.recommendation.ranking import listed, order_of
from demos.recommendation.words import PULLS, PULLS_BY_SIMILARITY
from demos.results import View
from demos.taste_results import Bubble, Pulls, Suggestions

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class Numbers(Protocol):
    """An `(n, n)` matrix of what liking one film adds to another, however it is stored."""

    def scores(self, given: np.ndarray) -> np.ndarray:
        """`(u, n)`: the sums for people who like the films `(u, n)` bool."""

    def between(self, liked: np.ndarray, others: np.ndarray) -> np.ndarray:
        """`(m, k)`: what each film that was liked adds to each of the others."""


def strongest(dense: np.ndarray, kept: int) -> dict[str, np.ndarray]:
    """What is stored of an `(n, n)` matrix: of each column the `kept` numbers that are farthest from 0, and their rows."""
    columns = np.ascontiguousarray(dense.T)
    rows = np.argpartition(-np.abs(columns), kept - 1, axis=1)[:, :kept]
    return {"rows": rows.astype(np.uint16), "values": np.take_along_axis(columns, rows, axis=1).astype(np.float16)}


def matrix_of(stored: dict[str, np.ndarray]) -> csr_array:
    """The `(n, n)` matrix of what `strongest` kept: row i is what liking film i adds to each film."""
    from scipy.sparse import csr_array

    rows, values = stored["rows"].astype(np.int64), stored["values"].astype(np.float32)
    columns = np.repeat(np.arange(len(rows)), rows.shape[1])
    return csr_array((values.ravel(), (rows.ravel(), columns)), shape=(len(rows), len(rows)))


class Strongest:
    """The strongest numbers of each column; all others are 0."""

    def __init__(self, matrix: csr_array) -> None:
        self.matrix = matrix

    def scores(self, given: np.ndarray) -> np.ndarray:
        return (self.matrix.T @ given.T.astype(np.float32)).T

    def between(self, liked: np.ndarray, others: np.ndarray) -> np.ndarray:
        return self.matrix[liked][:, others].toarray()


class Factors:
    """A matrix as a product: `across` `(n, r)` times its transpose, each column divided by `own` `(n,)`; 0 on the diagonal."""

    def __init__(self, across: np.ndarray, own: np.ndarray) -> None:
        self.across, self.own = across.astype(np.float32), own.astype(np.float32)

    def scores(self, given: np.ndarray) -> np.ndarray:
        liked = given.astype(np.float32)
        return (liked @ self.across @ self.across.T - liked * (self.across**2).sum(axis=1)) / self.own

    def between(self, liked: np.ndarray, others: np.ndarray) -> np.ndarray:
        apart = liked[:, None] != others
        return apart * (self.across[liked] @ self.across[others].T) / self.own[others]


class ByFilms:
    """The learnt films and what liking one adds to another; no call writes to it."""

    def __init__(self, learnt: Learnt, numbers: Numbers) -> None:
        self.learnt, self.numbers = learnt, numbers

    def scores(self, given: np.ndarray) -> np.ndarray:
        """`(u, n)` scores of many people at once, from which films they like `(u, n)` bool."""
        return self.numbers.scores(given)

    def scores_of(self, asked: Asked) -> np.ndarray:
        """`(n,)`: what the films that were liked add up to."""
        return self.scores(asked.row(len(self.learnt.films)))[0]

    def predict(self, liked: str, surprise: float = 0.0) -> Suggestions:
        """Twenty films for who rated these; raises BadInput where nothing can be suggested from them."""
        asked = self.learnt.asked(liked)
        return listed(self.scores_of(asked), asked, self.learnt, surprise)

    def bubble(self, liked: str) -> Bubble:
        """The lists from "more of the same" to "surprise me"."""
        asked = self.learnt.asked(liked)
        return bubble_of(self.scores_of(asked), asked, self.learnt)

    def explain(self, liked: str, surprise: float = 0.0) -> list[View]:
        """What each film that was liked adds to each suggestion; these numbers add up to the scores."""
        asked = self.learnt.asked(liked)
        places = order_of(self.scores_of(asked), asked, self.learnt.films, surprise)
        added = self.numbers.between(asked.liked, places).T
        names = [tuple(self.learnt.films[i].named for i in some) for some in (places, asked.liked)]
        return [View("pulls", PULLS, PULLS_BY_SIMILARITY, Pulls(*names, added))]


def numbers_of(stored: dict[str, np.ndarray]) -> Numbers:
    """What was stored, ready to be used."""
    return Factors(stored["across"], stored["own"]) if "across" in stored else Strongest(matrix_of(stored))


def load_by_films(weights: dict[str, Path], name: str) -> ByFilms:
    """Read the catalogue (`movies`), the learnt films (`films`) and the numbers (`name`)."""
    from safetensors.numpy import load_file

    return ByFilms(read_learnt(weights["films"], weights["movies"]), numbers_of(load_file(weights[name])))
