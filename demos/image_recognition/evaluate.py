"""Measures the methods: on CIFAR-10 (sheets.py), or on photos of ImageNet's kinds (photo_folder.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson
from demos.image_recognition.deep import kinds
from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.ten_names import as_ten

AT_ONCE = 32
COPY = "CIFAR-10, 5,000 of its test pictures (JPEG copy)"
WITHOUT_TRAINING = (
    "Without having been trained on these pictures: the certainties of the ImageNet kinds that belong to "
    "each of the ten names are added up. ImageNet has no deer; the antelopes stand in for them. The pictures "
    "are enlarged from 32 pixels.")
TAUGHT = 5_000
TAUGHT_SETUP = f"after learning the ten names from {TAUGHT:,} others"
TAUGHT_NOTE = (
    "The network stays as it is; only a last linear step from what it measures to the ten names was learnt, "
    f"from {TAUGHT:,} training pictures, a quarter of what the classical method had.")
TRAINED = "Trained on 20,000 training pictures of the same copy; C chosen on 3,000 of those."


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of those methods that can be measured on this folder.

    `limit` takes so many pictures, spread evenly; `load` gives the model of a method's key. Raises BadInput
    where the folder is neither of the two kinds.
    """
    fixed = {"date": today(), "command": command, "machine": machine()}
    if (data / "test.csv").exists():
        return _on_ten(data, load, methods, limit, fixed)
    return _on_folder(data, load, methods, limit, fixed)


def _share(method: str, metric: str, right: int, items: int, **about: str) -> Figure:
    low, high = wilson(right, items)
    return Figure(method, metric, right / items, items=items, low=low, high=high, **about)


def _spread(count: int, limit: int | None) -> np.ndarray:
    """The numbers of the pictures to take: all, or `limit` of them from the first to the last."""
    return np.linspace(0, count - 1, min(count, limit or count)).astype(int)


def _on_ten(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], limit: int | None,
            fixed: dict[str, str]) -> list[Figure]:
    """Right answers among the ten names, and how honest the classical method's certainties are."""
    from demos.image_recognition.classical import HogSvm
    from demos.image_recognition.sheets import read_part
    from demos.image_recognition.teaching import describe

    pictures, numbers = read_part(data, "test")
    taken = _spread(len(numbers), limit)
    pictures, numbers = pictures[taken], numbers[taken]
    figures = []
    for key in methods:
        model = load(key)
        about = {"data": COPY, "things": "small pictures of ten things", **fixed}
        if isinstance(model, HogSvm):
            scores = np.stack([model.scores(picture) for picture in pictures])
            about["note"] = TRAINED
        elif isinstance(model, PictureNetwork) and len(model.names) == len(kinds()):
            scores, described = describe(model, pictures)
            scores = as_ten(scores)
            about["note"] = WITHOUT_TRAINING
        else:
            continue  # needs words from a visitor
        right = scores.argmax(axis=1) == numbers
        figures.append(_share(key, "accuracy", int(right.sum()), len(right), **about))
        if isinstance(model, HogSvm):
            figures += _honesty(key, scores.max(axis=1), right, about)
        elif limit is None and key == "lite0":  # takes minutes, so for the default network only
            figures.append(_taught(key, model, data, described, numbers, about))
    return figures


def _taught(key: str, model: PictureNetwork, data: Path, described: np.ndarray, numbers: np.ndarray,
            about: dict[str, str]) -> Figure:
    """Right answers on the pictures `described` `(n, channels)` when the network may learn the ten names."""
    from demos.image_recognition.sheets import read_part
    from demos.image_recognition.teaching import teach

    pictures, truth = read_part(data, "train")
    taken = _spread(len(truth), TAUGHT)
    weights, bias = teach(model, pictures[taken], truth[taken])
    right = (described @ weights + bias).argmax(axis=1) == numbers
    return _share(key, "accuracy", int(right.sum()), len(right),
                  **{**about, "setup": TAUGHT_SETUP, "note": TAUGHT_NOTE})


def _honesty(key: str, certainty: np.ndarray, right: np.ndarray, about: dict[str, str]) -> list[Figure]:
    """How often the method is right when it is so sure, in steps of 20 in 100."""
    figures = []
    for low in (20, 40, 60, 80):
        here = right[(certainty >= low / 100) & (certainty < low / 100 + 0.2 + (low == 80))]
        metric = f"right_when_{low}_to_{low + 20}_sure"
        if len(here):
            figures.append(_share(key, metric, int(here.sum()), len(here), **about))
    return figures


def _on_folder(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], limit: int | None,
               fixed: dict[str, str]) -> list[Figure]:
    """The right kind as the first answer, and among the first five."""
    from demos.image_recognition.photo_folder import labelled
    from demos.media import decode_picture

    rows = list(labelled(data))
    if not rows:
        raise BadInput("This folder holds neither test.csv, nor labels.csv, nor folders of ImageNet's kinds.")
    rows = [rows[number] for number in _spread(len(rows), limit)]
    figures = []
    for key in methods:
        model = load(key)
        if not isinstance(model, PictureNetwork) or len(model.names) != len(kinds()):
            continue  # knows other kinds
        first = among_five = 0
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start:start + AT_ONCE]
            answers = model.predict_many([decode_picture(path.read_bytes()) for path, _ in part])
            first += sum(answer.ids[0] == label for answer, (_, label) in zip(answers, part))
            among_five += sum(label in answer.ids[:5] for answer, (_, label) in zip(answers, part))
        about = {"data": data.name, "things": "photos of 1,000 kinds", **fixed}
        figures += [_share(key, "accuracy", first, len(rows), **about),
                    _share(key, "top_5_accuracy", among_five, len(rows), **about)]
    return figures
