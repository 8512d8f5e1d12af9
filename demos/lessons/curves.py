"""How right two methods are with few and with many examples, as `curves_measure.py` and the page on teaching measured."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos import demo_folder
from demos.teach_it.head_start import read_head_start

FAMILIES = ("classical", "deep")


@dataclass(frozen=True)
class Curve:
    """Both methods at so many examples `counts` `(n,)`: the middle, lowest and highest of some draws, as shares."""

    counts: np.ndarray
    middle: dict[str, np.ndarray]
    low: dict[str, np.ndarray]
    high: dict[str, np.ndarray]

    def at(self, count: float) -> dict[str, float]:
        """The middles at a count between two measured ones, along a straight line over its logarithm."""
        place = np.log(count)
        return {family: float(np.interp(place, np.log(self.counts), self.middle[family])) for family in FAMILIES}

    @property
    def crossings(self) -> list[int]:
        """The counts at which one method passes the other."""
        ahead = self.middle["deep"] - self.middle["classical"]
        found = []
        for place in np.flatnonzero(ahead[:-1] * ahead[1:] < 0):
            share = ahead[place] / (ahead[place] - ahead[place + 1])
            logs = np.log(self.counts)
            found.append(round(float(np.exp(logs[place] + share * (logs[place + 1] - logs[place])))))
        return found


@lru_cache(maxsize=1)
def curves() -> dict[str, Curve]:
    """The curves by the name of their task, in the order they are shown."""
    found = {}
    for name, row in json.loads(Path(__file__).with_name("curves.json").read_text()).items():
        found[name] = Curve(np.array(row["counts"], float), *({family: np.array(row[f"{family}_{part}"]) for family in FAMILIES}
                                                               for part in ("middle", "low", "high")))
    known = read_head_start(demo_folder("teach_it"))
    found["pictures"] = Curve(np.array(known.sizes, float), *({family: known.curves[family][part] for family in FAMILIES}
                                                              for part in range(3)))
    return found
