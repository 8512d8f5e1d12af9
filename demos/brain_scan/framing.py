"""The square that every method is given of a picture, and the way back from it to the picture's own pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

SIDE = 256  # pixels, as the slices that the methods learnt from
BRIGHT = 99.7  # the percentile of the lit pixels that becomes FULL, so that dark scans look like others
FULL = 230.0
MOST_GAIN = 8.0  # a nearly black picture is noise
LIT = 8  # of 255: darker is background


@dataclass(frozen=True)
class Framed:
    """`pixels` `(256, 256)` uint8, and how they lie in the picture: pixel = (square - shift) / scale."""

    pixels: np.ndarray
    scale: float
    shift: tuple[float, float]
    size: tuple[int, int]

    def back(self, boxes: np.ndarray) -> np.ndarray:
        """Boxes `(n, 4)` in the square as boxes in the picture given, cut at its edges."""
        moved = (np.asarray(boxes, np.float32).reshape(-1, 4) - np.tile(self.shift, 2)) / self.scale
        return np.clip(moved, 0, np.tile(self.size, 2)).astype(np.float32)


def frame(image: np.ndarray) -> Framed:
    """All of a picture `(H, W, 3)` uint8 in grey, shrunk or enlarged into the square, black beside it."""
    height, width = image.shape[:2]
    scale = SIDE / max(height, width)
    inner = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = Image.fromarray(np.ascontiguousarray(image)).convert("L")
    small = np.asarray(grey.resize(inner, Image.Resampling.BICUBIC, reducing_gap=3.0))
    left, top = (SIDE - inner[0]) // 2, (SIDE - inner[1]) // 2
    square = np.zeros((SIDE, SIDE), np.uint8)
    square[top:top + inner[1], left:left + inner[0]] = small
    return Framed(even_out(square), scale, (left, top), (width, height))


def even_out(grey: np.ndarray) -> np.ndarray:
    """Brightness `(H, W)` uint8 stretched so that the brightest parts are alike in all scans."""
    lit = grey[grey > LIT]
    if not lit.size:
        return grey
    gain = min(FULL / max(1.0, float(np.percentile(lit, BRIGHT))), MOST_GAIN)
    return np.clip(np.arange(256) * gain + 0.5, 0, 255).astype(np.uint8)[grey]
