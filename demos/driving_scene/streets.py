"""Reads the street pictures with people, and splits them by stretches of their numbers.

The data set is Penn-Fudan (Wang et al. 2007): `boxes.csv` says file and x1, y1, x2, y2 of each person, in
pixels. Pictures with neighbouring numbers often show the same wall and the same people a moment later, so each
of its two series is cut into consecutive stretches.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

LEARNING, CHOOSING = 0.60, 0.72  # of each series: the first to learn from, the next to choose by, the rest to report
PARTS = ("train", "validation", "test")
# Pictures on which a vehicle was seen by eye: their vehicles have no boxes, so nothing is learnt about vehicles there.
WITH_VEHICLES = {
    "FudanPed": (22, 23, 25, 26, 41, 42, 46, 47, 57, 58, 63, 65, 71),
    "PennPed": (1, 3, 5, 8, 9, 13, 15, 17, 25, 27, 28, 29, 31, 32, 33, 35, 36, 39, 40, 41, 43, 44, 45, 47, 48, 49,
                51, 52, 53, 55, 56, 57, 59, 60, 68, 92),
}


@dataclass(frozen=True)
class Street:
    """A picture `(H, W, 3)` uint8 RGB, its people `(k, 4)` float32 x0 y0 x1 y1, and whether vehicles may be in it."""

    name: str
    image: np.ndarray
    people: np.ndarray
    vehicles: bool


def parts_of(names: list[str]) -> dict[str, str]:
    """"train", "validation" or "test" for each picture's name."""
    parts = {}
    for series in sorted({name[:-9] for name in names}):  # FudanPed00001.jpg
        its = sorted(name for name in names if name[:-9] == series)
        for number, name in enumerate(its):
            parts[name] = PARTS[sum(number >= share * len(its) for share in (LEARNING, CHOOSING))]
    return parts


def read_streets(data: Path, part: str) -> list[Street]:
    """The pictures of one part with their boxes, by name."""
    boxes = defaultdict(list)
    with (data / "boxes.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            boxes[row["file"]].append([float(row[side]) for side in ("x1", "y1", "x2", "y2")])
    parts = parts_of(sorted(boxes))
    return [Street(name, np.asarray(Image.open(data / "images" / name).convert("RGB")),
                   np.array(boxes[name], np.float32), int(name[-9:-4]) in WITH_VEHICLES.get(name[:-9], ()))
            for name in sorted(boxes) if parts[name] == part]
