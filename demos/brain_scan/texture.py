"""What the classical method measures in small windows of a slice: its grain, its brightness, and where it lies.

Grey-level co-occurrence (Haralick et al. 1973) and local binary patterns (Ojala et al. 2002), by scikit-image.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from skimage.feature import graycomatrix, graycoprops, local_binary_pattern

WINDOW = 36  # pixels; the middle one of the tumours in the data is 33 wide
STEP = 9
LEVELS = 16  # greys that co-occurrence tells apart
REACHES = (1, 3)  # pixels between the two greys that are counted together
MEASURES = ("contrast", "dissimilarity", "homogeneity", "energy", "correlation")
PATTERNS = 10  # of eight neighbours, whatever their turn
LIT = 30  # of 255: darker is beside the head
HEAD_SHARE = 0.6  # of a window must be head
STATES = (5, 25, 50, 75, 95)  # percentiles
COUNT = len(REACHES) * len(MEASURES) + PATTERNS + len(STATES) + 2 + 3 + 3


@dataclass(frozen=True)
class Windows:
    """`places` `(n, 2)` x y of the windows' upper left corners, and `features` `(n, 33)` float32."""

    places: np.ndarray
    features: np.ndarray

    @property
    def boxes(self) -> np.ndarray:
        """`(n, 4)` x0 y0 x1 y1."""
        return np.concatenate([self.places, self.places + WINDOW], axis=1).astype(np.float32)


def grid(square: np.ndarray) -> np.ndarray:
    """The corners `(n, 2)` of all windows on a grid that lie on the head, in a slice `(256, 256)` uint8."""
    whole = np.pad((square > LIT).astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    ends = np.arange(0, len(square) - WINDOW + 1, STEP)
    x, y = (axis.ravel() for axis in np.meshgrid(ends, ends))
    head = whole[y + WINDOW, x + WINDOW] - whole[y, x + WINDOW] - whole[y + WINDOW, x] + whole[y, x]
    return np.stack([x, y], axis=1)[head >= HEAD_SHARE * WINDOW**2]


def measure(square: np.ndarray, places: np.ndarray | None = None) -> Windows:
    """The features of the windows at `places` `(n, 2)`, or of all on the grid, of a slice `(256, 256)` uint8."""
    places = grid(square) if places is None else places
    if not len(places):
        return Windows(places, np.zeros((0, COUNT), np.float32))
    patterns = local_binary_pattern(square, 8, 1, "uniform").astype(np.intp)
    greys = square // (256 // LEVELS)
    lit = square[square > LIT]
    usual, spread = (float(np.median(lit)), float(lit.std()) + 1.0) if lit.size else (0.0, 1.0)
    found = np.array([_one(square, greys, patterns, x, y, usual, spread) for x, y in places], np.float32)
    head = np.argwhere(square > LIT) if lit.size else np.array([[0, 0], [len(square) - 1] * 2])
    low, high = head.min(axis=0), head.max(axis=0)
    middle = (places[:, ::-1] + WINDOW / 2 - low) / np.maximum(high - low, 1)
    where = np.stack([middle[:, 0], middle[:, 1], np.abs(middle[:, 1] - 0.5)], axis=1)
    return Windows(places, np.concatenate([found, where.astype(np.float32)], axis=1))


def _one(square: np.ndarray, greys: np.ndarray, patterns: np.ndarray, x: int, y: int, usual: float,
         spread: float) -> np.ndarray:
    """Grain and brightness of one window; brightness is counted against the rest of the head."""
    here = np.s_[y:y + WINDOW, x:x + WINDOW]
    together = graycomatrix(greys[here], REACHES, (0, np.pi / 4, np.pi / 2, 3 * np.pi / 4), LEVELS, symmetric=True,
                            normed=True)
    grain = [graycoprops(together, name).mean(axis=1) for name in MEASURES]  # over the directions
    small = np.bincount(patterns[here].ravel(), minlength=PATTERNS) / WINDOW**2
    inside = square[here].astype(np.float32)
    ring = inside.copy()
    edge = WINDOW // 4
    core = inside[edge:-edge, edge:-edge]
    ring[edge:-edge, edge:-edge] = np.nan
    bright = [*np.percentile(inside, STATES), core.mean(), np.nanmean(ring)]
    light = [(value - usual) / spread for value in bright]
    return np.concatenate([*grain, small, light, [inside.std() / spread, (core.mean() - np.nanmean(ring)) / spread,
                                                  core.std() / spread]])
