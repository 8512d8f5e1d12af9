"""From scores to a list: the best first, or re-ranked towards films unlike those chosen and liked.

Re-ranking is maximal marginal relevance (Carbonell and Goldstein 1998): each next film is the one whose score, weighed
against its likeness to what is already there, is highest.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from demos.recommendation.catalogue import Film
from demos.recommendation.learnt import Asked, Learnt
from demos.taste_results import Suggestions

SHOWN = 20
CHOSEN_AMONG = 200  # the best by score, among which re-ranking chooses


@lru_cache(maxsize=2)
def kinds(films: tuple[Film, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Each film's genres, directors and decade as `(n, t)` float32 of 0 and 1, and how many it has `(n,)`."""
    named = [(*film.genres, *film.directors, f"{film.year // 10}0s") for film in films]
    counts: dict[str, int] = {}
    for names in named:
        for name in set(names):
            counts[name] = counts.get(name, 0) + 1
    column = {name: i for i, name in enumerate(name for name, count in counts.items() if count > 1)}
    held = np.zeros((len(films), len(column)), np.float32)
    for row, names in enumerate(named):
        held[row, [column[name] for name in names if name in column]] = 1
    return held, np.array([len(set(names)) for names in named], np.float32)


def alike(films: tuple[Film, ...], first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """`(k, m)` in [0, 1]: what two different films share of all genres, directors and decades that they have (Jaccard)."""
    held, count = kinds(films)
    both = held[first] @ held[second].T
    return both / (count[first][:, None] + count[second] - both)


def order_of(scores: np.ndarray, asked: Asked, films: tuple[Film, ...], surprise: float = 0.0,
             count: int = SHOWN) -> np.ndarray:
    """The places `(count,)` of the films to suggest; `surprise` in [0, 1] is how much likeness counts against a film.

    Films that were rated never come; ties stand in the films' order.
    """
    free = scores.astype(np.float64)
    free[asked.seen] = -np.inf
    best = np.argsort(-free, kind="stable")[:max(count, CHOSEN_AMONG)]
    best = best[np.isfinite(free[best])]
    if surprise <= 0 or len(best) <= 1:
        return best[:count]
    worth = free[best] - free[best[-1]]
    worth /= max(worth[0], 1e-12)
    near = alike(films, best, asked.liked).max(axis=1)
    among = alike(films, best, best)
    chosen: list[int] = []
    left = np.ones(len(best), bool)
    for _ in range(min(count, len(best))):
        value = np.where(left, (1 - surprise) * worth - surprise * near, -np.inf)
        chosen.append(int(value.argmax()))
        left[chosen[-1]] = False
        near = np.maximum(near, among[chosen[-1]])
    return best[chosen]


def variety(films: tuple[Film, ...], places: np.ndarray) -> float:
    """How little the films of a list share, in [0, 1]: 1 less the mean likeness of any two of them."""
    if len(places) < 2:
        return 0.0
    shared = alike(films, places, places)[np.triu_indices(len(places), 1)]
    return float(np.clip(1 - shared.mean(), 0, 1))


def listed(scores: np.ndarray, asked: Asked, learnt: Learnt, surprise: float = 0.0, note: str = "") -> Suggestions:
    """The list to show, from one score for each film `(n,)`."""
    places = order_of(scores, asked, learnt.films, surprise)
    films = [learnt.films[i] for i in places]
    return Suggestions(
        tuple(film.id for film in films), scores[places], tuple(film.title for film in films),
        tuple(film.year for film in films), tuple(", ".join(film.genres) for film in films),
        tuple(" and ".join(film.directors) for film in films),
        tuple(int(learnt.liked_by[i]) for i in places), len(learnt.people), variety(learnt.films, places),
        float(learnt.liked_by[places].mean() / len(learnt.people)), f"{asked.note} {note}".strip())
