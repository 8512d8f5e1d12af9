"""Trains both classical methods: `python -m demos.machine_failure.train_classical FD001`.

Gradient boosting on statistics of thirty flights, and the weights of a health index whose straight line is followed.
Data: the 100 engines of NASA's C-MAPSS FD001 that ran until they failed (`train_FD001.txt`), in five parts of 20 drawn
with seed 0. Each of the five models learns from four parts, every fourth window of them; nothing is augmented.
The number of trees was chosen beforehand. How far off a guess may be is measured on each model's 20 unseen engines.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from demos.machine_failure.columns import CAP
from demos.machine_failure.classical import add_up
from demos.machine_failure.data import PARTS, SEED, flights_left, parts, sensors, training, windows
from demos.machine_failure.features import learn_band, learn_index, statistics, straight_line

TREES, DEPTH, RATE, PART, SMALLEST, STRIDE = 150, 4, 0.06, 0.5, 20, 4


def boosted(table: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Nodes, numbers and bias of trees that add up to the flights left (scikit-learn's gradient boosting)."""
    from sklearn.ensemble import GradientBoostingRegressor

    from demos.tabular_trees import as_arrays

    grown = GradientBoostingRegressor(n_estimators=TREES, learning_rate=RATE, max_depth=DEPTH, subsample=PART,
                                      min_samples_leaf=SMALLEST, max_features=0.4, random_state=SEED)
    grown.fit(table, left)
    trees = [tree.tree_ for tree in grown.estimators_[:, 0]]
    nodes, numbers = as_arrays(trees, [RATE * tree.value[:, 0, 0] for tree in trees])
    return nodes, numbers, float(np.mean(left))


def same_length(arrays: list[np.ndarray], fill: float) -> np.ndarray:
    """Arrays `(T, N, 3)` with different N as one, what is missing filled."""
    most = max(array.shape[1] for array in arrays)
    return np.stack([np.pad(array, ((0, 0), (0, most - array.shape[1]), (0, 0)), constant_values=fill)
                     for array in arrays])


def train(data: Path, folder: Path) -> None:
    """Learn both methods and write their weights; prints each file's digest and size."""
    engines = training(data)
    given, left = [windows(one) for one in engines], [flights_left(one) for one in engines]
    readings = np.concatenate([sensors(one) for one in engines])
    reach = np.stack([readings.min(axis=0), readings.max(axis=0)])
    made, indices, said = [], [], {"boosting": [], "line": []}
    unseen = parts(len(engines))
    for number, part in enumerate(unseen):
        others = [i for i in range(len(engines)) if i not in set(part)]
        x, y = np.concatenate([given[i] for i in others]), np.concatenate([left[i] for i in others])
        made.append(boosted(statistics(x[::STRIDE]), y[::STRIDE]))
        indices.append(learn_index(x, y))
        judged = np.concatenate([given[i] for i in part])
        nodes, numbers, bias = made[-1]
        said["boosting"].append(np.clip(add_up(nodes, numbers, statistics(judged)) + bias, 0, CAP))
        said["line"].append(straight_line(judged, indices[-1]))
        print(f"part {number + 1} of {PARTS}", flush=True)
    truth = np.concatenate([left[i] for part in unseen for i in part])
    bands = {key: learn_band(np.concatenate(one), truth) for key, one in said.items()}
    keep({"nodes": same_length([nodes for nodes, _, _ in made], -1),
          "values": same_length([numbers for _, numbers, _ in made], 0),
          "bias": np.array([bias for _, _, bias in made]), "band": bands["boosting"], "reach": reach},
         folder / "boosting.safetensors")
    keep({"index": np.stack(indices), "band": bands["line"], "reach": reach}, folder / "line.safetensors")
    for key, one in said.items():
        print(key, "on unseen engines, root mean square error", np.sqrt(np.mean((np.concatenate(one) - truth) ** 2)))


def keep(arrays: dict[str, np.ndarray], path: Path) -> None:
    """Write arrays and print the file's digest and size."""
    from safetensors.numpy import save_file

    path.parent.mkdir(exist_ok=True)
    save_file({name: np.ascontiguousarray(value) for name, value in arrays.items()}, path, {"seed": str(SEED)})
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.stat().st_size / 1e6:.3f} MB")


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).with_name("weights"))
