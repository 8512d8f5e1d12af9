"""What a model answers about what goes on in time: how long a machine will run, what sensors did to that, a forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Result

MOST_SAID = 0.96  # of the most that is said: from here on it is "so many or more"


@dataclass(frozen=True, eq=False)
class Life(Result):
    """How many flights an engine has left, said anew after each flight.

    `flights` `(n,)` int are the flights after which it was said; `(n,)` float32 each: the guess, a low and a high one
    between which the truth should lie eight times in ten. `most` is the longest that is ever said. `note` is what to
    tell beside it.
    """

    flights: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray
    most: float
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "flights", np.asarray(self.flights, dtype=np.int64))
        for name in ("expected", "low", "high"):
            values = np.asarray(getattr(self, name), dtype=np.float32)
            if values.shape != self.flights.shape or not len(values) or not np.isfinite(values).all():
                raise ValueError(f"one finite {name} guess for each flight")
            object.__setattr__(self, name, values)
        if not ((0 <= self.low) & (self.low <= self.expected) & (self.expected <= self.high)).all():
            raise ValueError("the guess lies between the low and the high one")

    @property
    def says(self) -> str:
        """The last guess in words."""
        left = float(self.expected[-1])
        if left >= MOST_SAID * self.most:
            return f"{self.most:.0f} or more flights left"
        return "1 flight left" if round(left) == 1 else f"{left:.0f} flights left"

    def kept(self, other: Life) -> tuple[float, bool]:
        """How near another last guess is, in [0, 1], and whether it lies between this one's low and high guess."""
        now = float(other.expected[-1])
        away = abs(now - float(self.expected[-1])) / self.most
        return max(0.0, 1 - away), bool(self.low[-1] - 0.5 <= now <= self.high[-1] + 0.5)


@dataclass(frozen=True, eq=False)
class Effects(Result):
    """By how many flights each of n things moved a guess: `(n,)` float32, below 0 for less time."""

    names: tuple[str, ...]
    values: np.ndarray

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float32)
        if values.shape != (len(self.names),) or not np.isfinite(values).all():
            raise ValueError("one finite effect for each name")
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, eq=False)
class Gates(Result):
    """What an LSTM's gates did while it read: n gates' names, `(n, units, steps)` float32 in [0, 1].

    `held` `(units, steps)` in [-1, 1] is what its cells gave out at each step; `first` is the number of the first step.
    """

    names: tuple[str, ...]
    gates: np.ndarray
    held: np.ndarray
    first: int = 1

    def __post_init__(self) -> None:
        gates, held = np.asarray(self.gates, dtype=np.float32), np.asarray(self.held, dtype=np.float32)
        if gates.shape != (len(self.names), *held.shape) or held.ndim != 2:
            raise ValueError("a gate for each unit and step, as what the cells held")
        if not ((gates >= 0) & (gates <= 1)).all() or not (np.abs(held) <= 1).all():
            raise ValueError("a gate is in [0, 1], what is held in [-1, 1]")
        object.__setattr__(self, "gates", gates)
        object.__setattr__(self, "held", held)


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """Forecasts of the end of a series that was held back.

    `values` `(n,)` is the whole series; the end from place `cut` on was forecast `ahead` values at a time, each time
    from all before. Of each of k methods: its name, its family, its forecasts `(k, n - cut)`. `season` is after how many
    values the series repeats, 0 for never. `note` is what to tell beside it.
    """

    values: np.ndarray
    cut: int
    ahead: int
    season: int
    names: tuple[str, ...]
    families: tuple[str, ...]
    said: np.ndarray
    note: str = ""

    def __post_init__(self) -> None:
        values, said = np.asarray(self.values, dtype=np.float64), np.asarray(self.said, dtype=np.float64)
        if said.shape != (len(self.names), len(values) - self.cut) or len(self.families) != len(self.names):
            raise ValueError("a name, a family and forecasts of the whole end for each method")
        if not (np.isfinite(values).all() and np.isfinite(said).all()):
            raise ValueError("values and forecasts are finite")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "said", said)

    @property
    def errors(self) -> np.ndarray:
        """The mean distance of each method's forecasts from what came `(k,)`."""
        return np.abs(self.said - self.values[self.cut:]).mean(axis=1)
