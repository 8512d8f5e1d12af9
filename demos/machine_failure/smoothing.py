"""Classical forecasts of a visitor's series: as the last value, as one season ago, exponential smoothing (Holt, Winters)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from demos.machine_failure.blocks import cut_of, noted, repeated, season_of
from demos.series_files import Numbers
from demos.series_results import Forecast

LAST, SEASON, SMOOTHING = "Same as the last value", "Same as one season ago", "Exponential smoothing"


class Smoothing:
    """What the classical model does with a series; nothing is kept."""

    def forecast(self, series: Numbers, ahead: float) -> Iterator[tuple[float, Forecast]]:
        """The held-back end of a series, each block of `ahead` values from all before it."""
        values = series.values
        cut, block = cut_of(len(values), int(ahead))
        season = season_of(values[:cut])
        simple = {LAST: 0, **({SEASON: season} if season else {})}
        names, said = list(simple), [_each(values, cut, block, lambda past: repeated(past, way, block))
                                     for way in simple.values()]
        note = noted(series, int(ahead), block)

        def so_far() -> Forecast:
            return Forecast(values, cut, block, season, tuple(names), ("classical",) * len(names), np.stack(said), note)

        yield 0.3, so_far()
        smooth = learn_smoothing(values[:cut], season)
        names.append(SMOOTHING)
        said.append(_each(values, cut, block, lambda past: smoothed(past, smooth, block)))
        yield 1.0, so_far()


def _each(values: np.ndarray, cut: int, block: int, forecast: Any) -> np.ndarray:
    """Forecasts of the end `(n - cut,)`, block after block."""
    return np.concatenate([forecast(values[:start]) for start in range(cut, len(values), block)])


def learn_smoothing(values: np.ndarray, season: int) -> dict[str, Any]:
    """How much the newest value, trend and season weigh, learnt from the beginning (statsmodels)."""
    found = _model(values, season).fit(optimized=True).params
    names = ["smoothing_level", "smoothing_trend", "damping_trend", *(["smoothing_seasonal"] if season else [])]
    return {"season": season, "weights": {name: found[name] for name in names}}


def smoothed(values: np.ndarray, learnt: dict[str, Any], ahead: int) -> np.ndarray:
    """The next values, from all so far, with these weights."""
    said = _model(values, learnt["season"]).fit(optimized=False, **learnt["weights"]).forecast(ahead)
    return np.where(np.isfinite(said), said, values[-1])


def _model(values: np.ndarray, season: int) -> Any:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on series that are odd; what comes out is measured beside the others
        return ExponentialSmoothing(values, trend="add", damped_trend=True, seasonal="add" if season else None,
                                    seasonal_periods=season or None, initialization_method="heuristic"
                                    if len(values) >= 2 * max(season, 5) + 10 else "estimated")
