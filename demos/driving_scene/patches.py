"""Reads the vehicle patches, 64 px squares on sheets, and splits them by sequence.

`index.csv` says sheet, row, column, label, sequence and original name of each patch. Neighbouring names come
from the same drive a moment later, so a random split would put near-copies on both sides: here each sequence
is cut into consecutive stretches of its names instead.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 64
# Of each sequence, by name: the first part to learn from, the next to choose by, the last to report on.
LEARNING, CHOOSING = 0.70, 0.85
PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Patches:
    """Pictures `(n, 64, 64, 3)` uint8 RGB, whether each is a vehicle `(n,)` bool, and its name."""

    pictures: np.ndarray
    vehicle: np.ndarray
    names: tuple[str, ...]


def split_of(rows: list[dict[str, str]]) -> list[str]:
    """"train", "validation" or "test" for each row of the index.

    The sequences GTI_Far, GTI_Left, GTI_MiddleClose and GTI_Right are sides of one and the same drive, whose
    frames share their numbers, so they are cut at the same numbers.
    """
    def drive(row: dict[str, str]) -> tuple[str, str]:
        return row["label"], row["sequence"].split("_")[0]

    def frame(row: dict[str, str]) -> int:
        return int(re.sub(r"\D", "", row["original_name"]))

    cuts = {}
    for key in {drive(row) for row in rows}:
        numbers = sorted({frame(row) for row in rows if drive(row) == key})
        cuts[key] = [numbers[int(share * len(numbers))] for share in (LEARNING, CHOOSING)]
    return [PARTS[sum(frame(row) >= cut for cut in cuts[drive(row)])] for row in rows]


def read_patches(data: Path, part: str) -> Patches:
    """The patches of one part, in the order of the index."""
    with (data / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    taken = [row for row, its in zip(rows, split_of(rows)) if its == part]
    sheets = {name: np.asarray(Image.open(data / name).convert("RGB")) for name in {r["sheet"] for r in taken}}
    pictures = np.empty((len(taken), SIDE, SIDE, 3), np.uint8)
    for number, row in enumerate(taken):
        y, x = int(row["row"]) * SIDE, int(row["col"]) * SIDE
        pictures[number] = sheets[row["sheet"]][y:y + SIDE, x:x + SIDE]
    vehicle = np.array([row["label"] == "vehicles" for row in taken])
    return Patches(pictures, vehicle, tuple(f"{row['sequence']}/{row['original_name']}" for row in taken))
