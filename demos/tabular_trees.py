"""Trees of questions on a table: one small tree that can be drawn, or many that are added up (gradient boosting).

scikit-learn grows them; what they learnt is kept as plain arrays and read here, so that nothing is unpickled.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from demos.results import View
from demos.tabular_fields import Schema
from demos.tabular_linear import linear_of
from demos.tabular_models import TabularModel
from demos.tabular_results import Tree

LEAF = -1
BOOSTED_DEPTH, RATE, PART, SMALLEST = 3, 0.05, 0.7, 10  # set beforehand
TREE_DEPTH, TREE_SMALLEST = 3, 0.03  # as much as can be drawn; a leaf holds 3 rows in 100


def columns(schema: Schema) -> list[tuple[int, int]]:
    """What the questions are about: (field, option), or (field, -1) for numbers and for options that have an order."""
    found = []
    for i, field in enumerate(schema.fields):
        each = range(len(field.options)) if field.options and not field.ordered and len(field.options) > 2 else [LEAF]
        found += [(i, option) for option in each]
    return found


def seen(schema: Schema, rows: np.ndarray) -> np.ndarray:
    """What trees see `(n, C)` float32 of rows `(n, F)`."""
    return np.stack([rows[:, i] == option if option != LEAF else rows[:, i] for i, option in columns(schema)],
                    axis=1).astype(np.float32)


class TreeTable(TabularModel):
    """T trees of at most N nodes each, added up; a row goes left where its column is at most the threshold.

    `nodes` `(T, N, 3)` int32 hold column (-1 for a leaf), left and right; `numbers` `(T, N, 3)` float64 threshold, value
    and rows learnt from. With `bias` None the values of the one tree are chances, else log-odds to be added to it.
    """

    def __init__(self, schema: Schema, nodes: np.ndarray, numbers: np.ndarray, bias: float | None) -> None:
        super().__init__(schema)
        self.nodes, self.numbers, self.bias = nodes, numbers, bias

    def _value(self, tree: int, node: int, table: np.ndarray) -> np.ndarray | float:
        """What a node of a tree says of each row that trees see `(n, C)`: one question after the other."""
        column, left, right = self.nodes[tree, node]
        threshold, value, _ = self.numbers[tree, node]
        if column == LEAF:
            return value
        return np.where(table[:, column] <= threshold, self._value(tree, left, table), self._value(tree, right, table))

    def chances(self, rows: np.ndarray) -> np.ndarray:
        table = np.asfortranarray(seen(self.schema, rows))
        values = np.zeros(len(rows)) + sum(self._value(tree, 0, table) for tree in range(len(self.nodes)))
        return values if self.bias is None else 1 / (1 + np.exp(-(self.bias + values)))

    def arrays(self) -> dict[str, np.ndarray]:
        bias = {} if self.bias is None else {"bias": np.array([self.bias])}
        return {"nodes": self.nodes, "values": self.numbers, **bias}

    def explain(self, **values: Any) -> list[View]:
        views = super().explain(**values)
        if self.bias is not None:
            return views
        tree = self.drawn(self.schema.row(values))
        passed = [tree.questions[node] + (" Yes." if after == tree.yes[node] else " No.")
                  for node, after in zip(tree.path, tree.path[1:])]
        leaf = tree.path[-1]
        sentence = (f"{' '.join(passed)} Of {tree.counts[leaf]:,} like this in what it learnt from, "
                    f"{100 * tree.shares[leaf]:.0f} in 100: “{tree.outcome}”.")
        return [View("path", "The path through the tree", sentence, tree), *views]

    def drawn(self, row: np.ndarray) -> Tree:
        """The first tree with the path of a row `(F,)`."""
        nodes, numbers, goes = self.nodes[0], self.numbers[0], seen(self.schema, row[None])[0]
        path = [0]
        while (column := nodes[path[-1], 0]) != LEAF:
            path.append(int(nodes[path[-1], 1 if goes[column] <= numbers[path[-1], 0] else 2]))
        real = range(int((numbers[:, 2] > 0).sum()))
        asked = [question(self.schema, int(nodes[i, 0]), float(numbers[i, 0])) for i in real]
        branches = [_branches(self.schema, nodes[i]) for i in real]
        return Tree(tuple(asked), tuple(yes for yes, _ in branches), tuple(no for _, no in branches),
                    numbers[list(real), 1], tuple(int(numbers[i, 2]) for i in real), tuple(path), self.schema.outcomes[0])


def _branches(schema: Schema, node: np.ndarray) -> tuple[int, int]:
    """The nodes after a yes and after a no; a chosen option is on the right, all else asks for “at most” on the left."""
    if node[0] == LEAF:
        return LEAF, LEAF
    chosen = columns(schema)[node[0]][1] != LEAF
    return (int(node[2]), int(node[1])) if chosen else (int(node[1]), int(node[2]))


def question(schema: Schema, column: int, threshold: float) -> str:
    """What a node asks, in words; "" for a leaf."""
    if column == LEAF:
        return ""
    place, option = columns(schema)[column]
    field = schema.fields[place]
    if option != LEAF:
        return f"{field.input.label}: {field.say(option)}?"
    if field.options:  # in order, or only two of them
        last = field.say(int(threshold))
        return f"{field.input.label}: {last}?" if threshold < 1 else f"{field.input.label}: up to “{last}”?"
    return f"{field.input.label}: at most {field.say(np.floor(threshold))}?"


def as_arrays(trees: list[Any], values: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and numbers of scikit-learn's trees, with a value for each node."""
    most = max(tree.node_count for tree in trees)
    nodes, numbers = np.full((len(trees), most, 3), LEAF, np.int32), np.zeros((len(trees), most, 3))
    for t, (tree, value) in enumerate(zip(trees, values)):
        inner = tree.children_left != LEAF
        nodes[t, :tree.node_count] = np.stack([np.where(inner, tree.feature, LEAF), tree.children_left,
                                               tree.children_right], axis=1)
        numbers[t, :tree.node_count] = np.stack([np.where(inner, tree.threshold, 0), value, tree.n_node_samples], axis=1)
    return nodes, numbers


