"""The pictures of the ready-made lessons: drawn faces, and what comes with packages (grounds, digits, slices of a brain)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

TILE = 128  # px
MOODS = ("happy", "sad", "surprised")
GROUNDS = ("brick", "grass", "gravel")
DIGITS = {"three": 3, "five": 5, "eight": 8}
PLANES = {"from above": "axial", "from the front": "coronal", "from the side": "sagittal"}
_INK = (45, 40, 38)


def face(mood: str, seed: int) -> np.ndarray:
    """A drawn face `(128, 128, 3)` uint8: turned, tinted, off the middle and of its own width at every seed."""
    lot = np.random.default_rng([MOODS.index(mood), seed])
    side = 512
    sheet = Image.new("RGB", (side, side), _tint(lot, 90, 256))
    pen = ImageDraw.Draw(sheet)
    x, y = (int(value) for value in 256 + lot.integers(-60, 61, 2))
    wide, high = (int(value) for value in lot.integers(110, 181, 2))
    pen.ellipse((x - wide, y - high, x + wide, y + high), fill=_tint(lot, 150, 250), outline=_INK, width=int(lot.integers(3, 14)))
    thick, eye = int(lot.integers(8, 20)), int(lot.integers(10, 26))
    for at in (x - wide * 4 // 10, x + wide * 4 // 10):
        top = y - high * 3 // 10
        large = eye * 3 // 2 if mood == "surprised" else eye
        pen.ellipse((at - large, top - large, at + large, top + large), fill=_INK)
    across, mouth = wide * int(lot.integers(40, 65)) // 100, y + high * 4 // 10
    down = high * int(lot.integers(15, 35)) // 100
    if mood == "happy":
        pen.arc((x - across, mouth - 2 * down, x + across, mouth + down), 15, 165, fill=_INK, width=thick)
    elif mood == "sad":
        pen.arc((x - across, mouth - down // 2, x + across, mouth + 2 * down), 195, 345, fill=_INK, width=thick)
    else:
        pen.ellipse((x - across // 2, mouth - down, x + across // 2, mouth + down), outline=_INK, width=thick)
    turned = sheet.rotate(float(lot.uniform(-25, 25)), Image.Resampling.BICUBIC, fillcolor=sheet.getpixel((0, 0)))
    return np.asarray(turned.resize((TILE, TILE), Image.Resampling.LANCZOS))


def _tint(lot: np.random.Generator, low: int, high: int) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in lot.integers(low, high, 3))
    return red, green, blue


@lru_cache(maxsize=3)
def _photo(name: str) -> np.ndarray:
    """A photo `(512, 512)` uint8 that comes with scikit-image: of ambientCG, CC0."""
    from demos.weights import find_part

    return np.asarray(Image.open(find_part(f"scikit-image:skimage/data/{name}.png", Path())).convert("L"))


def ground(name: str, number: int, left: bool) -> np.ndarray:
    """A square of a photo, turned by quarters and mirrored: learnt from the left half, tried on the right one."""
    lot = np.random.default_rng([GROUNDS.index(name), number, left])
    half = _photo(name)[:, :256] if left else _photo(name)[:, 256:]
    side = int(lot.integers(120, 200))
    row, column = int(lot.integers(0, 512 - side)), int(lot.integers(0, 256 - side))
    cut = np.rot90(half[row:row + side, column:column + side], int(lot.integers(0, 4)))
    light = np.clip(cut * lot.uniform(0.6, 1.2), 0, 255).astype(np.uint8)
    return _large(light[:, ::-1] if lot.random() < 0.5 else light)


def digit(name: str, number: int) -> np.ndarray:
    """One of the 1,797 handwritten digits that come with scikit-learn (UCI, CC BY 4.0), enlarged from 8 by 8."""
    from sklearn.datasets import load_digits

    known = load_digits()
    grey = 255 - known.images[known.target == DIGITS[name]][number] * (255 / 16)
    return _large(np.pad(grey.round().astype(np.uint8), 1, constant_values=255))


def slice_of_brain(name: str, place: float) -> np.ndarray:
    """A slice of the average of 152 brains (MNI152, in nilearn), from 0 to 1 of the way through its middle part."""
    from demos.brain_scan.healthy import PLANES as REACH
    from demos.brain_scan.healthy import cut

    _, first, last = REACH[PLANES[name]]
    return _large(cut(PLANES[name], round(first + place * (last - first))))


def _large(grey: np.ndarray) -> np.ndarray:
    """`(h, w)` uint8 as a tile `(128, 128, 3)`."""
    return np.asarray(Image.fromarray(grey).resize((TILE, TILE), Image.Resampling.BICUBIC).convert("RGB"))
