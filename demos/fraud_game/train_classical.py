"""Trains the classical methods: `python -m demos.fraud_game.train_classical DATA`; DATA is simulate.py's folder.

The same weeks as train.py: boosted trees learn from weeks 5 to 12, every stolen payment and a fifth of the honest ones;
weeks 14 and 15 choose the number of trees by average precision and set the bar at 100 alarms a day. The isolation forest
is shown the same payments without being told which were stolen; weeks 14 and 15 say what its oddness means as a chance
(a logistic curve, Platt 1999). Trees of five questions at a rate of 0.1 were chosen by the same weeks over trees of three
at 0.05 (average precision 0.632 against 0.625). Seed 0; nothing else is left to chance. About three minutes on one core.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.fraud_game.classical import DEPTH, Boosting
from demos.fraud_game.features import SCHEMA, facts
from demos.fraud_game.forest import grow, oddness, squeezed
from demos.fraud_game.measuring import average_precision, bar_of
from demos.fraud_game.payments import Payments, read_payments, reports
from demos.fraud_game.train import KEPT, SEED, chosen
from demos.tabular_trees import TreeTable, as_arrays, seen

TREES = (100, 200, 300)
RATE, PART, SMALLEST = 0.1, 0.7, 10  # set beforehand
TARGET = Path(__file__).with_name("weights")


def boosted(payments: Payments, table: np.ndarray, trees: tuple[int, ...] = TREES) -> tuple[dict[str, np.ndarray], str]:
    """The arrays of the best number of trees, and a line about it (Friedman 2001; scikit-learn's gradient boosting)."""
    from sklearn.ensemble import GradientBoostingClassifier

    learnt, held = chosen(payments, "train"), payments.within("validation")
    truth = payments.stolen[learnt]
    grown = GradientBoostingClassifier(n_estimators=max(trees), learning_rate=RATE, max_depth=DEPTH, subsample=PART,
                                       min_samples_leaf=SMALLEST, random_state=SEED)
    grown.fit(seen(SCHEMA, table[learnt]), truth)
    each = [tree.tree_ for tree in grown.estimators_[:, 0]]
    nodes, numbers = as_arrays(each, [RATE * tree.value[:, 0, 0] for tree in each])
    # honest payments are so many times commoner than what was seen
    bias = float(np.log(truth.mean() / (1 - truth.mean())) + np.log(KEPT))
    models = [Boosting(TreeTable(SCHEMA, nodes[:count], numbers[:count], bias), 0.0) for count in trees]
    odds = [model.of_facts(table[held]) for model in models]
    found = [average_precision(one, payments.stolen[held]) for one in odds]
    best = int(np.argmax(found))
    about = {"seed": SEED, "kept": KEPT, "trees": trees[best], "average_precision": round(found[best], 4)}
    print("boosting", dict(zip(trees, np.round(found, 4))), file=sys.stderr, flush=True)
    return {"nodes": nodes[:trees[best]], "values": numbers[:trees[best]], "bias": np.array([bias]),
            "bar": np.array([bar_of(odds[best], payments.time[held])])}, json.dumps(about, sort_keys=True)


def isolated(payments: Payments, table: np.ndarray) -> tuple[dict[str, np.ndarray], str]:
    """The arrays of the isolation forest with its curve, and a line about it."""
    from sklearn.linear_model import LogisticRegression

    arrays = grow(squeezed(table[chosen(payments, "train")]), SEED)
    held = payments.within("validation")
    odd, stolen = oddness(arrays, squeezed(table[held])), payments.stolen[held]
    line = LogisticRegression(C=1e6).fit(odd[:, None], stolen)
    arrays["curve"] = np.array([line.coef_[0, 0], line.intercept_[0]])
    odds = arrays["curve"][0] * odd + arrays["curve"][1]
    about = {"seed": SEED, "kept": KEPT, "average_precision": round(average_precision(odds, stolen), 4)}
    print("forest", about, file=sys.stderr, flush=True)
    return {**arrays, "bar": np.array([bar_of(odds, payments.time[held])])}, json.dumps(about, sort_keys=True)


def main(data: Path, target: Path = TARGET) -> None:
    """Train on the folder and write both files."""
    from safetensors.numpy import save_file

    payments = read_payments(data)
    table = facts(payments, reports(payments))
    target.mkdir(exist_ok=True)
    for name, make in (("boosting", boosted), ("forest", isolated)):
        arrays, about = make(payments, table)
        # one entry: several would be written in another order each time, and the digest would change
        save_file({key: np.ascontiguousarray(value) for key, value in arrays.items()}, target / f"{name}.safetensors",
                  {"about": about})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
