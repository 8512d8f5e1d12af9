"""Measures both methods on GTSRB's test signs (see sheets.py), or on pictures that are no signs (CIFAR-10)."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson
from demos.results import Labels
from demos.traffic_signs.names import SIGNS
from demos.traffic_signs.sheets import read_part

AT_ONCE = 64
COPY = "GTSRB, half of the official test (this copy: 32 px)"
THINGS = "CIFAR-10, its test pictures (JPEG copy)"
NOTES = {
    "hog_svm": "Learnt from every third picture of the official training part; C chosen on a tenth of its tracks.",
    "networks": "Learnt from nine tenths of the official training part's tracks; everything was decided on the tenth left "
                "out. Counted is the likeliest of the 43 signs, whatever the doubt. A first network, right in 99.38 of 100, "
                "was measured on them before; this one was chosen without them.",
}
PEOPLE = "For comparison: people 98.84, the winner of the competition 99.46 on the whole test (Stallkamp et al. 2012)."
STEPS = (0, 20, 40, 60, 80)  # certainty in 100


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods on this folder; `limit` takes so many pictures, spread evenly.

    Raises BadInput where the folder is neither of the two kinds.
    """
    fixed = {"date": today(), "command": command, "machine": machine()}
    if (data / "test_half.csv").exists():
        return _on_signs(data, load, methods, limit, fixed)
    if (data / "test.csv").exists():
        return _on_things(data, load, methods, limit, fixed)
    raise BadInput("This folder holds neither test_half.csv (signs) nor test.csv (other things).")


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...],
                 command: str) -> None:
    """Write confusion.json: which sign was taken for which and how often, for the page's table."""
    if not (data / "test_half.csv").exists():
        return
    pictures, numbers = _spread(data, None)
    found = {}
    for key in methods:
        said, _ = _ask(load(key), pictures)
        pairs = Counter(zip(numbers.tolist(), [answer.ids[0] for answer in said]))
        found[key] = [[true, taken, count] for (true, taken), count in sorted(pairs.items())]
    about = {"data": COPY, "items": len(numbers), "date": today(), "command": command, "machine": machine()}
    (folder / "confusion.json").write_text(json.dumps({**about, "pairs": found}) + "\n")


def _spread(data: Path, limit: int | None) -> tuple[np.ndarray, np.ndarray]:
    signs = read_part(data, "test_half")
    taken = np.linspace(0, len(signs.numbers) - 1, min(len(signs.numbers), limit or 10**9)).astype(int)
    return signs.pictures[taken], signs.numbers[taken]


def _ask(model: Model, pictures: np.ndarray) -> tuple[list[Labels], float]:
    """The answers, and the milliseconds that one took in a batch of 64 (the middle one of all batches)."""
    answers: list[Labels] = []
    took = []
    for start in range(0, len(pictures), AT_ONCE):
        part = list(pictures[start:start + AT_ONCE])
        began = time.perf_counter()
        answers += model.predict_many(part)
        took.append((time.perf_counter() - began) / len(part))
    return answers, 1000 * float(np.median(took))


def _share(method: str, metric: str, right: int, items: int, **about: str) -> Figure:
    low, high = wilson(right, items)
    return Figure(method, metric, right / items, items=items, low=low, high=high, **about)


def _on_signs(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], limit: int | None,
              fixed: dict[str, str]) -> list[Figure]:
    """Right answers, right among the first two, time, doubts, and how honest the certainties are."""
    pictures, numbers = _spread(data, limit)
    figures = []
    for key in methods:
        answers, milliseconds = _ask(load(key), pictures)
        ids = np.array([answer.ids for answer in answers])
        sure = np.array([answer.scores[0] for answer in answers])
        right = ids[:, 0] == numbers
        about = {"data": COPY, "things": "signs", "note": f"{NOTES[key]} {PEOPLE}", **fixed}
        figures += [_share(key, "accuracy", int(right.sum()), len(right), **about),
                    _share(key, "among_first_two", int((ids[:, :2] == numbers[:, None]).any(1).sum()), len(right), **about),
                    Figure(key, "milliseconds_each", milliseconds, items=len(right), **about,
                           setup=f"{AT_ONCE} at a time")]
        if any(answer.note for answer in answers):
            doubts = sum(bool(answer.note) for answer in answers)
            figures.append(_share(key, "doubted", doubts, len(right), **about))
        for low in STEPS:
            here = right[(100 * sure >= low) & (100 * sure < low + 20 + (low == STEPS[-1]))]
            if len(here):
                figures.append(_share(key, f"right_when_{low}_to_{low + 20}_sure", int(here.sum()), len(here), **about))
    assert numbers.max() < SIGNS
    return figures


def _on_things(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], limit: int | None,
               fixed: dict[str, str]) -> list[Figure]:
    """How often a method that can doubt does so where there is no sign."""
    from demos.image_recognition.sheets import read_part as read_things

    pictures = read_things(data, "test")[0]
    pictures = pictures[np.linspace(0, len(pictures) - 1, min(len(pictures), limit or 10**9)).astype(int)]
    figures = []
    for key in methods:
        answers, _ = _ask(load(key), pictures)
        doubts = sum(bool(answer.note) for answer in answers)
        figures.append(_share(key, "doubted", doubts, len(answers), data=THINGS, things="pictures of no signs", **fixed,
                              note="Such pictures, but other ones, were among those that it learnt from." if doubts
                              else "It has no way to say that something is no sign."))
    return figures
