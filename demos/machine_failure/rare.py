"""What is rare: on AI4I 2020, where 339 of 10,000 steps fail, "it never fails" looks nearly perfect by accuracy.

`rare.json` is written by `python -m demos evaluate machine_failure FOLDER --save`, where the folder holds ai4i2020.tsv
(Matzka 2020, simulated by its author). Five parts, each judged by a model that learnt from the other four; nothing was
chosen on them.
"""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

FILE = "ai4i2020.tsv"
STORED = Path(__file__).with_name("rare.json")
SEED, FOLDS, HALF = 0, 5, 0.5
KINDS = ("L", "M", "H")  # the product's quality, in order
COLUMNS = ("Air temperature [K]", "Process temperature [K]", "Rotational speed [rpm]", "Torque [Nm]", "Tool wear [min]")


def read(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """What was measured in each step `(n, 6)` float64, and whether it failed `(n,)`; kinds of failure are left out."""
    with (folder / FILE).open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    given = [[float(KINDS.index(row["Type"])), *(float(row[name]) for name in COLUMNS)] for row in rows]
    return np.array(given), np.array([int(row["Machine failure"]) for row in rows])


def learners() -> dict[str, Any]:
    """The methods, not yet taught."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return {"logistic": make_pipeline(StandardScaler(), LogisticRegression()),
            "boosting": HistGradientBoostingClassifier(max_iter=100, random_state=SEED),
            "network": make_pipeline(StandardScaler(), MLPClassifier((32, 32), max_iter=120, random_state=SEED))}


def measure(folder: Path) -> dict[str, Any]:
    """Right answers, alarms and failures caught of each method, counted over all steps."""
    import warnings

    given, failed = read(folder)
    part = np.empty(len(failed), int)
    for outcome in (0, 1):  # each part has the same share of failures
        places = np.random.default_rng(SEED).permutation(np.flatnonzero(failed == outcome))
        part[places] = np.arange(len(places)) % FOLDS
    found = {"never": np.zeros(len(failed), bool)}
    for key, learner in learners().items():
        said = np.zeros(len(failed), bool)
        for number in range(FOLDS):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the network stops after so many rounds, settled or not
                learner.fit(given[part != number], failed[part != number])
            said[part == number] = learner.predict_proba(given[part == number])[:, 1] >= HALF
        found[key] = said
    methods = {key: {"right": int((said == (failed == 1)).sum()), "alarms": int(said.sum()),
                     "caught": int((said & (failed == 1)).sum())} for key, said in found.items()}
    return {"data": "AI4I 2020, all steps, cross-validated in five "
                    "parts", "rows": len(failed), "failures": int(failed.sum()),
            "methods": methods}


@lru_cache(maxsize=1)
def stored() -> dict[str, Any]:
    """The counts that were measured."""
    return json.loads(STORED.read_text())
