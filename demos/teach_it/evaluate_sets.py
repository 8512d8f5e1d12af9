"""Measures the ready-made lessons, which come with the project: forty pictures of each name that were not taught, and strangers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, wilson
from demos.teach_it.drawings import DIGITS, GROUNDS, MOODS, PLANES, digit, face, ground, slice_of_brain
from demos.teach_it.examples import SETS, ready_made
from demos.teach_it.make_samples import ORDERS
from demos.teach_it.taught import NONE

EACH, STRANGERS = 40, 10
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


def evaluate_sets(load: Callable[[str], Model], keys: tuple[str, ...], about: dict[str, Any]) -> list[Figure]:
    """Right answers on each lesson's own pictures, and "none of these" on pictures of the other lessons."""
    pictures = {key: untaught(key) for key in SETS}
    figures = []
    for method in keys:
        model, refused, asked = load(method), 0, 0
        for key in SETS:
            taught = ready_made(key)
            right = sum(model.predict(image=image, taught=taught).names[0] == name  # type: ignore[attr-defined]
                        for name, images in pictures[key].items() for image in images)
            count = sum(map(len, pictures[key].values()))
            low, high = wilson(right, count)
            figures.append(Figure(method, "accuracy", right / count, low=low, high=high, note=NOTES[key],
                                  **{**about, "items": count, "data": f"The ready-made lesson of {TITLES[key]}, other pictures",
                                     "things": f"pictures of {TITLES[key]}", "setup": "after 12 examples of each"}))
            strangers = [image for other in SETS if other != key for images in pictures[other].values()
                         for image in images[:STRANGERS]]
            refused += sum(model.predict(image=image, taught=taught).names[0] == NONE for image in strangers)  # type: ignore
            asked += len(strangers)
        low, high = wilson(refused, asked)
        figures.append(Figure(method, "strangers_named_none", refused / asked, low=low, high=high,
                              note="Pictures of the other three lessons, far from what was taught.",
                              **{**about, "items": asked, "data": "The ready-made lessons, each asked about the others' pictures",
                                 "things": "pictures of quite other things"}))
    return figures
