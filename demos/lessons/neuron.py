"""One neuron: a weighted sum, a bend, and how it learns a line between two kinds of points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Bend = Callable[[np.ndarray], np.ndarray]


def sigmoid(sums: np.ndarray) -> np.ndarray:
    """From 0 to 1, one half at 0; written so that no large number overflows."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(sums, float)))


BENDS: dict[str, Bend] = {
    "relu": lambda sums: np.maximum(0.0, sums),
    "sigmoid": sigmoid,
    "tanh": lambda sums: np.tanh(sums),
    "none": lambda sums: np.asarray(sums, float),
}
SLOPES: dict[str, Bend] = {  # of the bends, at the sums
    "relu": lambda sums: (np.asarray(sums) > 0).astype(float),
    "sigmoid": lambda sums: sigmoid(sums) * (1 - sigmoid(sums)),
    "tanh": lambda sums: 1 - np.tanh(sums) ** 2,
    "none": lambda sums: np.ones_like(np.asarray(sums, float)),
}


def summed(inputs: np.ndarray, weights: np.ndarray, bias: float) -> np.ndarray:
    """`(..., k)` inputs times `(k,)` weights, added up, and the bias."""
    return np.asarray(inputs, float) @ np.asarray(weights, float) + bias


def softmax(sums: np.ndarray) -> np.ndarray:
    """`(k,)` sums to shares that add up to one, the largest sum with the largest share."""
    raised = np.exp(np.asarray(sums, float) - np.max(sums))
    return raised / raised.sum()


def learn_line(points: np.ndarray, kinds: np.ndarray, start: tuple[float, float, float], steps: int,
               rate: float) -> np.ndarray:
    """`(steps + 1, 3)`: two weights and the bias after each step down the slope of the loss.

    `points` is `(n, 2)`, `kinds` `(n,)` of 0 and 1; the loss is the logistic one, over all points at once.
    """
    found = np.zeros((steps + 1, 3))
    found[0] = start
    with_one = np.column_stack([points, np.ones(len(points))])
    for step in range(steps):
        error = sigmoid(with_one @ found[step]) - kinds
        found[step + 1] = found[step] - rate * error @ with_one / len(points)
    return found


def right(points: np.ndarray, kinds: np.ndarray, line: np.ndarray) -> int:
    """How many of `(n, 2)` points lie on their own side of the line `(w1, w2, bias)`."""
    return int(((summed(points, line[:2], line[2]) > 0) == (np.asarray(kinds) > 0.5)).sum())


def ends(line: np.ndarray, reach: float) -> np.ndarray:
    """`(2, 2)`: where the line `w1 x + w2 y + bias = 0` is drawn, far beyond a square of side 2 `reach`; nan for none."""
    across = np.asarray(line[:2], float)
    length = float(np.hypot(*across))
    if length < 1e-9:
        return np.full((2, 2), np.nan)
    foot, along = -line[2] * across / length**2, np.array([-across[1], across[0]]) / length
    return np.stack([foot - 4 * reach * along, foot + 4 * reach * along])
