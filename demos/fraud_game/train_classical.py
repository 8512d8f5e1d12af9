"""Trains the classical methods: `python -m demos.fraud_game.train_classical DATA`; DATA is simulate.py's folder.

The same weeks as train.py: boosted trees learn from weeks 5 to 12, every stolen payment and a tenth of the honest ones;
weeks 14 and 15 choose the number of trees by average precision and set the bar at 100 alarms a day. The isolation forest
is shown the same payments without being told which were stolen; weeks 14 and 15 say what its oddness means as a chance
(a logistic curve, Platt 1999). Seed 0; nothing else is left to chance. It takes about two minutes on one core.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.fraud_game.features import SCHEMA, facts
from demos.fraud_game.forest import grow, oddness, squeezed
from demos.fraud_game.measuring import average_precision, bar_of
from demos.fraud_game.payments import Payments, read_payments, reports
from demos.fraud_game.train import KEPT, SEED, chosen
from demos.tabular_trees import TreeTable, learn_boosted

TREES = (120, 240, 480, 720)
TARGET = Path(__file__).with_name("weights")


def log_odds(model: TreeTable, rows: np.ndarray) -> np.ndarray:
    """The log-odds `(n,)` of rows `(n, 12)`, a part at a time."""
    parts = [model.chances(rows[at:at + 65536]) for at in range(0, len(rows), 65536)]
    shares = np.clip(np.concatenate(parts), 1e-12, 1 - 1e-12)
    return np.log(shares / (1 - shares))


def boosted(payments: Payments, table: np.ndarray, trees: tuple[int, ...] = TREES) -> tuple[dict[str, np.ndarray], str]:
    """The arrays of the best number of trees, and a line about it."""
    learnt, held = chosen(payments, "train"), payments.within("validation")
    models = learn_boosted(SCHEMA, table[learnt], payments.stolen[learnt].astype(int), trees, SEED)
    odds = [log_odds(model, table[held]) for model in models]
    found = [average_precision(one, payments.stolen[held]) for one in odds]
    best = int(np.argmax(found))
    moved = float(np.log(KEPT))  # honest payments are so many times commoner than what was seen
    about = {"seed": SEED, "kept": KEPT, "trees": trees[best], "average_precision": round(found[best], 4)}
    print("boosting", dict(zip(trees, np.round(found, 4))), file=sys.stderr, flush=True)
    arrays = models[best].arrays()
    return {**arrays, "bias": arrays["bias"] + moved,
            "bar": np.array([bar_of(odds[best], payments.time[held]) + moved])}, json.dumps(about, sort_keys=True)


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
