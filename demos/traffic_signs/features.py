"""The numbers a person thought of: in which directions edges run, by place, in a sign of 32 by 32 pixels.

Histograms of oriented gradients (HOG; Dalal and Triggs 2005) by OpenCV, with the settings that the makers of
the data set gave their own rivals of the networks (Stallkamp et al. 2012), and the mean colour of each cell.
"""

from __future__ import annotations

import cv2
import numpy as np

from demos.traffic_signs.sheets import SIDE

CELL, DIRECTIONS = 4, 9  # pixels; directions of half a turn
CELLS = SIDE // CELL
BLOCKS = CELLS - 1
FEATURES = BLOCKS * BLOCKS * 4 * DIRECTIONS + CELLS * CELLS * 3
COLOUR = 0.5  # how much a colour counts beside the outlines


def describer() -> cv2.HOGDescriptor:
    """OpenCV's HOG: cells of 4 px in blocks of two by two, each block of length one."""
    return cv2.HOGDescriptor((SIDE, SIDE), (2 * CELL, 2 * CELL), (CELL, CELL), (CELL, CELL), DIRECTIONS)


def outlines(picture: np.ndarray) -> np.ndarray:
    """`(7, 7, 2, 2, 9)` float32 of a picture `(32, 32, 3)` uint8: rows and columns of blocks, then of cells."""
    blocks = describer().compute(np.ascontiguousarray(picture)).reshape(BLOCKS, BLOCKS, 2, 2, DIRECTIONS)
    return blocks.transpose(1, 0, 3, 2, 4)  # OpenCV goes down the columns first


def features(picture: np.ndarray) -> np.ndarray:
    """`(1956,)` float32 of a picture `(32, 32, 3)` uint8."""
    lab = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2LAB).astype(np.float32)
    cells = lab.reshape(CELLS, CELL, CELLS, CELL, 3).mean(axis=(1, 3))
    cells = (cells - cells.mean(axis=(0, 1))) / (cells[..., 0].std() + 10)  # a dark sign is like a bright one
    return np.concatenate([outlines(picture).ravel(), COLOUR * cells.ravel()]).astype(np.float32)
