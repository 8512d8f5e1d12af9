"""Scores that add up: for each film that was liked, a number for each other film, the strongest of which are stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.recommendation.learnt import Asked, Learnt, read_learnt
from demos.recommendation.ranking import listed, order_of
from demos.recommendation.words import PULLS, PULLS_BY_SIMILARITY
from demos.results import View
from demos.taste_results import Pulls, Suggestions

if TYPE_CHECKING:
    from scipy.sparse import csr_array


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


class ByFilms:
    """The learnt films and an `(n, n)` matrix of what liking one adds to another; no call writes to it."""

    def __init__(self, learnt: Learnt, matrix: csr_array) -> None:
        self.learnt, self.matrix = learnt, matrix

    def scores(self, given: np.ndarray) -> np.ndarray:
        """`(u, n)` scores of many people at once, from which films they like `(u, n)` bool."""
        return (self.matrix.T @ given.T.astype(np.float32)).T

    def scores_of(self, asked: Asked) -> np.ndarray:
        """`(n,)`: what the films that were liked add up to."""
        return np.asarray(self.matrix[asked.liked].sum(axis=0)).ravel()

    def predict(self, liked: str, surprise: float = 0.0) -> Suggestions:
        """Twenty films for who rated these; raises BadInput where nothing can be suggested from them."""
        asked = self.learnt.asked(liked)
        return listed(self.scores_of(asked), asked, self.learnt, surprise)

    def explain(self, liked: str, surprise: float = 0.0) -> list[View]:
        """What each film that was liked adds to each suggestion; these numbers add up to the scores."""
        asked = self.learnt.asked(liked)
        places = order_of(self.scores_of(asked), asked, self.learnt.films, surprise)
        added = self.matrix[asked.liked][:, places].toarray().T
        names = [tuple(self.learnt.films[i].named for i in some) for some in (places, asked.liked)]
        return [View("pulls", PULLS, PULLS_BY_SIMILARITY, Pulls(*names, added))]


def load_by_films(weights: dict[str, Path], name: str) -> ByFilms:
    """Read the catalogue (`movies`), the learnt films (`films`) and the numbers (`name`)."""
    from safetensors.numpy import load_file

    return ByFilms(read_learnt(weights["films"], weights["movies"]), matrix_of(load_file(weights[name])))
