"""Measures the ready-made lessons, which come with the project: forty pictures of each name that were not taught, and strangers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure
from demos.teach_it.drawings import DIGITS, GROUNDS, MOODS, PLANES, digit, face, ground, slice_of_brain
from demos.teach_it.examples import SETS, ready_made
from demos.teach_it.make_samples import ORDERS
from demos.teach_it.measuring import set_figures

EACH = 40
TITLES = {"smiles": "drawn faces", "grounds": "brick, grass and gravel", "digits": "handwritten digits", "brains": "slices of a brain"}
NOTES = {"smiles": "Drawn with other seeds.", "grounds": "Squares of the other half of the same three photos.",
         "digits": "By the people who wrote the taught ones and by others; the set does not say who wrote which.",
         "brains": "Other slices of the same average brain, so neighbours of those taught are among them."}


def untaught(key: str) -> dict[str, list[np.ndarray]]:
    """Name -> forty pictures that its lesson did not hold."""
    if key == "smiles":
        return {mood: [face(mood, 200 + number) for number in range(EACH)] for mood in MOODS}
    if key == "grounds":
        return {name: [ground(name, 200 + number, left=False) for number in range(EACH)] for name in GROUNDS}
    if key == "digits":
        free = [number for number in range(170) if number not in ORDERS][-EACH:]
        return {name: [digit(name, number) for number in free] for name in DIGITS}
    return {name: [slice_of_brain(name, (number + 0.25) / EACH) for number in range(EACH)] for name in PLANES}


def evaluate_sets(load: Callable[[str], Model], methods: tuple[str, ...], about: dict[str, Any]) -> list[Figure]:
    """Right answers on each lesson's own pictures, and "none of these" on pictures of the other lessons."""
    return set_figures(load, methods, {key: untaught(key) for key in SETS},
                       lambda model, image, key: model.predict(image=image, taught=ready_made(key)), TITLES, NOTES, "pictures", **about)
