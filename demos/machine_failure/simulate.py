"""Engines of the project's own: a small simulator with the means, spreads and wear of the training data.

Wear comes from where an engine begins to 1, its end, faster and faster: wear = begun + (1 - begun) * exp(-left / pace).
Each sensor goes from its usual value to its value at the end as the wear does, and carries its own noise. The two core
speeds also drift by an amount that differs from engine to engine, as in the data. What the data hold beyond that (how
sensors' noise belongs together, how pace and length of a life do) is not imitated.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from demos.machine_failure.columns import FIRST_SENSOR, SENSORS, WIDTH

STORED = Path(__file__).with_name("samples") / "statistics.json"
BEGIN, END = 20, 5  # flights at either end of a life that are averaged
CORE = (9, 14)  # the sensors that drift apart from the others
DIGITS = {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 11: 2, 12: 2, 13: 2, 14: 2, 15: 4, 16: 2, 17: 0,
          18: 0, 19: 2, 20: 2, 21: 4}
_SHOWN = np.array([40, 60, 80, 100, 20, 10])  # flights before the end at which the wear's pace is measured


def measure(engines: list[np.ndarray]) -> dict[str, Any]:
    """The plain statistics of whole lives that the simulator needs."""
    lives = [one[:, FIRST_SENSOR:] for one in engines]
    begin = np.array([one[:BEGIN].mean(axis=0) for one in lives])
    end = np.array([one[-END:].mean(axis=0) for one in lives])
    noise = np.sqrt(np.mean([np.square(np.diff(one[:31], axis=0)).mean(axis=0) / 2 for one in lives], axis=0))
    drift = (end - begin).mean(axis=0)
    moving = [i for i in range(len(SENSORS)) if abs(drift[i]) > noise[i] > 0 and i + 1 not in CORE]
    weight = np.where(np.isin(np.arange(len(drift)), moving), drift / np.maximum(noise, 1e-9) ** 2, 0)
    wear = [((one - first) @ weight) / (drift @ weight) for one, first in zip(lives, begin)]
    shape = [np.mean([one[-left - 3:-left + 2].mean() for one in wear]) for left in _SHOWN]
    begun = np.std([((first - begin.mean(axis=0)) @ weight) / (drift @ weight) for first in begin])
    apart = [float(np.std((end - begin)[:, number - 1])) for number in CORE]
    lengths = np.log([len(one) for one in lives])
    found = {"begin": begin.mean(axis=0), "drift": drift, "noise": noise, "pace": -np.mean(_SHOWN / np.log(shape)),
             "begun": begun, "core_drift": apart, "life": (lengths.mean(), lengths.std()),
             "shortest": np.exp(lengths.min()), "longest": np.exp(lengths.max())}
    return {"engines": len(lives), **{key: np.round(value, 6).tolist() for key, value in found.items()}}


def stored() -> dict[str, Any]:
    """The statistics that were measured when the samples were made."""
    return json.loads(STORED.read_text())


@dataclass(frozen=True)
class Plan:
    """What is asked of a simulated engine: its seed, its length (0 for a drawn one), and what is odd about it.

    `stuck_drift` is by how many times its noise the turbine's temperature reading creeps up each flight from
    `creeps_from` on although the engine is well; `sudden` engines show no wear before they fail.
    """

    seed: int
    flights: int = 0
    stuck_drift: float = 0.0
    creeps_from: int = 0
    sudden: bool = False


def simulate(plan: Plan, known: dict[str, Any]) -> np.ndarray:
    """A whole life `(flights, 26)`; the same plan gives the same life."""
    chance = np.random.default_rng([20_08, plan.seed])
    length = np.exp(chance.normal(*known["life"]))
    count = plan.flights or int(np.clip(length, known["shortest"], known["longest"]))
    begun, pace = chance.normal(0, known["begun"]), known["pace"] * np.exp(chance.normal(0, 0.15))
    left = np.arange(count - 1, -1, -1)
    wear = begun + (1 - begun) * (0 if plan.sudden else 1) * np.exp(-left / pace)
    readings = np.array(known["begin"]) + wear[:, None] * np.array(known["drift"])
    apart = chance.normal() * (wear - wear[0])
    for number, size in zip(CORE, known["core_drift"]):
        readings[:, number - 1] += apart * size
    readings += chance.normal(size=readings.shape) * np.array(known["noise"])
    if plan.stuck_drift:
        creep = np.maximum(0, np.arange(count) - plan.creeps_from) * plan.stuck_drift
        readings[:, 3] += creep * known["noise"][3]
    record = np.zeros((count, WIDTH))
    record[:, 0], record[:, 1] = plan.seed, np.arange(1, count + 1)
    record[:, 2] = chance.normal(0, 0.0022, count).round(4)
    record[:, 3] = chance.normal(0, 0.0003, count).round(4)
    record[:, 4] = 100
    for number, digits in DIGITS.items():
        record[:, FIRST_SENSOR + number - 1] = readings[:, number - 1].round(digits)
    return record


def as_text(record: np.ndarray) -> str:
    """A record in the form of the data set's files: a line a flight, numbers with spaces between."""
    digits = [0, 0, 4, 4, 1, *DIGITS.values()]
    return "".join(" ".join(f"{value:.{places}f}" for value, places in zip(row, digits)) + "\n" for row in record)
