"""The measured curve of both methods by number of examples: head_start.json, written by evaluate.py, read by the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = "head_start.json"
Curve = tuple[np.ndarray, np.ndarray, np.ndarray]  # middle, low and high, (m,) each


@dataclass(frozen=True, eq=False)
class HeadStart:
    """`sizes` `(m,)` examples of each thing; for each family the share right: the middle of so many draws, low and high."""

    sizes: tuple[int, ...]
    curves: Mapping[str, Curve]
    seeds: int


def read_head_start(folder: Path) -> HeadStart:
    """What was measured last."""
    found = json.loads((folder / FILE).read_text())
    curves = {family: tuple(np.array(found[family][name]) for name in ("middle", "low", "high")) for family in ("classical", "deep")}
    return HeadStart(tuple(found["sizes"]), curves, found["seeds"])  # type: ignore[arg-type]


def write_head_start(folder: Path, sizes: tuple[int, ...], right: Mapping[str, np.ndarray], **about: str) -> None:
    """From the share right of each family `(seeds, m)`."""
    rows = {family: {"middle": np.median(one, axis=0), "low": np.quantile(one, 0.05, axis=0),
                     "high": np.quantile(one, 0.95, axis=0)} for family, one in right.items()}
    plain = {family: {name: np.round(values, 4).tolist() for name, values in row.items()} for family, row in rows.items()}
    whole = {**about, "sizes": list(sizes), "seeds": len(next(iter(right.values()))), **plain}
    (folder / FILE).write_text(json.dumps(whole, indent=1) + "\n")
