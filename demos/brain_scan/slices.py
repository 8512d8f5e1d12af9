"""The labelled slices of a data folder, and which of them are for training, for choosing and for testing.

The folder holds `labels.csv` (file, class, centre and size of one box as fractions) and `images/`: T1-weighted
slices with contrast agent, 256 px, of Cheng et al. (figshare 1512427, CC BY 4.0).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from demos.brain_scan.framing import SIDE

KINDS = ("glioma", "meningioma", "pituitary")
Part = Literal["train", "choose", "test"]
BLOCKS = 24  # of each kind, by number
PLACES: dict[Part, tuple[int, ...]] = {"choose": (5, 17), "test": (11, 23)}  # the other blocks are for training
REACH = 12  # a block's end may move by so many slices, to where two neighbours differ most


@dataclass(frozen=True)
class Slice:
    """One slice `(256, 256)` uint8: its number in the data set, the tumour's kind (a place in KINDS) and its box
    `(4,)` x0 y0 x1 y1 in pixels.
    """

    number: int
    image: np.ndarray
    kind: int
    box: np.ndarray


def read_slices(data: Path) -> list[Slice]:
    """Every slice of the folder, by number."""
    slices = []
    with open(data / "labels.csv", newline="") as file:
        for row in csv.DictReader(file):
            image = np.asarray(Image.open(data / "images" / row["file"]).convert("L"))
            centre = np.array([float(row["box_cx"]), float(row["box_cy"])])
            half = np.array([float(row["box_w"]), float(row["box_h"])]) / 2
            box = SIDE * np.concatenate([centre - half, centre + half])
            slices.append(Slice(int(row["file"].split(".")[0]), image, KINDS.index(row["class"]), box))
    return sorted(slices, key=lambda one: one.number)


def split(slices: list[Slice]) -> dict[Part, list[Slice]]:
    """Each kind's slices in 24 blocks of neighbouring numbers; of these two are for choosing and two for testing.

    There are no patients' names in the data, and neighbouring numbers are often one patient: a block's end is
    moved to where two neighbours look least alike. A patient may still lie on both sides of one.
    """
    parts: dict[Part, list[Slice]] = {"train": [], "choose": [], "test": []}
    for kind in range(len(KINDS)):
        mine = [one for one in slices if one.kind == kind]
        ends = _ends(mine)
        for block, (first, last) in enumerate(zip(ends, ends[1:])):
            part: Part = next((name for name, blocks in PLACES.items() if block in blocks), "train")
            parts[part] += mine[first:last]
    return parts


def _ends(mine: list[Slice]) -> list[int]:
    """Where the blocks of one kind begin, and the end."""
    small = np.stack([one.image.reshape(32, 8, 32, 8).mean(axis=(1, 3)).ravel() for one in mine])
    small = small - small.mean(axis=1, keepdims=True)
    small /= np.linalg.norm(small, axis=1, keepdims=True) + 1e-9
    alike = (small[1:] * small[:-1]).sum(axis=1)  # of each with the next
    inner = []
    for place in (round(len(mine) * block / BLOCKS) for block in range(1, BLOCKS)):
        low = max(1, place - REACH)
        inner.append(low + int(alike[low - 1:place + REACH].argmin()))
    return [0, *inner, len(mine)]
