"""What `federated_measure.py` found: five hospitals that learn alone, in one place, and by sending weights only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

TARGET = Path(__file__).with_name("federated.json")
WAYS = ("alone", "together", "shared")


@dataclass(frozen=True, eq=False)
class Deal:
    """One way to deal the pictures out. `hospitals` `(5, 2)`: how many healthy and ill each has, the largest first.

    `curves` hold the share right on the validation part after each round: "alone" `(rounds, 5)`, "together" and "shared"
    `(rounds, 1)`; `tests` the same on the test part after the last round. Ill and healthy count the same.
    """

    hospitals: np.ndarray
    curves: dict[str, np.ndarray]
    tests: dict[str, np.ndarray]


@dataclass(frozen=True)
class Federated:
    """What was measured: the deals, the network's weights, and how many pictures were asked about (validation, test)."""

    deals: tuple[Deal, ...]
    weights: int
    asked: tuple[int, int]

    def travelled(self, rounds: int) -> float:
        """Megabytes of weights after so many rounds: to each hospital and back, four bytes a weight."""
        return 2 * len(self.deals[0].hospitals) * 4 * self.weights * rounds / 1e6

    def test(self, way: str) -> np.ndarray:
        """The share right on the test part in each deal; of the hospitals alone their mean, or of "best" the best one's.

        The best one is known only to who looks at the test, so it flatters.
        """
        if way == "best":
            return np.array([deal.tests["alone"].max() for deal in self.deals])
        return np.array([deal.tests[way].mean() for deal in self.deals])


@lru_cache(maxsize=1)
def federated(path: Path = TARGET) -> Federated:
    """What was measured last."""
    found = json.loads(path.read_text())
    deals = tuple(Deal(np.array(row["hospitals"]), {way: np.array(row[way]) for way in WAYS},
                       {way: np.array(row[f"{way}_test"]) for way in WAYS}) for row in found["deals"])
    return Federated(deals, found["weights"], tuple(found["asked"]))
