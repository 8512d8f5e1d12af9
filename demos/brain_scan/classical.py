"""Texture and an SVM: looks at a slice window by window, and names what its grain and brightness are like.

Learnt by `train_classical.py` from the same slices as the network. A support vector machine for each kind and one
for "none of them" (Cortes and Vapnik 1995), with a Gaussian kernel; the window that is surest decides.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.brain_scan.framing import SIDE, frame
from demos.brain_scan.paint import OwnParts
from demos.brain_scan.slices import KINDS
from demos.brain_scan.texture import WINDOW, Windows, measure
from demos.gate import check
from demos.results import Boxes, Heatmap, Picture, View

MOST = 5  # boxes
APART = 0.2  # of two windows that share more (IoU) only the surer one stays


class TextureSvm(OwnParts):
    """`vectors` `(m, d)` support vectors of the scaled features; `weights` `(m, 4)` and `bias` `(4,)` of the three
    kinds and of none; `mean`, `spread` `(d,)`; `numbers` (kernel's width, sharpness, threshold).
    """

    def __init__(self, stored: dict[str, np.ndarray]) -> None:
        self.vectors, self.weights, self.bias = stored["vectors"], stored["weights"], stored["bias"]
        self.mean, self.spread = stored["mean"], stored["spread"]
        self.width, self.sharpness, self.threshold = (float(value) for value in stored["numbers"])

    def distances(self, features: np.ndarray) -> np.ndarray:
        """How far on its side each window `(n, d)` is of each of the four: `(n, 4)`."""
        scaled = (features - self.mean) / self.spread
        apart = (scaled**2).sum(axis=1)[:, None] + (self.vectors**2).sum(axis=1) - 2 * scaled @ self.vectors.T
        return np.exp(-self.width * np.maximum(apart, 0)) @ self.weights + self.bias

    def scores(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The likeliest kind of each window `(n,)`, and how likely any is `(n,)` in [0, 1]."""
        distances = self.distances(features)
        kinds = distances[:, :-1].argmax(axis=1)
        lead = distances[:, :-1].max(axis=1) - distances[:, -1]
        return kinds, 1 / (1 + np.exp(-self.sharpness * lead))

    def find(self, square: np.ndarray, threshold: float | None = None) -> tuple[Windows, np.ndarray, np.ndarray]:
        """The windows of a square `(256, 256)` uint8 that count, the surest first, their kinds and scores."""
        windows = measure(square)
        kinds, scores = self.scores(windows.features)
        kept: list[int] = []
        for number in np.argsort(-scores, kind="stable"):
            if scores[number] < (self.threshold if threshold is None else threshold) or len(kept) == MOST:
                break
            if all(_shared(windows.boxes[number], windows.boxes[other]) <= APART for other in kept):
                kept.append(int(number))
        return Windows(windows.places[kept], windows.features[kept]), kinds[kept], scores[kept]

    def predict(self, image: np.ndarray) -> Boxes:
        """Windows like a tumour in a picture `(H, W, 3)` uint8, the surest first. Raises BadInput for what is no
        head.
        """
        check(image, "brain")
        return self.answer(image)

    def answer(self, image: np.ndarray) -> Boxes:
        """As `predict`, for a picture that is known to be a head."""
        framed = frame(image)
        windows, kinds, scores = self.find(framed.pixels)
        return Boxes(framed.back(windows.boxes), tuple(KINDS[kind] for kind in kinds), scores)

    def heat(self, image: np.ndarray) -> Heatmap:
        """How likely a tumour is in the windows over each pixel, in the square `(256, 256)`."""
        windows = measure(frame(image).pixels)
        total, times = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
        for (x, y), score in zip(windows.places, self.scores(windows.features)[1]):
            total[y:y + WINDOW, x:x + WINDOW] += score
            times[y:y + WINDOW, x:x + WINDOW] += 1
        return Heatmap((total / np.maximum(times, 1)).astype(np.float32))

    def explain(self, image: np.ndarray) -> list[View]:
        """What it is given, and which windows look like a tumour to it."""
        check(image, "brain")
        seen = frame(image).pixels[..., None].repeat(3, axis=2)
        return [View("seen", "What it is given", f"The slice in grey at {SIDE} pixels, each part of the head looked at "
                     f"through a window of {WINDOW} by {WINDOW}.", Picture(seen)),
                View("windows", "Which windows look like a tumour to it", "Warm: the grain and brightness there are "
                     "like those of the tumours it learnt from. Nothing else counts for it.", self.heat(image), seen)]


def _shared(one: np.ndarray, other: np.ndarray) -> float:
    """Intersection over union of two windows of one size."""
    width, height = np.maximum(0, np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]))
    both = float(width * height)
    return both / (2 * WINDOW**2 - both)


def load(weights: Path | None, device: str) -> TextureSvm:
    """Read the SVMs that `train_classical.py` wrote; they run on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    return TextureSvm(load_file(weights))
