"""How well suspicions find stolen payments: average precision, the 100 most suspicious of each day, money, curves.

Suspicions are log-odds `(n,)`; what they are does not matter, only their order.
"""

from __future__ import annotations

import numpy as np

DESK = 100  # payments that people at the bank can look at in a day
A_DAY = (10, 20, 50, 100, 200, 500, 1000)  # numbers of alarms a day that a page offers
DRAWS = 500


def average_precision(odds: np.ndarray, stolen: np.ndarray, weights: np.ndarray | None = None) -> float:
    """The mean precision at each stolen payment, from the most suspicious on; `weights` count payments several times."""
    order = np.argsort(-odds, kind="stable")
    return _ordered(stolen[order], np.ones(len(odds)) if weights is None else weights[order])


def _ordered(stolen: np.ndarray, weights: np.ndarray) -> float:
    hits = weights * stolen
    found, asked = np.cumsum(hits), np.cumsum(weights)
    return float((hits * found / np.maximum(asked, 1e-9)).sum() / max(hits.sum(), 1e-9))


def precision_interval(odds: np.ndarray, stolen: np.ndarray, day: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of the average precision when the days are drawn again with replacement."""
    order = np.argsort(-odds, kind="stable")
    stolen, number = stolen[order], np.unique(day, return_inverse=True)[1][order]
    chance, days = np.random.default_rng(seed), int(number.max()) + 1
    found = [_ordered(stolen, np.bincount(chance.integers(days, size=days), minlength=days)[number].astype(float))
             for _ in range(DRAWS)]
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def bar_of(odds: np.ndarray, time: np.ndarray, a_day: int = DESK) -> float:
    """The suspicion above which there are so many payments a day on average; `time` `(n,)` in hours."""
    days = len(np.unique(time // 24))
    return float(np.sort(odds)[-min(a_day * days, len(odds))])


def desk(odds: np.ndarray, stolen: np.ndarray, day: np.ndarray, a_day: int = DESK) -> tuple[np.ndarray, np.ndarray]:
    """Which payments are among the most suspicious of their day `(n,)`, and the share of them that was stolen, by day."""
    order = np.lexsort((-odds, day))
    starts = np.searchsorted(day[order], day[order], "left")
    chosen = np.zeros(len(odds), bool)
    chosen[order] = np.arange(len(odds)) - starts < a_day
    days = np.unique(day)
    return chosen, np.array([stolen[chosen & (day == one)].mean() for one in days])


def drawn_again(values: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of the mean when the values are drawn again with replacement."""
    chance = np.random.default_rng(seed)
    means = values[chance.integers(len(values), size=(DRAWS, len(values)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def curve(odds: np.ndarray, stolen: np.ndarray, days: int, points: int = 80) -> list[tuple[float, float, float]]:
    """The precision-recall curve: alarms a day, share of the stolen payments found, share of the alarms that were right."""
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum(stolen[order])
    evenly = np.geomspace(20, len(odds), points).astype(int)
    counts = np.unique(np.append(evenly, [one * days for one in A_DAY if one * days <= len(odds)]))
    return [(round(float(n / days), 3), round(float(hits[n - 1] / hits[-1]), 4), round(float(hits[n - 1] / n), 4))
            for n in counts]


def blocked(alarm: np.ndarray, case: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Whether each stolen payment `(m,)` is stopped: the first alarm of a theft blocks the card for the rest of it."""
    first = np.full(int(case.max()) + 1 if len(case) else 1, np.inf)
    np.minimum.at(first, case[alarm], time[alarm])
    return time >= first[case]


def lead_interval(mine: np.ndarray, theirs: np.ndarray, stolen: np.ndarray, day: np.ndarray, seed: int = 0,
                  ) -> tuple[float, float]:
    """The middle 95 % of the lead in average precision, over the same draws of days for both."""
    number = np.unique(day, return_inverse=True)[1]
    chance, days, found = np.random.default_rng(seed), int(number.max()) + 1, []
    orders = [np.argsort(-odds, kind="stable") for odds in (mine, theirs)]
    for _ in range(DRAWS):
        drawn = np.bincount(chance.integers(days, size=days), minlength=days)[number].astype(float)
        first, second = (_ordered(stolen[order], drawn[order]) for order in orders)
        found.append(first - second)
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
