"""How good a lesson is, asked of the visitor's own pictures: each is held back once, and the lesson is made smaller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from demos.teach_it.heads import FAMILIES, fit

SIZES = (1, 2, 3, 5, 8, 12, 20, 30, 45)
REPEATS, FOLDS = 5, 5
SEED = 0
Rows = Mapping[str, np.ndarray]  # family -> (n, d)


@dataclass(frozen=True, eq=False)
class Practice:
    """What came of it.

    `sizes` `(m,)` examples of each name; `curves` family -> `(m, r)`, the share right on pictures held back in each of r
    repeats. `confused` family -> `(k, k)` counts: true name by row, answer by column, each picture held back once.
    """

    sizes: tuple[int, ...]
    curves: Mapping[str, np.ndarray]
    confused: Mapping[str, np.ndarray]


def folds(labels: np.ndarray) -> Iterator[np.ndarray]:
    """Places to hold back together; every name has some in each fold, or its few in as many folds."""
    random = np.random.default_rng(SEED)
    fewest = int(np.bincount(labels).min())
    which = np.empty(len(labels), int)
    for name in np.unique(labels):
        mine = random.permutation(np.flatnonzero(labels == name))
        which[mine] = np.arange(len(mine)) % min(FOLDS, fewest)
    for number in range(min(FOLDS, fewest)):
        yield np.flatnonzero(which == number)


def confusion(rows: np.ndarray, labels: np.ndarray, family: str, strictness: float) -> np.ndarray:
    """`(k, k)` counts of true name by answer, each of the n pictures held back once."""
    counted = np.zeros((labels.max() + 1,) * 2, int)
    for held in folds(labels):
        learnt = np.setdiff1d(np.arange(len(labels)), held)
        said = fit(family, rows[learnt], labels[learnt], strictness).weigh(rows[held]).argmax(axis=1)
        np.add.at(counted, (labels[held], said), 1)
    return counted


def draws(labels: np.ndarray, repeat: int) -> tuple[list[np.ndarray], np.ndarray]:
    """For each name the places to learn from, in a drawn order; and the third of the pictures that is held back."""
    random = np.random.default_rng([SEED, repeat])
    mixed = [random.permutation(np.flatnonzero(labels == name)) for name in np.unique(labels)]
    back = [max(1, len(one) // 3) for one in mixed]
    return [one[n:] for one, n in zip(mixed, back)], np.concatenate([one[:n] for one, n in zip(mixed, back)])


def share_right(said: np.ndarray, truth: np.ndarray) -> float:
    """The share of right answers, every name counted alike."""
    return float(np.mean([(said[truth == name] == name).mean() for name in np.unique(truth)]))


def practise(rows: Rows, labels: np.ndarray, strictness: Mapping[str, float]) -> Iterator[tuple[float, Practice | None]]:
    """Yield how much is done; with the last comes what came of it. `rows` are already of length one."""
    least = min(len(one) for one in draws(labels, 0)[0])
    sizes = tuple(size for size in SIZES if size < least) + (least,)
    curves = {family: np.zeros((len(sizes), REPEATS)) for family in FAMILIES}
    for repeat in range(REPEATS):
        learning, held = draws(labels, repeat)
        for place, size in enumerate(sizes):
            taken = np.concatenate([one[:size] for one in learning])
            for family in FAMILIES:
                head = fit(family, rows[family][taken], labels[taken], strictness[family])
                curves[family][place, repeat] = share_right(head.weigh(rows[family][held]).argmax(axis=1), labels[held])
        yield (repeat + 1) / (REPEATS + 1), None
    confused = {family: confusion(rows[family], labels, family, strictness[family]) for family in FAMILIES}
    yield 1.0, Practice(sizes, curves, confused)
