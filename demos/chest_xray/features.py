"""What a person thought of measuring in a chest X-ray of 28 pixels: outlines at two sizes and the shades themselves.

Outlines are histograms of oriented gradients (HOG; Dalal and Triggs 2005), by scikit-image.
"""

from __future__ import annotations

import numpy as np
from PIL import Image
from skimage.feature import hog

from demos.chest_xray.framing import SIDE

DIRECTIONS = 8
CELLS = (4, 7)  # px


def outlines(small: np.ndarray, cell: int) -> np.ndarray:
    """HOG of `(28, 28)` uint8 in blocks of two by two cells: `(rows, columns, 2, 2, 8)`."""
    return hog(small, DIRECTIONS, (cell, cell), (2, 2), "L2-Hys", feature_vector=False)


def features(small: np.ndarray) -> np.ndarray:
    """`(1540,)` float32 of `(28, 28)` uint8: outlines in cells of 4 and of 7 pixels, and 14 by 14 shades."""
    shades = np.asarray(Image.fromarray(small).resize((SIDE // 2,) * 2, Image.Resampling.BOX), dtype=np.float32)
    shades = (shades - shades.mean()) / (4 * shades.std() + 1e-3)
    parts = [*(outlines(small, cell).ravel() for cell in CELLS), shades.ravel()]
    return np.concatenate(parts).astype(np.float32)
