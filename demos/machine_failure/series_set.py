"""The series that can be pressed, and how well each method forecasts them and a few more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demos import demo_folder
from demos.machine_failure.smoothing import LAST
from demos.series_files import read_series
from demos.series_results import Forecast
from demos.weights import find_part

AHEAD = 12
_OWN, _THEIRS = "samples/series_{key}.csv", "statsmodels:statsmodels/datasets/{key}/{key}.csv"
PRESSED = {"sunspots": _THEIRS, "co2": _THEIRS, "chaos": _OWN, "walk": _OWN, "shop": _OWN}
MEASURED = {**PRESSED, "nile": _THEIRS, "elnino": _THEIRS,
            "unemployment": "statsmodels:statsmodels/datasets/macrodata/macrodata.csv"}
DATA = f"{len(MEASURED)} series: five of statsmodels and three of this project's, {AHEAD} values at a time"
NOTE = ("The last fifth of each series is held back. Error on it, on average over the series, divided by that of "
        "“same as the last value”.")


@lru_cache(maxsize=16)
def file_of(key: str) -> bytes:
    """The file of a series, as a visitor would upload it."""
    raw = find_part(MEASURED[key].format(key=key), demo_folder("machine_failure")).read_bytes()
    if key in ("elnino", "unemployment"):
        rows = [line.split(",") for line in raw.decode().replace('"', "").split()]
        values = ([cell for row in rows[1:] for cell in row[1:]] if key == "elnino"
                  else [row[rows[0].index("unemp")] for row in rows[1:]])
        return "\n".join(values).encode()
    return raw


def made() -> dict[str, str]:
    """The project's own series, with a fixed seed: key -> CSV."""
    chance = np.random.default_rng(7)
    x = [0.3]
    for _ in range(699):
        x.append(3.9 * x[-1] * (1 - x[-1]))
    day = np.arange(420)
    week = np.array([0, -6, -3, 4, 14, 30, -39])[day % 7]
    series = {"chaos": np.array(x), "walk": 100 + chance.normal(size=500).cumsum(),
              "shop": np.round(180 + 0.12 * day + week * (1 + 0.001 * day) + chance.normal(0, 9, len(day)))}
    heads = {"chaos": "value", "walk": "value", "shop": "sales"}
    return {key: "".join(f"{cell}\n" for cell in (heads[key], *(f"{value:.6g}" for value in values)))
            for key, values in series.items()}


def write_series(folder: Path) -> None:
    """Write the project's own series."""
    for key, text in made().items():
        (folder / f"series_{key}.csv").write_text(text)


def measured(load: Callable[[str], Any], methods: tuple[str, ...]) -> Iterator[tuple[str, str, float, int]]:
    """(method, metric, value, series) for each method that forecasts: how its error compares, and how often it wins."""
    found: dict[str, dict[str, Forecast]] = {}
    for method in methods:
        model = load(method)
        if hasattr(model, "forecast"):
            found[method] = {key: last_of(model.forecast(read_series(file_of(key)), AHEAD)) for key in MEASURED}
    for method, said in found.items():
        if "boosting" in found:
            ratios = [one.errors[-1] / errors_of(found, key)[LAST] for key, one in said.items()]
            wins = sum(min(errors_of(found, key), key=errors_of(found, key).get) == one.names[-1]
                       for key, one in said.items())
            yield method, "error_of_last_value", float(np.mean(ratios)), len(MEASURED)
            yield method, "series_won", float(wins), len(MEASURED)


def errors_of(found: dict[str, dict[str, Forecast]], key: str) -> dict[str, float]:
    """The error of every method on a series, by name."""
    return {name: float(error) for said in found.values() for name, error in zip(said[key].names, said[key].errors)}


def last_of(answers: Iterator[tuple[float, Forecast]]) -> Forecast:
    """The whole answer."""
    *_, (_, answer) = answers
    return answer
