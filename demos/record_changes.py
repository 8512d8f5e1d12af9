"""What "Break it" does to an engine's record: noisy sensors, dead ones, one that creeps, a short record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demos.change import Change

if TYPE_CHECKING:
    import numpy as np

FIXED = 5  # columns before the sensors: engine, flight, three settings
ORDER = (10, 3, 11, 6, 14, 1, 2, 20, 19, 16, 7, 12, 8, 13)  # sensors that change in a life, the telling first


def _noise(record: np.ndarray) -> np.ndarray:
    """How much each column jumps from flight to flight in this record `(26,)`, without the slow change."""
    import numpy as np

    return np.sqrt(np.square(np.diff(record, axis=0)).mean(axis=0) / 2)


def shake(record: np.ndarray, times: float) -> np.ndarray:
    """`(n, 26)` with noise added to every sensor, so many times as strong as its own."""
    import numpy as np

    if times <= 0:
        return record
    added = np.random.default_rng(0).standard_normal(record.shape) * _noise(record) * times
    added[:, :FIXED] = 0
    return record + added


def freeze(record: np.ndarray, count: float) -> np.ndarray:
    """`(n, 26)` in which so many sensors stand still at their mean of the first ten flights, the most telling first."""
    changed = record.copy()
    for sensor in ORDER[:int(count)]:
        changed[:, FIXED + sensor] = record[:10, FIXED + sensor].mean()
    return changed if count else record


def creep(record: np.ndarray, times: float) -> np.ndarray:
    """`(n, 26)` whose turbine temperature reads higher and higher, at the end by so many times its noise."""
    import numpy as np

    if times <= 0:
        return record
    changed, column = record.copy(), FIXED + 3
    changed[:, column] += np.linspace(0, times * _noise(record)[column], len(record))
    return changed


def shorten(record: np.ndarray, percent: float) -> np.ndarray:
    """`(n, 26)` without the first so many per cent of the flights; ten stay at least."""
    return record[min(int(len(record) * percent / 100), max(0, len(record) - 10)):] if percent else record


RECORDS = (
    Change("shaky", "Noisier sensors", "engine", (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8), "times their own noise added",
           "with {strength:g} times its sensors' own noise added", shake),
    Change("frozen", "Dead sensors", "engine", (0, 1, 2, 3, 4, 6, 8, 10, 12, 14), "sensors that stand still",
           "with {strength:g} sensors standing still", freeze),
    Change("creeping", "A creeping thermometer", "engine", (0, 1, 2, 3, 4, 5, 6, 8, 10, 14), "times its noise too hot",
           "with a turbine thermometer that creeps up by {strength:g} times its noise", creep),
    Change("short", "A short record", "engine", (0, 20, 40, 60, 70, 80, 85, 90, 95), "% of the first flights lost",
           "without the first {strength:g} % of its flights", shorten),
)
