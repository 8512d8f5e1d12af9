"""Reads CIFAR-10 from sheets; `train.csv` and `test.csv` say sheet, row, col and label of each picture."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from demos.image_recognition.classical import TEN
from demos.image_recognition.features import SIDE


def read_part(data: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """The pictures `(n, 32, 32, 3)` uint8 of "train" or "test" and their numbers `(n,)`, as in the table."""
    with (data / f"{part}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["sheet"] for row in rows}
    sheets = {name: np.asarray(Image.open(data / name).convert("RGB")) for name in names}
    pictures = np.empty((len(rows), SIDE, SIDE, 3), np.uint8)
    for number, row in enumerate(rows):
        y, x = int(row["row"]) * SIDE, int(row["col"]) * SIDE
        pictures[number] = sheets[row["sheet"]][y:y + SIDE, x:x + SIDE]
    return pictures, np.array([TEN.index(row["label"]) for row in rows])
