"""Counts which token follows which, and gives each count its share by modified Kneser-Ney smoothing.

Chen and Goodman 1999, "An empirical study of smoothing techniques for language modeling": of each count a discount is
taken, which goes to the shorter context; a shorter context counts not how often a run of tokens was seen but after how
many different tokens. Runs seen too seldom are dropped, and their share goes to the shorter context too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.story_writer.tokens import COUNT, STORY

BITS = 12  # of a token in a key; five tokens fit in 60 bits


@dataclass(frozen=True)
class Runs:
    """Runs of n tokens, sorted: `(k,)` uint64 keys, how often they were seen, and what is counted of them."""

    keys: np.ndarray
    seen: np.ndarray  # (k,) int64
    counts: np.ndarray  # (k,) int64: as seen for the longest runs and at a story's start, else the tokens before it


@dataclass(frozen=True)
class Shares:
    """Runs that are kept, sorted by key, with `(k,)` float64: the share of the last token after those before it."""

    keys: np.ndarray
    shares: np.ndarray


def count_runs(stream: np.ndarray, order: int) -> list[Runs]:
    """The runs of 1 to `order` tokens of a stream, none across the start of a story."""
    found: list[Runs] = []
    longer: np.ndarray | None = None
    for length in range(order, 0, -1):
        keys, seen = np.unique(_keys(stream, length), return_counts=True)
        counts = seen.copy()
        if longer is not None:
            tails, before = np.unique(longer & np.uint64((1 << BITS * length) - 1), return_counts=True)
            counts[:] = 0
            counts[np.searchsorted(keys, tails)] = before
            starts = (keys >> np.uint64(BITS * (length - 1)) == STORY) & (length > 1)
            counts[starts] = seen[starts]  # nothing stands before a story
        longer = keys
        found.append(Runs(keys, seen, np.maximum(counts, 1)))
    return found[::-1]


def _keys(stream: np.ndarray, length: int) -> np.ndarray:
    """Each run of the stream as one number, the first token in the highest bits; STORY stands first or last only."""
    rows = np.lib.stride_tricks.sliding_window_view(stream, length)
    if length > 2:
        rows = rows[~(rows[:, 1:-1] == STORY).any(axis=1)]
    keys = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        keys = (keys << np.uint64(BITS)) | column.astype(np.uint64)
    return keys


def discounts(counts: np.ndarray) -> np.ndarray:
    """`(4,)` what is taken of counts of 0, 1, 2, and 3 or more: Chen and Goodman's closed form.

    Where there are too few counts for it, 0.5, 1 and 1.5 are taken, so that something is always left for the rest.
    """
    ones, twos, threes, fours = (int((counts == number).sum()) for number in (1, 2, 3, 4))
    if 0 in (ones, twos, threes, fours):
        return np.array([0.0, 0.5, 1.0, 1.5])
    share = ones / (ones + 2 * twos)
    taken = [1 - 2 * share * twos / ones, 2 - 3 * share * threes / twos, 3 - 4 * share * fours / threes]
    return np.array([0.0, *(min(max(one, 0.1), number) for number, one in enumerate(taken, start=1))])


def shares(runs: Runs, least: int) -> Shares:
    """The discounted shares of runs of two tokens and more that were seen at least `least` times."""
    contexts, place = np.unique(runs.keys >> np.uint64(BITS), return_inverse=True)
    totals = np.bincount(place, runs.counts, len(contexts))
    left = runs.counts - discounts(runs.counts)[np.minimum(runs.counts, 3)]
    kept = runs.seen >= least
    return Shares(runs.keys[kept], (left / totals[place])[kept])


def single(runs: Runs) -> np.ndarray:
    """`(4096,)` float64: the likelihood of each token without any context; a part of it falls evenly on all."""
    taken = discounts(runs.counts)[np.minimum(runs.counts, 3)]
    total = runs.counts.sum()
    chance = np.full(COUNT, taken.sum() / total / COUNT)
    chance[runs.keys.astype(np.int64)] += (runs.counts - taken) / total
    return chance
