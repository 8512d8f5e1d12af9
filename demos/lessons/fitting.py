"""Curves through noisy points: polynomials and a network that learn the points by heart, and what keeps them from it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev

from demos.lessons.network import Network, Training, build, forward

FEW, MANY, NEW = 16, 80, 200  # points to learn from, and points never seen
NOISE = 0.25
DECAY, DROPOUT = 0.3, 0.25
STEPS, LOOK = 1500, 25  # of the network; between two looks at the held-back points
RIDGE = 3e-2


def truth(x: np.ndarray) -> np.ndarray:
    """The curve behind the points, which no method is told; `x` lies within -1 and 1."""
    return 0.9 * np.sin(3.2 * np.asarray(x)) + 0.35 * np.asarray(x) ** 2 - 0.2


@lru_cache(maxsize=4)
def sample(count: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """`(count,)` places in order and noisy heights."""
    chance = np.random.default_rng(seed)
    x = np.sort(chance.uniform(-1, 1, count))
    return x, truth(x) + chance.normal(0, NOISE, count)


def miss(said: np.ndarray, heights: np.ndarray) -> float:
    """How far off, on average (the root of the mean square)."""
    return float(np.sqrt(np.mean((said - heights) ** 2)))


def polynomial(x: np.ndarray, y: np.ndarray, degree: int, decay: float = 0.0) -> np.ndarray:
    """`(degree + 1,)` weights of Chebyshev polynomials; `decay` is the ridge's, which spares the height itself."""
    rows = chebyshev.chebvander(x, degree)
    if not decay:
        return np.linalg.lstsq(rows, y, rcond=None)[0]
    pull = decay * len(x) * np.diag([0.0, *np.ones(degree)])
    return np.linalg.solve(rows.T @ rows + pull, rows.T @ y)


def heights(weights: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The polynomial's heights at `x`."""
    return chebyshev.chebval(x, weights)


def cross_validated(x: np.ndarray, y: np.ndarray, degrees: range, decay: float = 0.0, folds: int = 5) -> dict[int, float]:
    """For each degree the miss at points that were left out, every fifth in turn."""
    part = np.arange(len(x)) % folds
    found = {}
    for degree in degrees:
        said = np.empty(len(x))
        for fold in range(folds):
            said[part == fold] = heights(polynomial(x[part != fold], y[part != fold], degree, decay), x[part == fold])
        found[degree] = miss(said, y)
    return found


@lru_cache(maxsize=32)
def network(count: int, decay: bool, dropout: bool, early: bool) -> tuple[Network, int]:
    """Two layers of 24 neurons that learnt the points, and after how many steps; stopped early, it learns from four
    fifths of them and keeps the weights that missed the last fifth least."""
    x, y = sample(count)
    held = np.arange(count) % 5 == 2 if early else np.zeros(count, bool)
    training = Training(build((1, 24, 24, 1), "tanh", end="none"), 3 * x[~held, None], y[~held], 0.01,
                        DECAY if decay else 0.0, DROPOUT if dropout else 0.0)
    best = (np.inf, training.network, 0)
    while training.done < STEPS:
        training.step()
        if early and training.done % LOOK == 0:
            off = miss(curve(training.network, x[held]), y[held])
            best = (off, training.network, training.done) if off < best[0] else best
    return (best[1], best[2]) if early else (training.network, training.done)


def curve(learnt: Network, x: np.ndarray) -> np.ndarray:
    """The network's heights at `x`."""
    return forward(learnt, 3 * np.asarray(x)[:, None]).answers[-1][:, 0]
