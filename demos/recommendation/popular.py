"""Popularity: the same list for everybody, what most people liked, without what the visitor has rated."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.recommendation.learnt import Learnt, read_learnt
from demos.recommendation.ranking import listed
from demos.taste_results import Suggestions


class Popular:
    """How many people liked each film; no call writes to it."""

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt

    def scores(self, given: np.ndarray) -> np.ndarray:
        """`(u, n)`: the counts, the same for all."""
        return np.tile(self.learnt.liked_by.astype(np.float32), (len(given), 1))

    def predict(self, liked: str, surprise: float = 0.0) -> Suggestions:
        """Twenty films that most people liked; raises BadInput where nothing can be suggested."""
        asked = self.learnt.asked(liked)
        return listed(self.learnt.liked_by.astype(np.float32), asked, self.learnt, surprise)


def load(weights: dict[str, Path], device: str) -> Popular:
    """Read the catalogue and the counts."""
    return Popular(read_learnt(weights["films"], weights["movies"]))
