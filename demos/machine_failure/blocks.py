"""How a series is cut for forecasting: what is learnt from, what is held back, and after how many values it repeats."""

from __future__ import annotations

import numpy as np

from demos.inputs import NumberInput
from demos.series_files import Numbers

HELD = 0.2  # the share of the end that is held back
MOST_BLOCKS, MOST_HELD = 12, 100
PEAK, RISE = 0.3, 0.2  # how alike a series must be to itself one season later, and by how much more than in between
LONGEST_SEASON = 120

AHEAD = NumberInput("ahead", "How many values ahead?", low=1, high=48, default=12, step=1)


def cut_of(count: int, ahead: int) -> tuple[int, int]:
    """Where the held-back end begins, and how many values are forecast at a time: as asked, a fifth of all at most.

    The end is about a fifth of the series, in whole blocks.
    """
    ahead = max(1, min(ahead, int(HELD * count)))
    blocks = max(1, min(int(HELD * count) // ahead, max(MOST_BLOCKS, MOST_HELD // ahead)))
    return count - blocks * ahead, ahead


def season_of(values: np.ndarray) -> int:
    """After how many values a series repeats, 0 for never: the first strong peak of its correlation with itself."""
    count = len(values)
    at = np.arange(count)
    flat = values - np.polyval(np.polyfit(at, values, 1), at)
    power = float(np.square(flat).sum())
    if power <= 1e-12 * max(1.0, float(np.square(values).sum())):
        return 0
    most = min(count // 3, LONGEST_SEASON)
    alike = np.array([float(flat[lag:] @ flat[:count - lag]) * count / (count - lag) for lag in range(most + 2)]) / power
    peaks = [lag for lag in range(2, most + 1) if alike[lag] >= PEAK and alike[lag - 1] < alike[lag] >= alike[lag + 1]
             and alike[lag] - alike[1:lag].min() >= RISE]
    best = max((alike[lag] for lag in peaks), default=0.0)
    return next((lag for lag in peaks if alike[lag] >= 0.9 * best), 0)


def repeated(values: np.ndarray, season: int, ahead: int) -> np.ndarray:
    """The next `ahead` values if all stays as it was: as the last value, or as one season ago."""
    last = values[-season:] if season else values[-1:]
    return np.resize(last, ahead)


def noted(series: Numbers, asked: int, ahead: int) -> str:
    """What to tell beside a forecast."""
    fewer = f"The series is short, so only {ahead} values are forecast at a time." if ahead < asked else ""
    return f"{series.note} {fewer}".strip()
