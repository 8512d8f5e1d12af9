"""How good lists are: Recall@20, NDCG@20 and how sure they are, by bootstrap over people."""

from __future__ import annotations

import numpy as np

FIRST = 20
AGAIN = 10_000  # times that people are drawn anew


def best(scores: np.ndarray, seen: np.ndarray, count: int = FIRST) -> np.ndarray:
    """The places `(u, count)` of the highest `scores` `(u, n)` that are not `seen`; ties in the films' order."""
    return np.argsort(-np.where(seen, -np.inf, scores), axis=1, kind="stable")[:, :count]


def recall(found: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """For each person `(u,)` the share of what could be found: hits by the smaller of list's length and films asked for.

    As Liang et al. 2018 (arXiv:1802.05814) have it: `found` `(u, k)` are places, `asked` `(u, n)` bool.
    """
    hits = np.take_along_axis(asked, found, axis=1).sum(axis=1)
    return hits / np.minimum(asked.sum(axis=1), found.shape[1])


def recall_of_all(found: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """For each person `(u,)` the share of all films asked for, which is below 1 for who has more of them than the list."""
    return np.take_along_axis(asked, found, axis=1).sum(axis=1) / asked.sum(axis=1)


def ndcg(found: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """For each person `(u,)` the hits, those further down the list counting less (Järvelin and Kekäläinen 2002)."""
    worth = 1 / np.log2(np.arange(found.shape[1]) + 2)
    most = np.cumsum(worth)[np.minimum(asked.sum(axis=1), found.shape[1]) - 1]
    return (np.take_along_axis(asked, found, axis=1) * worth).sum(axis=1) / most


def interval(values: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean of `(u,)` values, by drawing people anew (Efron 1979)."""
    drawn = np.random.default_rng(seed).integers(0, len(values), (AGAIN, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def better_by(first: np.ndarray, second: np.ndarray, seed: int = 0) -> tuple[float, float, float]:
    """By how much the second is better on the same people, and the 95 % interval of that."""
    return float((second - first).mean()), *interval(second - first, seed)
