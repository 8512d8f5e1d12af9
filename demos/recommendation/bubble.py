"""The bubble: the same taste, listed from "more of the same" to "surprise me"."""

from __future__ import annotations

import numpy as np

from demos.recommendation.learnt import Asked, Learnt
from demos.recommendation.ranking import listed
from demos.taste_results import Bubble

STEPS = 11  # places of the slider


def bubble_of(scores: np.ndarray, asked: Asked, learnt: Learnt) -> Bubble:
    """A list for each place of the slider, from one score for each film `(n,)`."""
    places = np.linspace(0, 1, STEPS).round(3)
    return Bubble(places, tuple(listed(scores, asked, learnt, float(place)) for place in places))
