"""Measures every method: `python -m demos evaluate machine_failure DATA --save`; DATA is a folder of C-MAPSS files.

A folder that holds ai4i2020.tsv instead gives the table of what is rare. The test's engines are looked at here only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from demos.figures import Figure, machine, today
from demos.machine_failure import alarms, rare, series_set
from demos.machine_failure.columns import CAP, WINDOW
from demos.machine_failure.data import cuts, flights_left, parts, testing, training, windows
from demos.machine_failure.living import LifeModel

DRAWS, SEED = 2000, 0
TEST = "C-MAPSS FD001, its 100 test engines (remaining life 125 at most)"
UNSEEN = "C-MAPSS FD001, its 100 training engines, each by a model that had not seen it"
OTHER = "C-MAPSS FD003, its 100 test engines, of which some fail by the fan"
NOTES = {TEST: "Each engine stops at some flight before it fails; nothing was chosen on these engines.",
         UNSEEN: "Stopped at ten random flights each. The number of epochs, the noise and the alarm were chosen on "
                 "these.",
         OTHER: "None of the methods learnt from engines that fail in this other way."}


def off_by(said: np.ndarray, truth: np.ndarray) -> float:
    """Root mean square error in flights."""
    return float(np.sqrt(np.mean(np.square(said[:, 0] - truth))))


def inside(said: np.ndarray, truth: np.ndarray) -> float:
    """How often the truth lay between the low and the high guess."""
    return float(np.mean((said[:, 1] - 0.5 <= truth) & (truth <= said[:, 2] + 0.5)))


def asymmetric(said: np.ndarray, truth: np.ndarray) -> float:
    """The score of the data set's own competition: too late counts more (Saxena et al. 2008); smaller is better."""
    late = said[:, 0] - truth
    return float(np.sum(np.where(late < 0, np.exp(-late / 13), np.exp(late / 10)) - 1))


def drawn(measure: Callable[..., float], said: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of a measure when the engines are drawn again; each engine is one block of rows."""
    chance = np.random.default_rng(SEED)
    engines = len(truth)
    found = [measure(said[rows].reshape(-1, 3), truth[rows].ravel())
             for rows in chance.integers(engines, size=(DRAWS, engines))]
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def evaluate(data: Path, load: Callable[[str], LifeModel], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of these methods on a folder; `limit` engines only. Raises FileNotFoundError."""
    about = {"date": today(), "command": command, "machine": machine()}
    if (data / rare.FILE).exists():
        return []
    figures = []
    for key in methods:
        model = load(key)
        figures += _on_test(key, model, data, limit, about) + _on_unseen(key, model, data, limit, about)
    for key, metric, value, count in series_set.measured(load, methods):
        figures.append(Figure(key, metric, value, series_set.DATA, count, "series", note=series_set.NOTE, **about))
    return figures


def _on_test(key: str, model: LifeModel, data: Path, limit: int | None, about: dict[str, str]) -> list[Figure]:
    """The error on both tests; score, band and time on the first."""
    figures = []
    for name, words in (("FD001", TEST), ("FD003", OTHER)):
        engines, left = testing(data, name)
        began = time.perf_counter()
        said = np.array([model.guesses(one[-WINDOW:])[-1] for one in engines[:limit]])
        took = 1000 * (time.perf_counter() - began) / len(said)
        figure = partial(Figure, key, data=words, items=len(said), things="engines", note=NOTES[words], **about)
        measures = {"off_by_flights": off_by, "late_counts_more": asymmetric, "between_guesses": inside}
        for metric, measure in measures.items():
            low, high = drawn(measure, said[:, None], left[:limit, None])
            figures.append(figure(metric, measure(said, left[:limit]), low=low, high=high))
        if name == "FD001":
            figures.append(figure("milliseconds_each", took))
    return figures


def _on_unseen(key: str, model: LifeModel, data: Path, limit: int | None, about: dict[str, str]) -> list[Figure]:
    """Error and band at ten flights of each training engine, by the model that had not seen it."""
    engines, said, left = training(data), [], []
    for number, part in enumerate(parts(len(engines))):
        for i in part[:limit]:
            truth = flights_left(engines[i])
            at = cuts(len(truth), int(i))
            said.append(model.guesses(engines[i], number)[at])
            left.append(truth[at])
    given, truth = np.array(said), np.array(left)
    figures = []
    for metric, measure in (("off_by_flights", off_by), ("between_guesses", inside)):
        low, high = drawn(measure, given, truth)
        figures.append(Figure(key, metric, measure(given.reshape(-1, 3), truth.ravel()), UNSEEN, len(given), "engines",
                              low=low, high=high, note=NOTES[UNSEEN], **about))
    return figures


def write_beside(folder: Path, data: Path, load: Callable[[str], LifeModel], methods: tuple[str, ...],
                 command: str) -> None:
    """What the page shows besides: what each alarm threshold costs, or the table of what is rare."""
    about = {"date": today(), "command": command, "machine": machine()}
    if (data / rare.FILE).exists():
        (folder / "rare.json").write_text(json.dumps({**rare.measure(data), **about}, indent=1) + "\n")
        return
    engines = training(data)
    found: dict[str, Any] = {}
    for key in methods:
        model, said, left = load(key), [], []
        for number, part in enumerate(parts(len(engines))):
            for i in part:
                said.append(model.guesses(engines[i], number)[:, 0])
                left.append(np.arange(len(windows(engines[i])) - 1, -1, -1.0))
        found[key] = alarms.count(said, left)
    (folder / alarms.STORED.name).write_text(json.dumps({"data": UNSEEN, "engines": len(engines), **about, "cap": CAP,
                                                         "methods": found}) + "\n")