def learn_boosted(schema: Schema, rows: np.ndarray, truth: np.ndarray, settings: tuple[int, ...],
                  seed: int = 0) -> list[TreeTable]:
    """A model for each setting, which is the number of trees (Friedman 2001; scikit-learn's gradient boosting)."""
    from sklearn.ensemble import GradientBoostingClassifier

    grown = GradientBoostingClassifier(n_estimators=max(settings), learning_rate=RATE, max_depth=BOOSTED_DEPTH,
                                       subsample=PART, min_samples_leaf=SMALLEST, random_state=seed)
    grown.fit(seen(schema, rows), truth)
    trees = [tree.tree_ for tree in grown.estimators_[:, 0]]
    nodes, numbers = as_arrays(trees, [RATE * tree.value[:, 0, 0] for tree in trees])
    bias = float(np.log(truth.mean() / (1 - truth.mean())))
    return [TreeTable(schema, nodes[:count], numbers[:count], bias) for count in settings]


def learn_tree(schema: Schema, rows: np.ndarray, truth: np.ndarray, settings: tuple[int, ...] = (TREE_DEPTH,),
               seed: int = 0) -> list[TreeTable]:
    """A small tree for each setting, which is how many questions lie one behind the other at most."""
    from sklearn.tree import DecisionTreeClassifier

    models = []
    for depth in settings:
        grown = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=TREE_SMALLEST, random_state=seed)
        tree = grown.fit(seen(schema, rows), truth).tree_
        models.append(TreeTable(schema, *as_arrays([tree], [tree.value[:, 0, 1]]), None))
    return models


def trees_of(schema: Schema, arrays: dict[str, np.ndarray]) -> TreeTable:
    """The model of stored arrays."""
    return TreeTable(schema, arrays["nodes"], arrays["values"], float(arrays["bias"][0]) if "bias" in arrays else None)


def load_classical(schema: Schema, path: Path) -> TabularModel:
    """The model of a stored file: trees, or the weights of a logistic regression."""
    from safetensors.numpy import load_file

    arrays = load_file(path)
    return trees_of(schema, arrays) if "nodes" in arrays else linear_of(schema, arrays)
