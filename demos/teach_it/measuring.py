"""Measures lessons by drawing many: how often both methods are right by number of examples, and what they say of strangers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, wilson
from demos.results import Labels
from demos.teach_it.answering import Constants, certainties
from demos.teach_it.examples import Examples
from demos.teach_it.heads import FAMILIES, fit
from demos.teach_it.practice import share_right
from demos.teach_it.taught import NONE
from demos.teach_it.tasks import Pool

LESSONS, THINGS = 20, 5
STRANGERS_WITH = 10  # examples of each thing
STRANGERS = 10  # of each name of the other ready-made lessons
SLICE = f"Lessons with {STRANGERS_WITH} examples of each thing; as many strangers, of the other five things, as known ones."
Untaught = Mapping[str, Mapping[str, Sequence[np.ndarray]]]  # ready-made lesson -> name -> what it did not hold
Ask = Callable[[Any, np.ndarray, str], Labels]  # of a model, about this, after which ready-made lesson


@dataclass(frozen=True, eq=False)
class Measured:
    """`right` family -> `(lessons, m)` shares at m sizes; `none` `(lessons, family, 2)`: "none of these" to strangers, and to the known."""

    sizes: tuple[int, ...]
    right: Mapping[str, np.ndarray]
    none: np.ndarray
    items: int


def measure(examples: Pool, asked: Pool, constants: Mapping[str, Constants], sizes: tuple[int, ...]) -> Measured:
    """Lessons on five of ten things, drawn anew with seeds of their own."""
    rows = [lesson(examples, asked, constants, sizes, seed) for seed in range(LESSONS)]
    return Measured(sizes, {family: np.stack([right[family] for right, _ in rows]) for family in FAMILIES},
                    np.stack([none for _, none in rows]), len(asked.numbers))


def lesson(examples: Pool, asked: Pool, constants: Mapping[str, Constants], sizes: tuple[int, ...],
           seed: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """By family the share right at each size `(m,)`; and `(family, 2)`: "none of these" to strangers, and to the known."""
    random = np.random.default_rng([2026, seed])
    things = random.permutation(10)[:THINGS]
    drawn = [random.permutation(examples.of(thing))[:max(sizes)] for thing in things]
    held = np.concatenate([asked.of(thing) for thing in things])
    truth = np.repeat(np.arange(THINGS), [len(asked.of(thing)) for thing in things])
    others = np.flatnonzero(~np.isin(asked.numbers, things))
    right, none = {family: np.zeros(len(sizes)) for family in FAMILIES}, np.zeros((len(FAMILIES), 2))
    for row, family in enumerate(FAMILIES):
        own = constants[family]
        learning, asking = own.scale.apply(examples.measured[family]), own.scale.apply(asked.measured[family])
        for place, size in enumerate(sizes):
            learnt, labels = np.concatenate([one[:size] for one in drawn]), np.repeat(np.arange(THINGS), size)
            head = fit(family, learning[learnt], labels, own.strictness)
            right[family][place] = share_right(head.weigh(asking[held]).argmax(axis=1), truth)
            if size == STRANGERS_WITH:
                said = certainties(asking, learning[learnt], labels, head, own).argmax(axis=1) == THINGS
                none[row] = said[others].mean(), said[held].mean()
    return right, none


def lesson_figures(found: Measured, keys: Mapping[str, str], methods: tuple[str, ...], said: tuple[int, ...], data: str,
                   **about: Any) -> list[Figure]:
    """The shares right at the sizes that are figures of their own, the first to be held against the other method's; and of "none"."""
    figures, about = [], {**about, "items": found.items}
    for row, (family, key) in enumerate(keys.items()):
        if key not in methods:
            continue
        for size in said:
            each = f"{size} {'example' if size == 1 else 'examples'} of each"
            figures.append(_middle(key, "accuracy", found.right[family][:, found.sizes.index(size)],
                                   **{**about, "data": f"{data}, {each}", "setup": f"after {each} of five things"}))
        for column, metric in enumerate(("strangers_named_none", "known_named_none")):
            figures.append(_middle(key, metric, found.none[:, row, column],
                                   **{**about, "data": f"{data}, the others as strangers", "note": SLICE}))
    return figures


def _middle(key: str, metric: str, values: np.ndarray, **about: Any) -> Figure:
    """The median over the lessons, with what 95 in 100 of them hold."""
    return Figure(key, metric, float(np.median(values)), low=float(np.quantile(values, 0.025)),
                  high=float(np.quantile(values, 0.975)), **about)


def time_to_learn(key: str, teacher: Any, examples: Examples, **about: Any) -> Figure:
    """Seconds of the processor for a whole lesson, both methods and all checks."""
    began = time.process_time()
    for _ in teacher.teach(examples):
        pass
    return Figure(key, "seconds_to_learn", time.process_time() - began, items=len(examples.labels),
                  note="Both methods, the curve and the check on what was held back.", **about)


def set_figures(load: Callable[[str], Model], methods: tuple[str, ...], untaught: Untaught, ask: Ask, titles: Mapping[str, str],
                notes: Mapping[str, str], kind: str, **about: Any) -> list[Figure]:
    """Right answers on what each ready-made lesson did not hold, and "none of these" on what the others are about."""
    figures = []
    for method in methods:
        model, refused, asked = load(method), 0, 0
        for key, names in untaught.items():
            right = sum(ask(model, one, key).names[0] == name for name, some in names.items() for one in some)
            count = sum(map(len, names.values()))
            low, high = wilson(right, count)
            figures.append(Figure(method, "accuracy", right / count, low=low, high=high, note=notes[key], items=count,
                                  data=f"The ready-made lesson of {titles[key]}, other {kind}",
                                  things=f"{kind} of {titles[key]}", setup="after 12 examples of each", **about))
            strangers = [one for other in untaught if other != key for some in untaught[other].values() for one in some[:STRANGERS]]
            refused += sum(ask(model, one, key).names[0] == NONE for one in strangers)
            asked += len(strangers)
        low, high = wilson(refused, asked)
        figures.append(Figure(method, "strangers_named_none", refused / asked, low=low, high=high, items=asked,
                              note=f"The {kind} of the other ready-made lessons, far from what was taught.",
                              data=f"The ready-made lessons, each asked about the others' {kind}",
                              things=f"{kind} of quite other things", **about))
    return figures
