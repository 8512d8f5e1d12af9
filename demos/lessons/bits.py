"""What `bits_measure.py` found: how right networks are with fewer bits for each weight, and with 8 bits only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

BITS = (32, 8, 7, 6, 5, 4, 3, 2)
TARGET = Path(__file__).with_name("bits.json")


@dataclass(frozen=True)
class Rounded:
    """One network: right answers of `asked` with weights of so many BITS, one after the other.

    `full` and `eight` are the network as it was learnt and the one that calculates with 8 bits: right answers, megabytes,
    milliseconds of one core; `same` counts the answers that both give alike.
    """

    asked: int
    right: tuple[int, ...]
    full: tuple[int, float, float]
    eight: tuple[int, float, float]
    same: int


@lru_cache(maxsize=1)
def _found() -> dict:
    return json.loads(TARGET.read_text())


def networks() -> dict[str, Rounded]:
    """The networks by the name of their task, in the order in which they are shown."""
    found = {}
    for name in ("sentences", "signs", "pictures"):
        row, pair = _found()[name], _found()[name]["eight"]
        full, eight = ((pair["right"][bits], pair["megabytes"][bits], pair["milliseconds"][bits]) for bits in ("32", "8"))
        found[name] = Rounded(row["asked"], tuple(row["right"]), full, eight, pair["same"])
    return found


def filters() -> np.ndarray:
    """The filters of the first layer of the network for pictures, `(32, 3, 3, 3)` with the colours last."""
    return np.array(_found()["filters"], np.float32)


def mosaic(some: np.ndarray, columns: int = 8, cell: int = 3) -> np.ndarray:
    """Filters `(n, 3, 3, 3)` side by side as one picture `(h, w, 3)` uint8: middle grey is a weight of nought.

    Each filter has a scale of its own; one square of grey lies between two filters.
    """
    largest = np.abs(some).reshape(len(some), -1).max(axis=1).reshape(-1, 1, 1, 1)
    shades = np.round(127.5 + 127.5 * some / np.where(largest > 0, largest, 1)).astype(np.uint8)
    rows = -(-len(some) // columns)
    sheet = np.full((rows * (cell + 1) - 1, columns * (cell + 1) - 1, 3), 128, np.uint8)
    for number, one in enumerate(shades):
        y, x = (place * (cell + 1) for place in divmod(number, columns))
        sheet[y:y + cell, x:x + cell] = one
    return sheet
