"""HOG, colours and a linear SVM: names a picture among the ten kinds of CIFAR-10, the way of before 2012.

Learnt by `train.py` from CIFAR-10 (Krizhevsky 2009); it sees the picture at 32 pixels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.image_recognition.features import CELL, DIRECTIONS, SIDE, features, outlines, shrink
from demos.results import Labels, Picture, View

TEN = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
SHOWN_CELL = 40  # pixels of a cell in the drawing of the outlines


class HogSvm:
    """A linear SVM for each of the ten kinds; the furthest on its right side wins.

    `weights` `(3016, 10)`, `bias` `(10,)`; `sharpness` makes certainties of distances (Guo et al. 2017).
    """

    def __init__(self, weights: np.ndarray, bias: np.ndarray, sharpness: float) -> None:
        self.weights, self.bias, self.sharpness = weights, bias, sharpness

    def scores(self, small: np.ndarray) -> np.ndarray:
        """Certainties `(10,)` float32 of a picture `(32, 32, 3)` uint8; they add up to 1."""
        distances = self.sharpness * (features(small) @ self.weights + self.bias)
        powers = np.exp(distances - distances.max())
        return powers / powers.sum()

    def predict(self, image: np.ndarray) -> Labels:
        """All ten names for a picture `(H, W, 3)` uint8 RGB, the likeliest first; ids are CIFAR-10's."""
        scores = self.scores(shrink(image))
        order = np.argsort(-scores, kind="stable")
        return Labels(tuple(TEN[i] for i in order), scores[order], tuple(int(i) for i in order))

    def predict_many(self, images: list[np.ndarray]) -> list[Labels]:
        """As `predict`, one after the other."""
        return [self.predict(image) for image in images]

    def explain(self, image: np.ndarray) -> list[View]:
        """The picture at its size, and the outlines it measures in it."""
        small = shrink(image)
        seen = small.repeat(10, axis=0).repeat(10, axis=1)
        return [
            View("seen", "What it is given", "The picture is shrunk to 32 by 32 squares of colour; "
                 "everything finer is gone before it starts.", Picture(seen)),
            View("outlines", "What it measures", "Each small star shows in which directions edges run in "
                 "four by four of those squares; somebody chose this measure by hand.",
                 Picture(draw(outlines(small)))),
        ]


def draw(blocks: np.ndarray) -> np.ndarray:
    """HOG blocks `(7, 7, 2, 2, 9)` as a picture: in each cell a line along each direction, by strength."""
    from skimage.draw import line_aa

    count = SIDE // CELL
    total, times = np.zeros((count, count, DIRECTIONS)), np.zeros((count, count, 1))
    for row, column in np.ndindex(2, 2):  # each cell lies in up to four blocks
        here = np.s_[row:row + count - 1, column:column + count - 1]
        total[here] += blocks[:, :, row, column]
        times[here] += 1
    strength = total / times
    strength = strength / max(strength.max(), 1e-9)
    canvas = np.zeros((count * SHOWN_CELL, count * SHOWN_CELL))
    reach = SHOWN_CELL / 2 - 2
    for row, column, direction in np.ndindex(strength.shape):
        angle = np.pi * (direction + 0.5) / DIRECTIONS  # of the gradient; the edge runs across it
        down, right = reach * np.cos(angle), -reach * np.sin(angle)
        y, x = (row + 0.5) * SHOWN_CELL, (column + 0.5) * SHOWN_CELL
        ys, xs, cover = line_aa(round(y - down), round(x - right), round(y + down), round(x + right))
        canvas[ys, xs] = np.maximum(canvas[ys, xs], cover * strength[row, column, direction])
    return (canvas * 255).round().astype(np.uint8)[..., None].repeat(3, axis=2)


def load(weights: Path | None, device: str) -> HogSvm:
    """Read the SVM that `train.py` wrote; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    stored = load_file(weights)
    return HogSvm(stored["weights"], stored["bias"], float(stored["sharpness"][0]))
