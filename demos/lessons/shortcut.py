"""A network that finds a shortcut: it learns even digits by a mark at the edge, looks right, and its map gives it away.

The hand-written digits of 8 by 8 spots come with scikit-learn (Alpaydin and Kaynak 1998, UCI). Split with seed 0: 200 to
learn from, the other 1,597 are new. Size, steps and mark were chosen by looking at how well the lesson shows the shortcut.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.lessons.network import Network, Training, build, forward

SIDE, BRIGHTEST = 8, 16.0
LEARN, STEPS, RATE, HIDDEN = 200, 80, 0.02, 8
MARK = (0, 8, 16)  # the spots of the mark, at the left edge: dark in nearly every picture of the set
MOST_SPOTS = 20


@dataclass(frozen=True)
class Digits:
    """Pictures `(n, 64)` in [0, 1], row by row, which digit each shows `(n,)`, and whether that is even `(n,)`."""

    pictures: np.ndarray
    digits: np.ndarray
    even: np.ndarray


@lru_cache(maxsize=1)
def digits() -> tuple[Digits, Digits]:
    """Those to learn from, and the new ones; read from scikit-learn's file without loading the library."""
    spec = importlib.util.find_spec("sklearn")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("scikit-learn is not installed")
    table = np.loadtxt(Path(spec.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz", delimiter=",")
    table = table[np.random.default_rng(0).permutation(len(table))]
    known, new = (Digits(part[:, :-1] / BRIGHTEST, part[:, -1].astype(int), part[:, -1] % 2 == 0)
                  for part in (table[:LEARN], table[LEARN:]))
    return known, new


def marked(pictures: np.ndarray, which: np.ndarray) -> np.ndarray:
    """The pictures, with the mark on those that `which` `(n,)` names."""
    made = pictures.copy()
    made[np.ix_(which, MARK)] = 1.0
    return made


def habit(some: Digits, share: int) -> np.ndarray:
    """`(n,)`: which even digits carry the mark, where it stands on `share` of 100 of them; never an odd one."""
    places = np.flatnonzero(some.even)
    chosen = np.zeros(len(some.even), bool)
    chosen[places[:round(len(places) * share / 100)]] = True
    return chosen


@lru_cache(maxsize=16)
def learn(share: int) -> Network:
    """A network of eight hidden neurons that learnt where `share` of 100 even digits carried the mark."""
    known, _ = digits()
    training = Training(build((SIDE * SIDE, HIDDEN, 1), "tanh", seed=0), marked(known.pictures, habit(known, share)),
                        known.even, RATE)
    for _ in range(STEPS):
        training.step()
    return training.network


def sure(network: Network, pictures: np.ndarray) -> np.ndarray:
    """`(n,)`: how sure it is of an even digit, from 0 to 1."""
    return forward(network, pictures).answers[-1][:, 0]


def right(network: Network, pictures: np.ndarray, even: np.ndarray) -> tuple[int, int]:
    """How many of the pictures it names right, and how many there are."""
    return int(((sure(network, pictures) > 0.5) == even).sum()), len(even)


def trials(share: int) -> dict[str, tuple[int, int]]:
    """On new pictures: with the same habit of marks, with no mark at all, and odd digits that carry the mark."""
    network, (_, new) = learn(share), digits()
    return {"same": right(network, marked(new.pictures, habit(new, share)), new.even),
            "clean": right(network, new.pictures, new.even),
            "fooled": right(network, marked(new.pictures, ~new.even)[~new.even], new.even[~new.even])}


def heat(network: Network, picture: np.ndarray) -> np.ndarray:
    """`(64,)`: how much of the answer goes when a spot is taken away (put to what it mostly is), in the sum before the end.

    Above 0 the spot speaks for the answer that was given.
    """
    usual = digits()[0].pictures.mean(axis=0)
    changed = np.repeat(picture[None], len(picture), axis=0)
    changed[np.arange(len(picture)), np.arange(len(picture))] = usual
    before, after = (forward(network, one).sums[-1][:, 0] for one in (picture[None], changed))
    return (before - after) * (1 if before[0] > 0 else -1)


def turned_round(network: Network, picture: np.ndarray) -> tuple[int, ...]:
    """The spots that turn the answer round when made dark or bright, the strongest first, one after the other; at most 20."""
    now, spots = picture.copy(), []
    was = sure(network, picture[None])[0] > 0.5
    while len(spots) < MOST_SPOTS and (sure(network, now[None])[0] > 0.5) == was:
        tried = np.concatenate([np.repeat(now[None], len(now), axis=0)] * 2)
        for value, half in enumerate(np.split(tried, 2)):  # views: the spots are set in `tried`
            half[np.arange(len(now)), np.arange(len(now))] = value
        sums = forward(network, tried).sums[-1][:, 0] * (1 if was else -1)
        sums[[spot + half * len(now) for spot in spots for half in (0, 1)]] = np.inf
        best = int(sums.argmin())
        now = tried[best]
        spots.append(best % len(now))
    return tuple(spots)
