"""When to sound the alarm: what each threshold costs, counted on engines that ran until they failed.

`alarms.json` is written by `python -m demos evaluate`. For each method and threshold it holds how many flights were
wasted in all, among the engines that were warned in time, and how many engines were not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

NOTICE = 5  # flights before its end at which an engine must have been warned, or it is too late
THRESHOLDS = np.arange(0, 111)
STORED = Path(__file__).with_name("alarms.json")


def first_below(said: np.ndarray, threshold: float) -> int | None:
    """The place of the first guess that is at most the threshold; None where there is none."""
    below = np.flatnonzero(said <= threshold)
    return int(below[0]) if len(below) else None


def count(said: list[np.ndarray], left: list[np.ndarray]) -> dict[str, list[int]]:
    """Wasted flights and engines warned too late, for each threshold; `left` are the flights really left `(n,)`."""
    wasted, missed = [], []
    for threshold in THRESHOLDS:
        places = [first_below(one, float(threshold)) for one in said]
        remaining = [-1.0 if place is None else float(truth[place]) for place, truth in zip(places, left)]
        wasted.append(int(sum(one for one in remaining if one >= NOTICE)))
        missed.append(sum(one < NOTICE for one in remaining))
    return {"wasted": wasted, "missed": missed}


@dataclass(frozen=True, eq=False)
class Alarm:
    """The costs of every threshold `(110,)` for one engine on average, and the cheapest one.

    `wasted` flights on average, `missed` engines of all, at that threshold.
    """

    costs: np.ndarray
    threshold: int
    wasted: float
    missed: int
    engines: int


@lru_cache(maxsize=2)
def _counted(mtime_ns: int) -> dict[str, object]:
    return json.loads(STORED.read_text())


def cheapest(method: str, early: float, late: float) -> Alarm:
    """The threshold that costs least, where a wasted flight costs `early` and a failure in service `late`."""
    counted = _counted(STORED.stat().st_mtime_ns)
    rows, engines = counted["methods"][method], int(counted["engines"])  # type: ignore[index,call-overload]
    wasted, missed = (np.array(rows[key], dtype=np.float64) for key in ("wasted", "missed"))
    costs = (early * wasted + late * missed) / engines
    best = int(costs.argmin())
    return Alarm(costs, int(THRESHOLDS[best]), float(wasted[best]) / engines, int(missed[best]), engines)
