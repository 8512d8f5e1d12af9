"""Measures methods on a table by nested cross-validation: no row is judged by a model that learnt or was chosen with it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, wilson
from demos.tabular_fields import Schema
from demos.tabular_models import HALF, TabularModel

SEED, FOLDS, INNER = 0, 5, 4
DRAWS = 1000  # of the rows, with replacement, for an interval
BINS = 10  # of a calibration curve
TIMED = 100  # rows asked one at a time
NESTED = (f"Cross-validated: {FOLDS} parts, each judged by a model that learnt from the others; what could be set was "
          f"chosen within those others, by {INNER} parts of their own. The interval is from drawing the rows again.")
ALONE = "One row at a time, the model loaded and warm."

Learn = Callable[..., Sequence[TabularModel]]


@dataclass(frozen=True)
class Recipe:
    """A method that can be learnt: `learn(schema, rows, truth, settings, seed)` gives a model for each setting."""

    key: str
    learn: Learn
    settings: tuple[Any, ...]


def parts(truth: np.ndarray, count: int, seed: int = SEED) -> list[np.ndarray]:
    """The rows' numbers in so many parts, each with the same share of either outcome."""
    chance = np.random.default_rng(seed)
    part = np.zeros(len(truth), int)
    for outcome in (0, 1):
        places = chance.permutation(np.flatnonzero(truth == outcome))
        part[places] = np.arange(len(places)) % count
    return [np.flatnonzero(part == i) for i in range(count)]


def surprise(chances: np.ndarray, truth: np.ndarray) -> float:
    """The mean log loss."""
    chances = np.clip(chances, 1e-6, 1 - 1e-6)
    return float(-np.mean(np.where(truth == 1, np.log(chances), np.log(1 - chances))))


def choose(recipe: Recipe, schema: Schema, rows: np.ndarray, truth: np.ndarray) -> Any:
    """The setting with the lowest log loss in a cross-validation of these rows alone."""
    if len(recipe.settings) == 1:
        return recipe.settings[0]
    losses = np.zeros(len(recipe.settings))
    for held in parts(truth, INNER, SEED + 1):
        rest = np.setdiff1d(np.arange(len(rows)), held)
        models = recipe.learn(schema, rows[rest], truth[rest], recipe.settings, SEED)
        losses += [len(held) * surprise(model.chances(rows[held]), truth[held]) for model in models]
    return recipe.settings[int(losses.argmin())]


def fit(recipe: Recipe, schema: Schema, rows: np.ndarray, truth: np.ndarray) -> tuple[TabularModel, Any]:
    """A model of all these rows, and the setting that was chosen for it."""
    setting = choose(recipe, schema, rows, truth)
    return recipe.learn(schema, rows, truth, (setting,), SEED)[0], setting


def out_of_fold(recipe: Recipe, schema: Schema, rows: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The chance `(n,)` of each row from a model that knows nothing of it."""
    chances, began = np.zeros(len(rows)), time.perf_counter()
    for held in parts(truth, FOLDS):
        rest = np.setdiff1d(np.arange(len(rows)), held)
        model, setting = fit(recipe, schema, rows[rest], truth[rest])
        chances[held] = model.chances(rows[held])
        print(f"{recipe.key}: chose {setting}, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return chances


def auc(chances: np.ndarray, truth: np.ndarray) -> float:
    """The share of pairs of one row of each outcome that the chances put in the right order; ties count half."""
    order = np.sort(chances)
    ranks = (np.searchsorted(order, chances, "left") + np.searchsorted(order, chances, "right") + 1) / 2
    ones = int(truth.sum())
    return float((ranks[truth == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(truth) - ones)))


def calibration_gap(chances: np.ndarray, truth: np.ndarray) -> float:
    """How far chances are from how often it came true, on average over ten bins weighed by their rows."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    total = np.bincount(bins, minlength=BINS)
    gaps = np.bincount(bins, chances, BINS) - np.bincount(bins, truth, BINS)
    return float(np.abs(gaps[total > 0]).sum() / len(chances))


def drawn_again(measure: Callable[..., float], truth: np.ndarray, *chances: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of a measure when the rows are drawn again with replacement."""
    chance, found = np.random.default_rng(SEED), []
    for _ in range(DRAWS):
        rows = chance.integers(len(truth), size=len(truth))
        found.append(measure(*(one[rows] for one in chances), truth[rows]))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def lead(mine: np.ndarray, theirs: np.ndarray, truth: np.ndarray) -> float:
    """By how much the first chances order the rows better, in AUC."""
    return auc(mine, truth) - auc(theirs, truth)


def judged(key: str, chances: np.ndarray, truth: np.ndarray, rival: np.ndarray | None = None, **about: Any,
           ) -> list[Figure]:
    """Right answers, AUC and calibration of chances `(n,)`, and the lead in AUC over a rival's, with 95 % intervals."""
    right, whole = int(((chances >= HALF) == (truth == 1)).sum()), {"items": len(truth), **about}
    low, high = wilson(right, len(truth))
    figures = [Figure(key, "accuracy", right / len(truth), low=low, high=high, **whole)]
    measures: list[tuple[str, Callable[..., float], tuple[np.ndarray, ...]]] = [("pairs_ordered", auc, (chances,))]
    if rival is not None:
        measures.append(("lead_over_logistic", lead, (chances, rival)))
    for metric, measure, given in measures:
        low, high = drawn_again(measure, truth, *given)
        figures.append(Figure(key, metric, measure(*given, truth), low=low, high=high, **whole))
    # no interval: a gap grows with every drawing, since chance alone makes one
    figures.append(Figure(key, "chances_off", calibration_gap(chances, truth), **whole))
    return figures


def speed(key: str, model: Model, schema: Schema, rows: np.ndarray, **about: Any) -> Figure:
    """Milliseconds for one row, as a visitor asks."""
    values = [{field.name: field.value(code) for field, code in zip(schema.fields, row)} for row in rows[:TIMED]]
    model.predict(**values[0])
    began = time.perf_counter()
    for one in values:
        model.predict(**one)
    each = 1000 * (time.perf_counter() - began) / len(values)
    return Figure(key, "milliseconds_each", each, items=len(values), **{**about, "note": ALONE})
