"""The classical methods: boosted trees on twelve facts, and an isolation forest on eleven of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from demos.fraud_game.features import OUTCOMES, SCHEMA, facts
from demos.fraud_game.forest import oddness, squeezed
from demos.fraud_game.judge import Case, Judge, share
from demos.fraud_game.moment import lined_up
from demos.fraud_game.payments import Payments
from demos.tabular_fields import in_words
from demos.tabular_reasons import shapley
from demos.tabular_results import Pushes
from demos.tabular_trees import TreeTable, seen, trees_of

DEPTH = 5  # questions of a tree, one behind the other
AT_ONCE, FEW = 65536, 64  # rows in one go; rows that are few


class Facts(Judge):
    """A method that sees the twelve facts. Subclasses give `of_facts`."""

    def __init__(self, bar: float) -> None:
        self.bar = bar

    def of_facts(self, rows: np.ndarray) -> np.ndarray:
        """The log-odds `(n,)` of facts `(n, 12)`."""
        raise NotImplementedError

    def odds(self, payments: Payments, reports: np.ndarray, places: np.ndarray) -> np.ndarray:
        rows = facts(payments, reports)[places]
        return np.concatenate([self.of_facts(rows[at:at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE)])

    def pushes(self, case: Case) -> Pushes:
        """What each fact added to the chance, compared with a usual payment of this customer (exact Shapley values)."""
        payments, reports, places = lined_up(case.person, np.stack([case.usual(), case.row]))
        usual, row = facts(payments, reports)[places]
        start, end = map(float, share(self.of_facts(np.stack([usual, row]))))
        shares = shapley(lambda rows: share(self.of_facts(rows)), row, usual)
        fields = SCHEMA.fields
        return Pushes(tuple(field.input.label for field in fields), in_words(fields, row), in_words(fields, usual), shares,
                      start, end, OUTCOMES[0])


class Boosting(Facts):
    """Small trees, each grown to mend what the ones before it got wrong."""

    def __init__(self, trees: TreeTable, bar: float) -> None:
        super().__init__(bar)
        self.trees, self.nodes, self.numbers, self.bias = trees, trees.nodes, trees.numbers, float(trees.bias or 0.0)

    def of_facts(self, rows: np.ndarray) -> np.ndarray:
        """Tree by tree for many rows; all trees side by side for a few, which is a hundred times as quick for one."""
        if len(rows) > FEW:
            chances = np.clip(self.trees.chances(rows), 1e-12, 1 - 1e-12)
            return np.log(chances / (1 - chances))
        table = seen(SCHEMA, rows)
        here, trees = np.arange(len(table))[:, None], np.arange(len(self.nodes))[None]
        node = np.zeros((len(table), len(self.nodes)), np.intp)
        for _ in range(DEPTH):
            column, left, right = np.moveaxis(self.nodes[trees, node], -1, 0)
            goes = table[here, np.maximum(column, 0)] <= self.numbers[trees, node, 0]
            node = np.where(column < 0, node, np.where(goes, left, right))
        return self.bias + self.numbers[trees, node, 1].sum(axis=1)


class Forest(Facts):
    """How soon random questions set a payment apart, as a chance by a curve."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        super().__init__(float(arrays["bar"][0]))
        self.arrays = arrays

    def of_facts(self, rows: np.ndarray) -> np.ndarray:
        slope, start = self.arrays["curve"]
        return slope * oddness(self.arrays, squeezed(rows)) + start


def load(weights: Path, device: str) -> Facts:
    """Read what train_classical.py wrote; it runs on the processor."""
    arrays = load_file(weights)
    return Forest(arrays) if "curve" in arrays else Boosting(trees_of(SCHEMA, arrays), float(arrays["bar"][0]))
