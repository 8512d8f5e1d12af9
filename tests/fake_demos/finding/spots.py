"""The models of `finding`: the brightest pixel of each picture, with a box around it."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from demos.results import Boxes, Heatmap, Text, View


class Spots:
    """The brightest pixel of each picture; nothing in a dark one."""

    def predict(self, first: np.ndarray, second: np.ndarray) -> Boxes:
        """A box around the brightest pixel of the first picture."""
        y, x = np.unravel_index(int(first.sum(axis=2).argmax()), first.shape[:2])
        if first.max() < 40:
            return Boxes(np.zeros((0, 4)), (), np.zeros(0), note="too dark")
        return Boxes(np.array([[x - 9, y - 9, x + 9, y + 9]]), ("spot <b>",), np.array([0.9]))

    def explain(self, first: np.ndarray, second: np.ndarray) -> list[View]:
        """How bright it is, and where the spot is."""
        return [View("bright", "Brightness", "Bright is bright.", Heatmap(first.mean(axis=2) / 255), over=first),
                View("spot", "The spot", "It has a frame.", self.predict(first, second), over=first)]

    def count(self, image: np.ndarray, above: float) -> Iterator[tuple[float, Text]]:
        """How many pixels are brighter, found in two steps."""
        yield 0.5, Text("counting")
        yield 1.0, Text(str(int((image.mean(axis=2) > above).sum())))


def load(weights: Any, device: str) -> Spots:
    """Nothing is read."""
    return Spots()
