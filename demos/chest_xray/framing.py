"""Brings any chest X-ray to the 28 pixels that the methods learnt from, the way MedMNIST did."""

from __future__ import annotations

import numpy as np
from PIL import Image

from demos.results import Labels, Picture, View

SIDE = 28


def shrink(image: np.ndarray) -> np.ndarray:
    """`(28, 28)` uint8: the middle square of a picture `(H, W, 3)` uint8 in grey, made smaller by cubic splines.

    A picture of 28 pixels stays as it is. MedMNIST cut the square of the shorter side out of the middle too
    (Yang et al. 2023).
    """
    picture = Image.fromarray(image).convert("L")
    if picture.size == (SIDE, SIDE):
        return np.asarray(picture)
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3.0,
                                     box=(left, top, left + side, top + side)))


def square(image: np.ndarray, side: int) -> np.ndarray:
    """`(side, side, 3)` uint8: the same middle square, to be shown."""
    picture = Image.fromarray(image)
    shorter = min(picture.size)
    left, top = (picture.width - shorter) // 2, (picture.height - shorter) // 2
    return np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC, reducing_gap=3.0,
                                     box=(left, top, left + shorter, top + shorter)))


def as_labels(ill: float) -> Labels:
    """Both names with their certainties, the likelier first; the data set's numbers are 1 and 0."""
    rows = sorted(((ill, "pneumonia", 1), (1 - ill, "normal", 0)), key=lambda row: -row[0])
    scores, names, ids = zip(*rows)
    return Labels(tuple(names), np.array(scores, np.float32), tuple(ids))


def seen(small: np.ndarray) -> View:
    """What a method is given: `(28, 28)` uint8, each pixel as a square."""
    large = np.repeat(small.repeat(16, axis=0).repeat(16, axis=1)[..., None], 3, axis=2)
    return View("seen", "What it is given", "The middle of the X-ray, shrunk to 28 by 28 squares of grey, as the "
                "pictures that it learnt from were. Everything finer is gone before it starts.", Picture(large))
