"""One week of simulated payments with every method's suspicion: what a rule or a number of alarms a day would have done.

evaluate.py writes week.safetensors once; a page then counts in milliseconds, without any model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.fraud_game.measuring import blocked

FILE = Path(__file__).with_name("week.safetensors")
DAYS = 7
NIGHT = 6  # o'clock: before that it is night


@dataclass(frozen=True, eq=False)
class Week:
    """n payments: euros, km from home, hour, km/h at least, payments within the hour, customer, theft (-1: none), hours.

    `odds` are the log-odds `(n,)` by method.
    """

    amount: np.ndarray
    distance: np.ndarray
    hour: np.ndarray
    speed: np.ndarray
    hourly: np.ndarray
    customer: np.ndarray
    case: np.ndarray
    time: np.ndarray
    odds: dict[str, np.ndarray]


@dataclass(frozen=True)
class Limits:
    """A rule: a payment beyond any of these is stopped."""

    amount: float  # euros
    distance: float  # km from home
    night: float  # euros between midnight and six
    speed: float  # km/h
    hourly: int  # payments within an hour


@dataclass(frozen=True)
class Outcome:
    """What some alarms did: alarms a day, those that were right, customers stopped for nothing, and euros.

    The first right alarm blocks the card, so that the rest of a theft is saved too.
    """

    alarms: int
    right: int
    annoyed: int
    stolen: float
    lost: float
    thefts: int
    whole: int  # thefts of which not a euro got through

    @property
    def saved(self) -> float:
        """Euros that no thief got."""
        return self.stolen - self.lost


def stopped_by(limits: Limits, week: Week) -> np.ndarray:
    """Which payments a rule stops `(n,)`."""
    return ((week.amount > limits.amount) | (week.distance > limits.distance) | (week.speed > limits.speed)
            | (week.hourly > limits.hourly) | ((week.hour < NIGHT) & (week.amount > limits.night)))


def most_suspicious(odds: np.ndarray, a_day: int) -> np.ndarray:
    """Which payments are stopped when so many a day may be, counted over the week `(n,)`."""
    return odds >= np.partition(odds, len(odds) - a_day * DAYS)[len(odds) - a_day * DAYS]


def outcome(week: Week, alarm: np.ndarray) -> Outcome:
    """What these alarms `(n,)` did."""
    stolen = week.case >= 0
    euros, case = week.amount[stolen].astype(np.float64), np.unique(week.case[stolen], return_inverse=True)[1]
    through = ~blocked(alarm[stolen], case, week.time[stolen])
    lost = np.bincount(case, euros * through)
    return Outcome(int(alarm.sum()), int((alarm & stolen).sum()), len(np.unique(week.customer[alarm & ~stolen])),
                   float(euros.sum()), float(lost.sum()), len(lost), int((lost == 0).sum()))


def store(week: Week, file: Path = FILE) -> None:
    """Write the week, as small as it may be."""
    from safetensors.numpy import save_file

    small = {"amount": np.float32, "distance": np.float16, "hour": np.uint8, "speed": np.float16, "hourly": np.uint8,
             "customer": np.uint16, "case": np.int16, "time": np.float32}
    columns = {name: np.ascontiguousarray(getattr(week, name).astype(kind)) for name, kind in small.items()}
    save_file({**columns, **{f"odds.{name}": one.astype(np.float16) for name, one in week.odds.items()}}, file)


@lru_cache(maxsize=1)
def stored() -> Week:
    """The week that evaluate.py wrote."""
    from safetensors.numpy import load_file

    columns = load_file(FILE)
    odds = {name.removeprefix("odds."): columns.pop(name).astype(np.float32) for name in list(columns) if "odds." in name}
    return Week(**columns, odds=odds)
