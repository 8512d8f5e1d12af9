"""Which part of a picture a network is given, and the small square made of it."""

from __future__ import annotations

import numpy as np
from PIL import Image

NARROW = 3.0  # beyond this ratio of the sides a square from the middle would miss nearly everything
GREY = (127, 127, 127)  # what lies beside a letter-boxed picture: zero after the usual normalising


def is_narrow(width: int, height: int) -> bool:
    """True for pictures that are letter-boxed, because a square from their middle would show too little."""
    return max(width, height) > NARROW * min(width, height)


def middle(width: int, height: int, fraction: float) -> tuple[int, int, int, int]:
    """The square from the middle as x0, y0, x1, y1; its side is `fraction` of the shorter side."""
    side = max(1, int(fraction * min(width, height)))
    x, y = (width - side + 1) // 2, (height - side + 1) // 2
    return x, y, x + side, y + side


def square(image: np.ndarray, side: int, fraction: float) -> np.ndarray:
    """`(side, side, 3)` uint8: the middle of a picture `(H, W, 3)` uint8; all of a narrow one, between bars.

    The square is cut and shrunk in one step, so nothing larger than the picture or the square is made. Large
    pictures are averaged first to three times the size that is needed.
    """
    picture = Image.fromarray(image)
    if not is_narrow(*picture.size):
        box = middle(*picture.size, fraction)
        return np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC, box=box, reducing_gap=3.0))
    shrink = side / max(picture.size)
    width, height = (max(1, round(length * shrink)) for length in picture.size)
    boxed = Image.new("RGB", (side, side), GREY)
    small = picture.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=3.0)
    boxed.paste(small, ((side - width) // 2, (side - height) // 2))
    return np.asarray(boxed)


def shown(image: np.ndarray, side: int, fraction: float) -> np.ndarray:
    """The same square to be looked at, `side` pixels at most; one of more than half of that is not enlarged, as a browser does it."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = middle(width, height, fraction)
    if is_narrow(width, height) or not side // 2 < x1 - x0 <= side:
        return square(image, side, fraction)
    return image[y0:y1, x0:x1].copy()  # a part of it would keep the whole picture in memory


def whole(image: np.ndarray, side: int) -> np.ndarray:
    """`(side, side, 3)` uint8: all of a picture squeezed into a square; a narrow one between bars instead."""
    picture = Image.fromarray(image)
    if is_narrow(*picture.size):
        return square(image, side, 1.0)
    return np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC, reducing_gap=3.0))
