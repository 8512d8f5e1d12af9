"""Measures lessons on CIFAR-10: 1 to 50 examples of five of its ten things, many times; strangers; the time; ready-made ones.

Examples come from the training part (other pictures than train.py read), what is asked from the test part. Every lesson
draws its five things and its examples anew with its own seed, and both methods get the same ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, machine, today
from demos.teach_it.answering import Constants, certainties
from demos.teach_it.evaluate_sets import evaluate_sets
from demos.teach_it.examples import Examples
from demos.teach_it.head_start import write_head_start
from demos.teach_it.heads import FAMILIES, fit
from demos.teach_it.measures import kept_square
from demos.teach_it.practice import share_right
from demos.teach_it.tasks import EXAMPLES, TESTED, Pool, read_pool

SIZES = (1, 2, 3, 5, 10, 20, 50)
SAID = (5, 1, 50)  # the sizes that are figures of their own; the first is held against the other method's
LESSONS, THINGS = 20, 5
STRANGERS_WITH = 10  # examples of each thing
COPY = "CIFAR-10's test pictures (JPEG copy), five of its ten things"
KEYS = {"classical": "hog_svm", "deep": "network"}
NOTE = (f"The median of {LESSONS} lessons, each with five things and examples drawn anew; the interval holds 95 in 100 of "
        "the lessons. Examples are from the training part. EfficientNet learnt from ImageNet, which shows such things too, "
        "in photos of its own; these pictures are enlarged from 32 pixels.")
SLICE = "Lessons with {count} examples of each thing; as many strangers, of the other five things, as known ones."


@lru_cache(maxsize=1)
def _pools(data: Path, network: Any, limit: int | None) -> tuple[Pool, Pool]:
    """Pictures to learn from and to ask about; measured once for the figures and for the curve."""
    return (read_pool(data, "train", EXAMPLES, network),
            read_pool(data, "test", TESTED, network, limit))


def lesson(examples: Pool, asked: Pool, constants: dict[str, Constants], seed: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """By family the share right at each size `(m,)`; and `(family, 2)`: "none of these" to strangers, and to the known."""
    random = np.random.default_rng([2026, seed])
    things = random.permutation(10)[:THINGS]
    drawn = [random.permutation(examples.of(thing))[:max(SIZES)] for thing in things]
    held = np.concatenate([asked.of(thing) for thing in things])
    truth = np.repeat(np.arange(THINGS), [len(asked.of(thing)) for thing in things])
    others = np.flatnonzero(~np.isin(asked.numbers, things))
    right, none = {family: np.zeros(len(SIZES)) for family in FAMILIES}, np.zeros((len(FAMILIES), 2))
    for row, family in enumerate(FAMILIES):
        own = constants[family]
        learning, asking = own.scale.apply(examples.measured[family]), own.scale.apply(asked.measured[family])
        for place, size in enumerate(SIZES):
            learnt, labels = np.concatenate([one[:size] for one in drawn]), np.repeat(np.arange(THINGS), size)
            head = fit(family, learning[learnt], labels, own.strictness)
            right[family][place] = share_right(head.weigh(asking[held]).argmax(axis=1), truth)
            if size == STRANGERS_WITH:
                said = certainties(asking, learning[learnt], labels, head, own).argmax(axis=1) == THINGS
                none[row] = said[others].mean(), said[held].mean()
    return right, none


def _measure(data: Path, load: Callable[[str], Model], limit: int | None) -> tuple[dict[str, np.ndarray], np.ndarray, int]:
    """Family -> `(lessons, m)` shares right; `(lessons, family, 2)`; and how many pictures were asked about."""
    teacher: Any = load(KEYS["deep"])
    examples, asked = _pools(data, teacher.network, limit)
    rows = [lesson(examples, asked, teacher.constants, seed) for seed in range(LESSONS)]
    return ({family: np.stack([right[family] for right, _ in rows]) for family in FAMILIES},
            np.stack([none for _, none in rows]), len(asked.numbers))


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of both methods; `limit` asks about so many test pictures of each thing."""
    right, none, count = _measure(data, load, limit)
    about: dict[str, Any] = {"date": today(), "command": command, "machine": machine(), "items": count}
    figures = []
    for row, (family, key) in enumerate(KEYS.items()):
        if key not in methods:
            continue
        for size in SAID:
            values, each = right[family][:, SIZES.index(size)], f"{size} {'example' if size == 1 else 'examples'} of each"
            figures.append(_figure(key, "accuracy", values, data=f"{COPY}, {each}", things="small pictures",
                                   setup=f"after {each} of five things", note=NOTE, **about))
        for column, metric in enumerate(("strangers_named_none", "known_named_none")):
            figures.append(_figure(key, metric, none[:, row, column], data=f"{COPY}, the others as strangers",
                                   things="small pictures", note=SLICE.format(count=STRANGERS_WITH), **about))
    if KEYS["deep"] in methods:
        figures.append(_time(data, load(KEYS["deep"]), about))
    return figures + evaluate_sets(load, methods, about)


def _figure(key: str, metric: str, values: np.ndarray, **about: Any) -> Figure:
    """The median over the lessons, with what 95 in 100 of them hold."""
    return Figure(key, metric, float(np.median(values)), low=float(np.quantile(values, 0.025)),
                  high=float(np.quantile(values, 0.975)), **about)


def _time(data: Path, teacher: Any, about: dict[str, Any]) -> Figure:
    """Seconds of the processor for a lesson of 60 pictures, both methods and all checks."""
    from demos.image_recognition.sheets import read_part

    pictures, numbers = read_part(data, "train")
    taken = [place for thing in range(3) for place in np.flatnonzero(numbers == thing)[:20]]
    examples = Examples(("a", "b", "c"), tuple(kept_square(pictures[place]) for place in taken), tuple(np.repeat(range(3), 20).tolist()))
    began = time.process_time()
    for _ in teacher.teach(examples):
        pass
    return Figure(KEYS["deep"], "seconds_to_learn", time.process_time() - began, data="CIFAR-10's training pictures (JPEG copy)",
                  things="pictures of three things", note="Both methods, the curve and the check on held-back pictures.",
                  **{**about, "items": len(taken)})


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """The curve that the page shows."""
    right, _, count = _measure(data, load, None)
    write_head_start(folder, SIZES, right, data=COPY, items=str(count), date=today(), command=command, machine=machine())
