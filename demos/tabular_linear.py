"""Logistic regression on a table: one weight for each option and each number, added up."""

from __future__ import annotations

import numpy as np

from demos.tabular_fields import Schema
from demos.tabular_models import TabularModel


def scaled(schema: Schema, rows: np.ndarray) -> np.ndarray:
    """The numbers `(n, M)` of rows `(n, F)`, the logarithm of those that count by ratio."""
    columns = [np.log(np.maximum(rows[:, i], 1)) if field.log else rows[:, i]
               for i, field in enumerate(schema.fields) if not field.options]
    return np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0))


def one_hot(schema: Schema, rows: np.ndarray) -> np.ndarray:
    """A column `(n, K)` for each option of each field with options: 1 where it was chosen."""
    columns = [rows[:, [i]] == np.arange(len(field.options))
               for i, field in enumerate(schema.fields) if field.options]
    return np.concatenate(columns, axis=1).astype(np.float64)


class LinearTable(TabularModel):
    """Weights of the options `(K,)`, and for the numbers mean, spread and weight `(M, 3)`, and a bias."""

    def __init__(self, schema: Schema, options: np.ndarray, numbers: np.ndarray, bias: float) -> None:
        super().__init__(schema)
        self.options, self.numbers, self.bias = options, numbers, bias

    def parts(self, rows: np.ndarray) -> np.ndarray:
        """What each field adds to the log-odds `(n, F)`; without the bias."""
        mean, spread, weight = self.numbers.T
        of_numbers = iter(((scaled(self.schema, rows) - mean) / spread * weight).T)
        found, at = [], 0
        for i, field in enumerate(self.schema.fields):
            if field.options:
                found.append(self.options[at + rows[:, i].astype(int)])
                at += len(field.options)
            else:
                found.append(next(of_numbers))
        return np.stack(found, axis=1)

    def chances(self, rows: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.bias + self.parts(rows).sum(axis=1))))

    def arrays(self) -> dict[str, np.ndarray]:
        return {"options": self.options, "numbers": self.numbers, "bias": np.array([self.bias])}


def learn_linear(schema: Schema, rows: np.ndarray, truth: np.ndarray, settings: tuple[float, ...],
                 seed: int = 0) -> list[LinearTable]:
    """A model for each setting, which is C: how freely the weights may grow (scikit-learn's logistic regression)."""
    from sklearn.linear_model import LogisticRegression

    numbers = scaled(schema, rows)
    mean, spread = numbers.mean(axis=0), np.maximum(numbers.std(axis=0), 1e-9)
    columns = np.concatenate([one_hot(schema, rows), (numbers - mean) / spread], axis=1)
    models = []
    for freedom in settings:
        fitted = LogisticRegression(C=freedom, max_iter=2000, tol=1e-6).fit(columns, truth)
        weights = fitted.coef_[0]
        at = len(weights) - len(mean)
        models.append(LinearTable(schema, weights[:at], np.stack([mean, spread, weights[at:]], axis=1),
                                  float(fitted.intercept_[0])))
    return models


def linear_of(schema: Schema, arrays: dict[str, np.ndarray]) -> LinearTable:
    """The model of stored arrays."""
    return LinearTable(schema, arrays["options"], arrays["numbers"], float(arrays["bias"][0]))
