"""Measures all methods on weeks 17 to 20 of the simulation: DATA is the folder that simulate.py wrote.

Nothing was learnt from or chosen by these weeks; week 16 is the delay in which labels come in.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, machine, today, wilson
from demos.fraud_game import week
from demos.fraud_game.features import facts
from demos.fraud_game.measuring import (average_precision, blocked, curve, desk, drawn_again, lead_interval,
                                        precision_interval)
from demos.fraud_game.moment import INPUTS
from demos.fraud_game.payments import TRICKS, WEEK, WEEKS, Payments, read_payments, reports
from demos.fraud_game.words import TRICK_WORDS

DATA = "Simulated payments, weeks 17 to 20 of 20"
NOTE = ("Everything is simulated; see simulate.py. Learnt from were weeks 5 to 12, chosen by weeks 14 and 15. The interval is "
        "from drawing the 28 days again. Whoever guessed would be right about one payment in 200.")
BLOCKS = "The first alarm on a card blocks it, so that the rest of a theft counts as stopped."
TIMED = 50
RIVAL = "boosting"
CURVES = "curves.json"


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Average precision, the 100 most suspicious of each day, money saved, each kind of theft, and the time for one.

    `limit` takes the first so many payments of the part; `load` gives the model of a method's key. Raises
    FileNotFoundError for a folder that simulate.py has not written to.
    """
    about = {"date": today(), "command": command, "machine": machine(), "data": DATA, "note": NOTE}
    figures = []
    for key in methods:
        payments, odds = judged(key, data, load, limit)
        figures += _found(key, payments, odds, about)
        figures += _stopped(key, payments, odds, about)
        figures.append(_speed(key, load(key), about))
        if key != RIVAL and RIVAL in methods:
            figures.append(_lead(key, payments, odds, judged(RIVAL, data, load, limit)[1], about))
    return figures


def _found(key: str, payments: Payments, odds: np.ndarray, about: dict[str, Any]) -> list[Figure]:
    day, stolen = payments.time // 24, payments.stolen
    low, high = precision_interval(odds, stolen, day)
    chosen, each = desk(odds, stolen, day)
    hits, count = int((chosen & stolen).sum()), int(stolen.sum())
    right, caught = drawn_again(each), wilson(hits, count)
    return [Figure(key, "average_precision", average_precision(odds, stolen), items=len(odds), things="payments", low=low,
                   high=high, **about),
            Figure(key, "desk_right", float(each.mean()), items=int(chosen.sum()), things="alarms", low=right[0],
                   high=right[1], **about),
            Figure(key, "desk_caught", hits / count, items=count, things="stolen payments", low=caught[0], high=caught[1],
                   **about)]


def _stopped(key: str, payments: Payments, odds: np.ndarray, about: dict[str, Any]) -> list[Figure]:
    """Money saved, and the share of the stolen payments of each kind that is stopped, at 100 alarms a day."""
    about, bad = {**about, "note": f"{NOTE} {BLOCKS}"}, payments.stolen
    alarm = desk(odds, bad, payments.time // 24)[0][bad]
    theft = np.unique(payments.case[bad], return_inverse=True)[1]
    gone = blocked(alarm, theft, payments.time[bad])
    euros = payments.amount[bad].astype(np.float64)
    figures = [Figure(key, "money_saved", float((euros * gone).sum() / euros.sum()), items=int(euros.sum()),
                      things="stolen euros", **about)]
    for number, trick in enumerate(TRICKS[1:], start=1):
        mine = payments.trick[bad] == number
        low, high = wilson(int(gone[mine].sum()), int(mine.sum()))
        figures.append(Figure(key, "theft_stopped", float(gone[mine].mean()), items=int(mine.sum()),
                              things="stolen payments", low=low, high=high, **about, setup=TRICK_WORDS[trick]))
    return figures


def _speed(key: str, model: Model, about: dict[str, Any]) -> Figure:
    """Milliseconds for one payment, as a visitor asks."""
    values = {one.name: one.preset for one in INPUTS}
    model.predict(**values)
    began = time.perf_counter()
    for _ in range(TIMED):
        model.predict(**values)
    each = 1000 * (time.perf_counter() - began) / TIMED
    return Figure(key, "milliseconds_each", each, items=TIMED, things="payments",
                  **{**about, "note": "One payment at a time, the model loaded and warm."})


def _lead(key: str, payments: Payments, odds: np.ndarray, rival: np.ndarray, about: dict[str, Any]) -> Figure:
    stolen = payments.stolen
    low, high = lead_interval(odds, rival, stolen, payments.time // 24)
    return Figure(key, "lead_over_boosting", average_precision(odds, stolen) - average_precision(rival, stolen),
                  items=len(odds), things="payments", low=low, high=high, **about)


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """Write week.safetensors, the first of these weeks with every suspicion, and the precision-recall curves."""
    both = {key: judged(key, data, load, None) for key in methods}
    payments = next(iter(both.values()))[0]
    days = len(np.unique(payments.time // 24))
    curves = {key: curve(odds, payments.stolen, days) for key, (_, odds) in both.items()}
    (folder / CURVES).write_text(json.dumps({"data": DATA, "date": today(), "command": command, "curves": curves}) + "\n")
    start = WEEKS["test"][0] * WEEK
    first = np.flatnonzero(payments.time < start + WEEK)
    table, one = known(data, None)[1][first], payments.take(first)
    names = np.unique(one.case, return_inverse=True)[1]  # -1 comes first
    week.store(week.Week(one.amount, one.distance, table[:, 2].astype(int), table[:, 5], np.minimum(table[:, 7], 255),
                         one.customer, names - 1, one.time - start, {key: odds[first] for key, (_, odds) in both.items()}),
               folder / week.FILE.name)


@lru_cache(maxsize=2)
def known(data: Path, limit: int | None) -> tuple[Payments, np.ndarray, Payments, np.ndarray, np.ndarray]:
    """The test weeks' payments and facts; all payments, thefts known at their tills, and the places of the test weeks."""
    whole = read_payments(data)
    told, places = reports(whole), whole.within("test")[:limit]
    return whole.take(places), facts(whole, told)[places], whole, told, places


ODDS: dict[tuple[str, Path, int | None], np.ndarray] = {}


def judged(key: str, data: Path, load: Callable[[str], Model], limit: int | None) -> tuple[Payments, np.ndarray]:
    """The test weeks' payments and a method's log-odds `(m,)` of each; asked once in a run."""
    payments, _, whole, told, places = known(data, limit)
    if (key, data, limit) not in ODDS:
        ODDS[key, data, limit] = load(key).odds(whole, told, places)  # type: ignore[attr-defined]
    return payments, ODDS[key, data, limit]
