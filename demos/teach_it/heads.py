"""The last step, which is all that is taught: one linear weighing of the measures for each name.

The deep measures get a regularised logistic regression, the classical ones a linear support vector machine, both by
scikit-learn, and both with the strictness that train.py chose on other things. n pictures span no more than n
directions, so the pictures are turned into those first: the answer is the same, and a lesson takes milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.base import ClassifierMixin

FAMILIES = ("classical", "deep")
SEED = 0


@dataclass(frozen=True, eq=False)
class Head:
    """`weights` `(d, k)` and `bias` `(k,)` float32: from measures `(n, d)` to a number for each of k names."""

    weights: np.ndarray
    bias: np.ndarray

    def weigh(self, rows: np.ndarray) -> np.ndarray:
        """`(n, k)` of `(n, d)`: the higher, the more it looks like that name."""
        return rows @ self.weights + self.bias


def turned(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`(n, r)` and `(r, d)`, whose product is `(n, d)` again: the rows in the r <= n directions that they span."""
    ways, lengths, directions = np.linalg.svd(rows.astype(np.float64), full_matrices=False)
    kept = lengths > 1e-6 * max(lengths[0], 1e-9)
    return ways[:, kept] * lengths[kept], directions[kept]


def learner(family: str, strictness: float) -> ClassifierMixin:
    """What learns to weigh: every name counts alike, however many pictures it has."""
    if family == "deep":
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(C=strictness, class_weight="balanced", max_iter=300)
    from sklearn.svm import LinearSVC

    return LinearSVC(C=strictness, class_weight="balanced", dual=False, random_state=SEED)


def fit(family: str, rows: np.ndarray, labels: np.ndarray, strictness: float) -> Head:
    """The head of rows `(n, d)` and their labels `(n,)`, which are 0 to k - 1, each at least once; the same every time."""
    few, directions = turned(rows)
    learnt = learner(family, strictness).fit(few, labels)
    weights, bias = learnt.coef_ @ directions, learnt.intercept_
    if len(weights) == 1:  # of two names scikit-learn weighs the second alone
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return Head(weights.T.astype(np.float32), bias.astype(np.float32))


def shares(weighed: np.ndarray, sharpness: float) -> np.ndarray:
    """Certainties `(n, k)` of what was weighed `(n, k)`; each row adds up to 1."""
    powers = np.exp(sharpness * (weighed - weighed.max(axis=1, keepdims=True)))
    return powers / powers.sum(axis=1, keepdims=True)
