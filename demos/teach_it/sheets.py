"""The ready-made lessons' pictures: a sheet of tiles each, a row for each name."""

from __future__ import annotations

import numpy as np
from PIL import Image

from demos.teach_it.examples import SAMPLES

EACH = 12  # tiles in a row
TILE = 128  # px
NAMES = {"smiles": ("happy", "sad", "surprised"), "grounds": ("brick", "grass", "gravel"),
         "digits": ("three", "five", "eight"), "brains": ("from above", "from the front", "from the side")}


def names_of(key: str) -> tuple[str, ...]:
    """The names of a ready-made lesson, from the first row of its sheet."""
    return NAMES[key]


def read_tiles(key: str) -> np.ndarray:
    """`(k, 12, 128, 128, 3)` uint8: the pictures of each name. The sheets are ours, so anybody may read them."""
    sheet = np.asarray(Image.open(SAMPLES / f"{key}.jpg").convert("RGB"))
    rows, columns = sheet.shape[0] // TILE, sheet.shape[1] // TILE
    return sheet.reshape(rows, TILE, columns, TILE, 3).transpose(0, 2, 1, 3, 4)


def read_sheet(key: str) -> list[np.ndarray]:
    """The pictures `(256, 256, 3)` uint8 of a lesson, name by name, as `take` would give them."""
    from demos.teach_it.measures import kept_square

    return [kept_square(tile) for row in read_tiles(key) for tile in row]
