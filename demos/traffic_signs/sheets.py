"""Reads GTSRB from sheets of 32-pixel pictures; `train.csv` and `test_half.csv` say where each one lies."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 32  # pixels


@dataclass(frozen=True)
class Signs:
    """Pictures `(n, 32, 32, 3)` uint8 RGB, their class numbers `(n,)` 0-42, and the track of each.

    A track is one sign as a car drives by, seen thirty times; `tracks` `(n,)` counts them through all
    classes and is -1 where the table does not say.
    """

    pictures: np.ndarray
    numbers: np.ndarray
    tracks: np.ndarray

    def take(self, which: np.ndarray) -> Signs:
        """The pictures of a mask or of places."""
        return Signs(self.pictures[which], self.numbers[which], self.tracks[which])


def read_part(data: Path, part: str) -> Signs:
    """The part "train" or "test_half" in the order of its table."""
    with (data / f"{part}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    sheets = {name: np.asarray(Image.open(data / name).convert("RGB")) for name in {row["sheet"] for row in rows}}
    pictures = np.empty((len(rows), SIDE, SIDE, 3), np.uint8)
    for place, row in enumerate(rows):
        y, x = int(row["row"]) * SIDE, int(row["col"]) * SIDE
        pictures[place] = sheets[row["sheet"]][y:y + SIDE, x:x + SIDE]
    known = {pair: count for count, pair in enumerate(dict.fromkeys((row["label"], row["track"]) for row in rows))}
    tracks = [known[row["label"], row["track"]] if row["track"] else -1 for row in rows]
    return Signs(pictures, np.array([int(row["label"]) for row in rows]), np.array(tracks))


def held_back(signs: Signs, fold: int, folds: int) -> np.ndarray:
    """`(n,)` bool: the tracks of one fold; whole tracks, spread evenly over the classes."""
    of_class: dict[int, int] = {}
    fold_of = np.empty(signs.tracks.max() + 1, int)
    for track, number in dict.fromkeys(zip(signs.tracks.tolist(), signs.numbers.tolist())):
        place = of_class[number] = of_class.get(number, -1) + 1
        fold_of[track] = (place + number) % folds  # so that small classes are not all in the first folds
    return fold_of[signs.tracks] == fold
