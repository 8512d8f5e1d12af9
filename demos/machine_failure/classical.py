"""The classical method: gradient boosting on statistics of the last thirty flights (Friedman 2001), five times."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.machine_failure.columns import CAP
from demos.machine_failure.data import windows
from demos.machine_failure.features import statistics, straight_line, with_band
from demos.machine_failure.living import LifeModel
from demos.machine_failure.smoothing import Smoothing

LEAF = -1


def add_up(nodes: np.ndarray, numbers: np.ndarray, table: np.ndarray) -> np.ndarray:
    """The sum `(n,)` of what T trees say of rows `(n, C)` float32.

    `nodes` `(T, N, 3)` hold column (-1 for a leaf), left and right, `numbers` `(T, N, 3)` threshold, value, rows learnt
    from; a row goes left where its column is at most the threshold.
    """
    rows, total = np.arange(len(table)), np.zeros(len(table))
    for tree, values in zip(nodes, numbers):
        place = np.zeros(len(table), dtype=np.int64)
        while True:
            column, left, right = tree[place].T
            inner = column != LEAF
            if not inner.any():
                break
            goes_left = table[rows, np.maximum(column, 0)] <= values[place, 0]
            place = np.where(inner, np.where(goes_left, left, right), place)
        total += values[place, 1]
    return total


class Boosting(Smoothing, LifeModel):
    """Five sums of trees; `predict` never writes to them. It forecasts a visitor's series by smoothing."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        super().__init__(arrays["reach"])
        self.arrays = arrays

    def members(self, record: np.ndarray, only: int | None = None) -> np.ndarray:
        table, learnt = statistics(windows(record)), self.arrays
        said = [add_up(learnt["nodes"][i], learnt["values"][i], table) + learnt["bias"][i]
                for i in (range(len(learnt["bias"])) if only is None else [only])]
        return np.stack([with_band(np.clip(one, 0, CAP), learnt["band"]) for one in said])


class Line(LifeModel):
    """Five health indices, each with a straight line through the last thirty flights."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        super().__init__(arrays["reach"])
        self.arrays = arrays

    def members(self, record: np.ndarray, only: int | None = None) -> np.ndarray:
        given, learnt = windows(record), self.arrays
        chosen = range(len(learnt["index"])) if only is None else [only]
        return np.stack([with_band(straight_line(given, learnt["index"][i]), learnt["band"]) for i in chosen])


def load(weights: Path, device: str) -> LifeModel:
    """The trees, or the line, of a stored file."""
    from safetensors.numpy import load_file

    arrays = load_file(weights)
    return Boosting(arrays) if "nodes" in arrays else Line(arrays)
