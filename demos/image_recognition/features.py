"""The numbers a person thought of: outlines, colours and fine texture of a 32-pixel picture.

Outlines are histograms of oriented gradients (HOG; Dalal and Triggs 2005), texture is local binary patterns
(Ojala et al. 2002), both by scikit-image; colours are counted in the Lab space.
"""

from __future__ import annotations

import numpy as np
from skimage.color import rgb2lab
from skimage.feature import hog, local_binary_pattern

from demos.image_recognition.framing import square

SIDE = 32  # pixels, the size of the pictures it learnt from
DIRECTIONS = 9
CELL = 4  # pixels of a cell in the finer of the two HOGs
LAB = ((0, 100), (-40, 40), (-50, 50))  # the range of each Lab channel that is told apart
SHADES = 8


def shrink(image: np.ndarray) -> np.ndarray:
    """`(32, 32, 3)` uint8: the middle of a picture `(H, W, 3)`; a picture of this size stays as it is."""
    return square(image, SIDE, fraction=1.0)


def outlines(small: np.ndarray, cell: int = CELL) -> np.ndarray:
    """HOG in blocks of two by two cells: `(rows, columns, 2, 2, 9)`, each block of length one."""
    return hog(small, DIRECTIONS, (cell, cell), (2, 2), "L2-Hys", channel_axis=-1, feature_vector=False)


def features(small: np.ndarray) -> np.ndarray:
    """`(3016,)` float32 of a picture `(32, 32, 3)` uint8: outlines twice, colours twice, texture."""
    lab = rgb2lab(small).astype(np.float32)
    parts = (outlines(small), outlines(small, 2 * CELL), _shades(lab), _means(lab), _texture(lab[..., 0]))
    return np.concatenate([part.ravel() for part in parts]).astype(np.float32)


def _shades(lab: np.ndarray) -> np.ndarray:
    """`(4, 4, 24)`: in each 8-pixel cell, how often each of 8 shades of each channel occurs."""
    counted = []
    for channel, (low, high) in enumerate(LAB):
        # a pixel between two shades counts partly for both, so that a slight change of light moves little
        place = np.clip((lab[..., channel] - low) / (high - low) * SHADES - 0.5, 0, SHADES - 1 - 1e-6)
        near = 1 - np.abs(place[..., None] - np.arange(SHADES))
        counted.append(np.maximum(near, 0))
    return _over_cells(np.concatenate(counted, axis=-1), 8).mean(axis=(1, 3))


def _means(lab: np.ndarray) -> np.ndarray:
    """Mean and spread of the colour in 4-pixel cells: `(2, 8, 8, 3)`."""
    cells = _over_cells(lab, 4)
    return np.stack([cells.mean(axis=(1, 3)), cells.std(axis=(1, 3))])


def _texture(light: np.ndarray) -> np.ndarray:
    """`(4, 4, 10)`: in each 8-pixel cell, how often each of ten rotation-free patterns occurs."""
    patterns = local_binary_pattern(light.astype(np.uint8), 8, 1, "uniform").astype(int)
    return _over_cells(np.eye(10)[patterns], 8).mean(axis=(1, 3))


def _over_cells(values: np.ndarray, cell: int) -> np.ndarray:
    """`(32, 32, k)` -> `(32/cell, cell, 32/cell, cell, k)`."""
    count = SIDE // cell
    return values.reshape(count, cell, count, cell, -1)
