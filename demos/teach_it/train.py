"""Chooses what every lesson shares: `python -m demos.teach_it.train DATA` writes weights/lessons.safetensors.

DATA is CIFAR-10 as WebP sheets (see image_recognition/sheets.py). Of its training part the first 200 pictures of each
of the ten things are read, the test part is not. Their means and spreads scale both families' measures. Then 150
lessons like a visitor's are drawn with the seed: two to five of the ten things, 3 to 50 examples each from the first 100
pictures of a thing; held back are pictures of the second 100, of the taught things and of the others, which are
strangers. On those the strictness of both learners is chosen, their certainties are fitted, and a logistic regression
learns when to say "none of these", with 1 in 10 known pictures refused. Nothing is augmented. The same seed gives the same numbers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.image_recognition.train import fit_sharpness
from demos.teach_it.answering import likeness
from demos.teach_it.heads import FAMILIES, Head, fit, shares
from demos.teach_it.measures import Scale
from demos.teach_it.practice import share_right
from demos.teach_it.tasks import CONSTANTS, Pool, Task, draw_task, read_pool

SEED = 0
LESSONS, SIZES = 150, (3, 5, 10, 20, 50)
STRICTNESS = {"classical": (0.03, 0.1, 0.3, 1.0, 3.0, 10.0), "deep": (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)}
WRONGLY = 0.1  # of known things: calling more of them "none of these" would annoy, calling fewer would miss more strangers
TARGET = Path(__file__).with_name("weights") / "lessons.safetensors"


def scale_of(measured: np.ndarray) -> Scale:
    """Mean and spread of each of the measures `(n, d)`."""
    return Scale(measured.mean(axis=0).astype(np.float32), (measured.std(axis=0) + 1e-3).astype(np.float32))


def lessons(pool: Pool, count: int, sizes: tuple[int, ...] = SIZES, learning: tuple[int, int] = (0, 100),
            asking: tuple[int, int] = (100, 200)) -> list[Task]:
    """Lessons of two to five things and of all sizes, from and about those places of each thing."""
    random = np.random.default_rng(SEED)
    return [draw_task(pool.numbers, random, int(random.integers(2, 6)), sizes[number % len(sizes)], learning, asking)
            for number in range(count)]


def choose(rows: np.ndarray, family: str, tasks: list[Task]) -> dict[str, np.ndarray]:
    """The strictness, the sharpness and the weights of "none of these" for measures `(n, d)` of length one."""
    tried = {}
    for strictness in STRICTNESS[family]:
        heads = [fit(family, rows[task.learnt], task.labels, strictness) for task in tasks]
        weighed = [head.weigh(rows[task.held]) for head, task in zip(heads, tasks)]
        right = float(np.mean([share_right(one.argmax(axis=1), task.truth) for one, task in zip(weighed, tasks)]))
        print(f"{family}: C {strictness:g}: right {right:.4f} in {len(tasks)} lessons", file=sys.stderr)
        tried[strictness] = right, weighed, heads
    chosen = max(tried, key=lambda strictness: tried[strictness][0])
    _, weighed, heads = tried[chosen]
    most = max(one.shape[1] for one in weighed)  # lessons of fewer names get names that are never meant
    padded = np.concatenate([np.pad(one, ((0, 0), (0, most - one.shape[1])), constant_values=-1e3) for one in weighed])
    sharpness = fit_sharpness(padded, np.concatenate([task.truth for task in tasks]))
    return {"strictness": np.array([chosen], np.float32), "sharpness": np.array([sharpness], np.float32),
            "stranger": fit_stranger(rows, tasks, heads, sharpness)}


def fit_stranger(rows: np.ndarray, tasks: list[Task], heads: list[Head], sharpness: float) -> np.ndarray:
    """`(3,)` for `answering.likeness`: learnt from as many strangers as known things, then moved.

    The constant is moved to where WRONGLY of the pictures held back of taught things are called "none of these".
    """
    from sklearn.linear_model import LogisticRegression

    given = np.concatenate([likeness(rows[np.concatenate([task.held, task.strangers])], rows[task.learnt], task.labels)
                            for task in tasks])
    strange = np.concatenate([np.repeat([0, 1], [len(task.held), len(task.strangers)]) for task in tasks])
    learnt = LogisticRegression(C=1e4, class_weight="balanced", max_iter=1000).fit(given[:, :2], strange)
    most = np.concatenate([shares(head.weigh(rows[task.held]), sharpness).max(axis=1) for task, head in zip(tasks, heads)])
    # "none" wins where its odds are above the certainty of the likeliest name
    margin = given[strange == 0, :2] @ learnt.coef_[0] - np.log(most)
    return np.append(learnt.coef_[0], -np.quantile(margin, 1 - WRONGLY)).astype(np.float32)


def learn(pool: Pool, tasks: list[Task]) -> dict[str, np.ndarray]:
    """The arrays to store."""
    arrays: dict[str, np.ndarray] = {}
    for family in FAMILIES:
        scale = scale_of(pool.measured[family])
        chosen = choose(scale.apply(pool.measured[family]), family, tasks)
        arrays |= {f"{family}_mean": scale.mean, f"{family}_spread": scale.spread,
                   **{f"{family}_{name}": value for name, value in chosen.items()}}
    return arrays


def write(arrays: dict[str, np.ndarray], target: Path, data: str) -> None:
    """Store what was chosen, and say it where it is a number."""
    from safetensors.numpy import save_file

    target.parent.mkdir(exist_ok=True)
    save_file(arrays, target, metadata={"about": json.dumps({"seed": SEED, "lessons": LESSONS, "data": data}, sort_keys=True)})
    print({name: value.tolist() for name, value in arrays.items() if value.size < 4})


def main(data: Path) -> None:
    """Choose on the folder and write."""
    from demos.engine import InlineEngine

    pool = read_pool(data, "train", CONSTANTS, InlineEngine(device="cpu").load("image_recognition", "lite0"))
    write(learn(pool, lessons(pool, LESSONS)), TARGET, "CIFAR-10, JPEG copy, training part")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
