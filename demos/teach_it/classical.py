"""Outlines, colours and texture of a 32-pixel picture, with a linear support vector machine that a visitor teaches.

The measures are those of image recognition (HOG, Dalal and Triggs 2005, and others); nothing of them was learnt.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.image_recognition.classical import draw
from demos.image_recognition.features import outlines, shrink
from demos.results import Labels, Picture, View
from demos.teach_it.answering import Constants, answer, nearest_view, read_constants
from demos.teach_it.measures import classical_measures
from demos.teach_it.taught import Taught


class Outlines:
    """The hand-made measures with what was taught on them; no call writes to it."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def rows(self, pictures: list[np.ndarray]) -> np.ndarray:
        """`(n, 3016)` float32 of length one each."""
        return self.constants.scale.apply(classical_measures(pictures))

    def predict(self, image: np.ndarray, taught: Taught) -> Labels:
        """The taught names and "none of these" for a picture `(H, W, 3)` uint8."""
        return answer(self.rows([image])[0], taught, "classical", self.constants)

    def explain(self, image: np.ndarray, taught: Taught) -> list[View]:
        """The nearest examples, and the outlines that are measured."""
        small = shrink(image)
        return [
            nearest_view(self.rows([image])[0], taught, "classical"),
            View("seen", "What it is given", "The picture is shrunk to 32 by 32 squares of colour.",
                 Picture(small.repeat(10, axis=0).repeat(10, axis=1))),
            View("outlines", "What it measures", "Each small star shows in which directions edges run; somebody chose "
                 "this measure by hand.", Picture(draw(outlines(small)))),
        ]


def load(weights: Path | None, device: str) -> Outlines:
    """Read the constants that train.py chose; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    return Outlines(read_constants(load_file(weights))["classical"])
