"""HOG and a linear SVM: reads a traffic sign the way of before 2012.

Learnt by `train.py` from GTSRB (Stallkamp et al. 2012); it sees the sign at 32 by 32 pixels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.image_recognition.classical import draw
from demos.results import Labels, Picture, View
from demos.traffic_signs.features import features, outlines
from demos.traffic_signs.framing import small
from demos.traffic_signs.names import NAMES

SHOWN = 10


class HogSvm:
    """A linear SVM for each of the 43 signs; the furthest on its right side wins.

    `weights` `(1956, 43)`, `bias` `(43,)`; `sharpness` makes certainties of distances (Guo et al. 2017).
    """

    def __init__(self, weights: np.ndarray, bias: np.ndarray, sharpness: float) -> None:
        self.weights, self.bias, self.sharpness = weights, bias, sharpness

    def scores(self, squares: np.ndarray) -> np.ndarray:
        """Certainties `(n, 43)` float32, adding up to one, of squares `(n, 32, 32, 3)` uint8."""
        rows = np.stack([features(square) for square in squares])
        distances = self.sharpness * (rows @ self.weights + self.bias)
        powers = np.exp(distances - distances.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def predict(self, image: np.ndarray) -> Labels:
        """The ten likeliest signs of a picture `(H, W, 3)` uint8 RGB; ids are the class numbers 0-42."""
        return self.predict_many([image])[0]

    def predict_many(self, images: list[np.ndarray]) -> list[Labels]:
        """As `predict`, for many pictures of any sizes."""
        return [_labels(row) for row in self.scores(np.stack([small(image) for image in images]))] if images else []

    def explain(self, image: np.ndarray) -> list[View]:
        """The picture at its size, and the outlines it measures in it."""
        square = small(image)
        seen = square.repeat(10, axis=0).repeat(10, axis=1)
        return [
            View("seen", "What it is given", "The sign is shrunk to 32 by 32 squares of colour; everything finer is "
                 "gone before it starts.", Picture(seen)),
            View("outlines", "What it measures", "Each small star shows in which directions edges run in four by four "
                 "of those squares; somebody chose this measure by hand.", Picture(draw(outlines(square)))),
        ]


def _labels(row: np.ndarray) -> Labels:
    order = np.argsort(-row, kind="stable")[:SHOWN]
    return Labels(tuple(NAMES[i] for i in order), row[order], tuple(int(i) for i in order))


def load(weights: Path | None, device: str) -> HogSvm:
    """Read the SVM that `train.py` wrote; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    stored = load_file(weights)
    return HogSvm(stored["weights"], stored["bias"], float(stored["sharpness"][0]))
