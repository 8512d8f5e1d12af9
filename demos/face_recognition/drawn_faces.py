"""Faces drawn by a program, each a little different: what a detector should not take for a person."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

SIDE, MIDDLE = 400, (200, 210)  # px
COUNT = 40
INK, LIPS, NOSE = (45, 40, 38), (160, 40, 40), (200, 150, 120)


def drawn_face(seed: int) -> np.ndarray:
    """A face with hair, eyes, brows, nose and mouth in even colours, `(400, 400, 3)` uint8."""
    lot = np.random.default_rng(seed)
    x, y = MIDDLE
    wide, high = int(lot.integers(70, 130)), int(lot.integers(90, 140))
    sheet = Image.new("RGB", (SIDE, SIDE), _colour(lot, 120, 255))
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((x - wide - 10, y - high - 25, x + wide + 10, y + high // 2), fill=_colour(lot, 20, 120))
    skin = int(lot.integers(180, 250)), int(lot.integers(140, 210)), int(lot.integers(100, 170))
    pen.ellipse((x - wide, y - high, x + wide, y + high), fill=skin, outline=INK, width=3)
    for eye in (x - wide // 2, x + wide // 2):
        pen.ellipse((eye - 16, y - 30, eye + 16, y - 10), fill="white", outline=INK, width=2)
        pen.ellipse((eye - 7, y - 27, eye + 7, y - 13), fill=INK)
        pen.line((eye - 20, y - 45, eye + 20, y - 48), fill=INK, width=6)
    pen.polygon((x, y - 10, x - 14, y + 30, x + 14, y + 30), fill=NOSE)
    pen.arc((x - wide // 2, y + 20, x + wide // 2, y + 75), 20, 160, fill=LIPS, width=9)
    return np.asarray(sheet)


def _colour(lot: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in lot.integers(low, high, 3))
    return red, green, blue
