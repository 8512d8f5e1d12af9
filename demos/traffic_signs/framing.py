"""What of a picture the methods are given: a square of 32 by 32 pixels."""

from __future__ import annotations

import numpy as np
from PIL import Image

from demos.traffic_signs.sheets import SIDE

SQUARE = 1.3  # up to this ratio of its sides a picture is squeezed into the square, as the cut-out signs were
NARROW = 3.0  # beyond this one it lies whole between bars: its middle alone would show too little
GREY = (127, 127, 127)


def small(image: np.ndarray) -> np.ndarray:
    """`(32, 32, 3)` uint8 of a picture `(H, W, 3)`: all of it, or its middle square where it is wide or tall.

    A picture of this size stays as it is.
    """
    picture = Image.fromarray(image)
    long, short = max(picture.size), min(picture.size)
    if long > NARROW * short:
        size = tuple(max(1, round(length * SIDE / long)) for length in picture.size)
        boxed = Image.new("RGB", (SIDE, SIDE), GREY)
        boxed.paste(picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0),
                    ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
        return np.asarray(boxed)
    x, y = ((length - short) / 2 if long > SQUARE * short else 0 for length in picture.size)
    box = (x, y, picture.width - x, picture.height - y)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=box, reducing_gap=3.0))
