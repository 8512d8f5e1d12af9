"""Why a model answered so about a row: exact Shapley values, and the easiest changes that turn its answer round."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from math import factorial

import numpy as np

from demos.tabular_fields import Schema

MOST_FIELDS = 15  # whose subsets are all asked: 32,768 rows
MOST_STEPS = 3  # fields changed at once
MOST_WAYS = 3  # shown
AT_ONCE = 8192  # rows asked in one go

Chances = Callable[[np.ndarray], np.ndarray]


def asked_in_parts(chances: Chances, rows: np.ndarray) -> np.ndarray:
    """The chance `(n,)` of each row, a few thousand at a time."""
    return np.concatenate([chances(rows[at:at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE)])


def shapley(chances: Chances, row: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """How much each field `(F,)` adds on the way from the typical row to this one; together exactly the difference.

    A field's share is its mean effect over all orders in which the fields could be changed from the one row into the
    other (Shapley 1953; with one row to compare with: Sundararajan and Najmi 2020, arXiv:1908.08474). All subsets of
    the fields that differ are asked, so nothing is estimated. Raises ValueError for more than MOST_FIELDS of them.
    """
    places = np.flatnonzero(row != usual)
    count = len(places)
    if count > MOST_FIELDS:
        raise ValueError("too many fields differ to ask about every subset of them")
    shares = np.zeros(len(row))
    if not count:
        return shares
    chosen = np.array(list(product((False, True), repeat=count)))  # (2^m, m), the first field turns slowest
    rows = np.repeat(usual[None], len(chosen), axis=0)
    rows[:, places] = np.where(chosen, row[places], usual[places])
    worth = asked_in_parts(chances, rows).astype(np.float64)
    sizes = chosen.sum(axis=1)
    share_of = np.array([factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)])
    for i, place in enumerate(places):
        without = ~chosen[:, i]
        # turning field i on moves 2^(m-1-i) places further down the table of subsets
        gained = worth[np.flatnonzero(without) + 2 ** (count - 1 - i)] - worth[without]
        shares[place] = (share_of[sizes[without]] * gained).sum()
    return shares


def nearest_changes(chances: Chances, schema: Schema, row: np.ndarray, wanted: Callable[[np.ndarray], np.ndarray],
                    ) -> list[tuple[np.ndarray, float]]:
    """The easiest rows that are wanted, with the chance of each: at most three, no two by the same fields.

    Only what a person can change is tried, up to three fields at once and every combination of their values in reach;
    `wanted` tells of chances `(n,)` which ones count. A way with a step that another way does without is left out.
    """
    moves = {i: _moves(schema, i, row[i]) for i, field in enumerate(schema.fields) if field.reach}
    moves = {i: found for i, found in moves.items() if len(found)}
    ways: list[tuple[float, frozenset[int], np.ndarray, float]] = []
    for steps in range(1, MOST_STEPS + 1):
        found = []
        for places in combinations(moves, steps):
            if any(fewer <= set(places) for _, fewer, _, _ in ways):
                continue
            rows, effort = _rows(schema, row, places, moves)
            if not len(rows):
                continue
            got = asked_in_parts(chances, rows)
            good = np.flatnonzero(wanted(got))
            if len(good):
                best = good[np.argmin(effort[good])]
                found.append((float(effort[best]), frozenset(places), rows[best], float(got[best])))
        ways += found
        if len(ways) >= MOST_WAYS:
            break  # more steps would only be harder to read
    ways.sort(key=lambda way: way[0])
    return [(changed, chance) for _, _, changed, chance in ways[:MOST_WAYS]]


def _moves(schema: Schema, place: int, now: float) -> np.ndarray:
    """The numbers that this field could come to, other than what it holds."""
    field = schema.fields[place]
    return np.array([code for code in map(field.code, field.reach) if code != now and (code - now) * field.only >= 0])


def _rows(schema: Schema, row: np.ndarray, places: tuple[int, ...],
          moves: dict[int, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Every combination of these fields' moves: rows `(n, F)` and efforts `(n,)`; those that say nothing are left out."""
    values = np.array(list(product(*(moves[i] for i in places))))
    rows = np.repeat(row[None], len(values), axis=0)
    rows[:, places] = values
    settled = schema.settled(rows)
    real = (settled[:, places] == rows[:, places]).all(axis=1)
    effort = sum(schema.fields[i].effort(row[i], rows[:, i]) for i in places)
    return settled[real], np.asarray(effort)[real]
