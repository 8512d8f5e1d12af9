"""An isolation forest kept as plain arrays: how few questions it takes to set a payment apart from all others.

After Liu, Ting and Zhou, "Isolation Forest" (2008). scikit-learn grows the trees; nobody tells them what was stolen.
"""

from __future__ import annotations

import numpy as np

from demos.fraud_game.features import SCHEMA

TREES, SHOWN = 100, 256  # trees; payments that each tree is grown from
LEFT_OUT = SCHEMA.place("shop")  # names have no order in which to cut


def squeezed(rows: np.ndarray) -> np.ndarray:
    """Facts `(n, 12)` as the forest sees them `(n, 11)` float32: sums and distances by their logarithm."""
    hour = SCHEMA.place("hour")
    table = np.log1p(rows)
    table[:, hour] = rows[:, hour] / 4
    return np.delete(table, LEFT_OUT, axis=1).astype(np.float32)


def _usual_depth(count: np.ndarray | float) -> np.ndarray:
    """How many questions a search among so many payments takes on average, as in the paper."""
    count = np.asarray(count, dtype=np.float64)
    many = 2 * (np.log(np.maximum(count - 1, 1)) + np.euler_gamma) - 2 * (count - 1) / np.maximum(count, 1)
    return np.where(count > 2, many, np.where(count == 2, 1.0, 0.0))


def grow(table: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Nodes `(t, n, 3)` int32 (column or -1, left, right) and numbers `(t, n, 2)` (threshold, questions so far)."""
    from sklearn.ensemble import IsolationForest

    grown = IsolationForest(n_estimators=TREES, max_samples=SHOWN, random_state=seed).fit(table)
    trees = [one.tree_ for one in grown.estimators_]
    most = max(tree.node_count for tree in trees)
    nodes, numbers = np.full((TREES, most, 3), -1, np.int32), np.zeros((TREES, most, 2))
    for t, tree in enumerate(trees):
        depth = np.zeros(tree.node_count)
        for node in range(tree.node_count):  # parents come before their children
            for child in (tree.children_left[node], tree.children_right[node]):
                if child >= 0:
                    depth[child] = depth[node] + 1
        inner = tree.children_left >= 0
        nodes[t, :tree.node_count] = np.stack([np.where(inner, tree.feature, -1), tree.children_left,
                                               tree.children_right], axis=1)
        numbers[t, :tree.node_count] = np.stack([np.where(inner, tree.threshold, 0),
                                                 depth + _usual_depth(tree.n_node_samples)], axis=1)
    return {"nodes": nodes, "numbers": numbers}


def oddness(arrays: dict[str, np.ndarray], table: np.ndarray) -> np.ndarray:
    """From near 0 for the most ordinary to near 1 for the oddest `(n,)`, of what the forest sees `(n, 11)`."""
    total, here = np.zeros(len(table)), np.arange(len(table))
    for nodes, numbers in zip(arrays["nodes"], arrays["numbers"]):
        node = np.zeros(len(table), np.intp)
        while True:
            column = nodes[node, 0]
            if (column < 0).all():
                break
            left = table[here, np.maximum(column, 0)] <= numbers[node, 0]
            node = np.where(column < 0, node, np.where(left, nodes[node, 1], nodes[node, 2]))
        total += numbers[node, 1]
    return 2.0 ** (-total / len(arrays["nodes"]) / _usual_depth(SHOWN))
