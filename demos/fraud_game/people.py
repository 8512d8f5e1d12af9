"""The five customers whose card can be used: `python -m demos.fraud_game.people DATA` finds them among the invented ones.

Each is the first customer of the simulation, by number, whose last 35 days fit the description; people.json holds those
days as rows of minutes (the clock's, from a midnight on), euros, shop, km from home and thefts known at the till.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.fraud_game.payments import ONLINE, SHOPS, WEEK, Payments, read_payments, reports

NOW, BACK, ENOUGH = 18 * WEEK + 40, 35 * 24, 25  # hours: within the weeks that nothing was learnt from; payments
FILE = Path(__file__).with_name("people.json")


@dataclass(frozen=True, eq=False)
class Person:
    """A customer's last payments, the oldest first: hours, euros, shop, km from home, thefts known at the till, `(n,)` each."""

    time: np.ndarray
    amount: np.ndarray
    shop: np.ndarray
    distance: np.ndarray
    reports: np.ndarray

    def usual(self) -> dict[str, float | str]:
        """A payment as this customer makes them: the middle amount and distance, the commonest shop, by day."""
        there = self.shop != ONLINE
        return {"amount": float(np.median(self.amount)), "hour": float(round(np.median(self.time % 24))),
                "distance": float(np.median(self.distance[there])), "shop": SHOPS[int(np.bincount(self.shop[there]).argmax())],
                "minutes": float(np.median(60 * np.diff(self.time))), "reports": 0.0}


def _fits() -> dict[str, Callable[[Payments], bool]]:
    """What the last weeks of each must look like."""
    def near(one: Payments) -> bool:
        return float(one.distance.max()) < 60

    def share(one: Payments) -> float:
        return float((one.shop == ONLINE).mean())

    return {
        "ana": lambda one: one.amount.mean() < 18 and near(one) and share(one) < 0.2,
        "bruno": lambda one: share(one) > 0.45 and 25 < one.amount.mean() < 60 and near(one),
        "carla": lambda one: 19 < np.median(one.time % 24) and near(one) and 20 < one.amount.mean() < 60,
        "david": lambda one: one.distance[-3:].min() > 1500 and one.distance.max() < 2600 and one.shop[-1] != ONLINE,
        "elena": lambda one: one.amount.mean() > 150 and near(one)}


def find(payments: Payments) -> dict[str, list[list[float]]]:
    """The rows of each person. Raises StopIteration where nobody fits."""
    known = reports(payments)
    recent = np.flatnonzero((payments.time < NOW) & (payments.time >= NOW - BACK))
    starts = np.flatnonzero(np.diff(payments.customer[recent], prepend=-1))
    lots = [lot for lot in np.split(recent, starts[1:]) if len(lot) >= ENOUGH and not payments.stolen[lot].any()]
    found = {}
    for name, fits in _fits().items():
        lot = next(lot for lot in lots if fits(payments.take(lot)))
        one, midnight = payments.take(lot), np.floor(payments.time[lot[0]] / 24) * 24
        found[name] = [[int(60 * (time - midnight)), round(float(euros), 2), int(shop), round(float(km), 1), int(count)]
                       for time, euros, shop, km, count in zip(one.time, one.amount, one.shop, one.distance, known[lot])]
    return found


@lru_cache(maxsize=1)
def people() -> dict[str, Person]:
    """The five by their keys."""
    rows = {name: np.array(one).T for name, one in json.loads(FILE.read_text()).items()}
    return {name: Person(one[0] / 60, one[1], one[2].astype(int), one[3], one[4]) for name, one in rows.items()}


if __name__ == "__main__":
    FILE.write_text("{\n" + ",\n".join(f' "{name}": {json.dumps(rows)}' for name, rows in
                                       find(read_payments(Path(sys.argv[1]))).items()) + "\n}\n")
