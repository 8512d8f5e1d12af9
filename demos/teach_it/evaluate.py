"""Measures lessons on CIFAR-10: 1 to 50 examples of five of its ten things, many times; strangers; the time; ready-made ones.

Examples come from the training part (other pictures than train.py read), what is asked from the test part. Every lesson
draws its five things and its examples anew with its own seed, and both methods get the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, machine, today
from demos.teach_it.evaluate_sets import evaluate_sets
from demos.teach_it.examples import Examples
from demos.teach_it.head_start import write_head_start
from demos.teach_it.measures import kept_square
from demos.teach_it.measuring import LESSONS, Measured, lesson_figures, measure, time_to_learn
from demos.teach_it.tasks import EXAMPLES, TESTED, read_pool

SIZES = (1, 2, 3, 5, 10, 20, 50)
SAID = (5, 1, 50)  # the sizes that are figures of their own; the first is held against the other method's
COPY = "CIFAR-10's test pictures (JPEG copy), five of its ten things"
KEYS = {"classical": "hog_svm", "deep": "network"}
NOTE = (f"The median of {LESSONS} lessons, each with five things and examples drawn anew; the interval holds 95 in 100 of "
        "the lessons. Examples are from the training part. EfficientNet learnt from ImageNet, which shows such things too, "
        "in photos of its own; these pictures are enlarged from 32 pixels.")


@lru_cache(maxsize=1)
def _measured(data: Path, load: Callable[[str], Model], limit: int | None) -> Measured:
    """What came of the lessons; measured once for the figures and for the curve."""
    teacher: Any = load(KEYS["deep"])
    return measure(read_pool(data, "train", EXAMPLES, teacher.network), read_pool(data, "test", TESTED, teacher.network, limit),
                   teacher.constants, SIZES)


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of both methods; `limit` asks about so many test pictures of each thing."""
    about: dict[str, Any] = {"date": today(), "command": command, "machine": machine()}
    figures = lesson_figures(_measured(data, load, limit), KEYS, methods, SAID, COPY, things="small pictures", note=NOTE, **about)
    if KEYS["deep"] in methods:
        figures.append(_time(data, load(KEYS["deep"]), about))
    return figures + evaluate_sets(load, methods, about)


def _time(data: Path, teacher: Any, about: dict[str, Any]) -> Figure:
    """Seconds of the processor for a lesson of 60 pictures."""
    from demos.image_recognition.sheets import read_part

    pictures, numbers = read_part(data, "train")
    taken = [place for thing in range(3) for place in np.flatnonzero(numbers == thing)[:20]]
    examples = Examples(("a", "b", "c"), tuple(kept_square(pictures[place]) for place in taken), tuple(np.repeat(range(3), 20).tolist()))
    return time_to_learn(KEYS["deep"], teacher, examples, data="CIFAR-10's training pictures (JPEG copy)",
                         things="pictures of three things", **about)


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """The curve that the page shows."""
    found = _measured(data, load, None)
    write_head_start(folder, SIZES, found.right, data=COPY, items=str(found.items), date=today(), command=command, machine=machine())
