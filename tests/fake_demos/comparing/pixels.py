"""The model of `comparing`."""

from typing import Any

import numpy as np

from demos.results import Text


class Pixels:
    """Says whether two pictures are equal, and their sizes."""

    def predict(self, first: np.ndarray, second: np.ndarray) -> Text:
        """`(H, W, 3)` uint8 each."""
        return Text(f"{'same' if np.array_equal(first, second) else 'different'} {first.shape[1]} {second.shape[1]}")


def load(weights: Any, device: str) -> Pixels:
    """Nothing is read."""
    return Pixels()
