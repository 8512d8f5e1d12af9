"""Measures the methods: on altered copies of 50 small faces (thumbnails.py), or on pairs named in a `pairs.csv`.

The folder `skimage/data` of the installed scikit-image gives the small faces, and agreement.py measures the networks
against dlib's own there. A folder with `pairs.csv` (columns first, second, same) gives any pairs of photos.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.face_recognition.agreement import measure_network
from demos.face_recognition.classical import HogAndPatterns
from demos.face_recognition.deep import FaceModel
from demos.face_recognition.drawn_faces import COUNT, drawn_face
from demos.face_recognition.thumbnails import ALTERED, CALIBRATING, FILE, read_thumbnails
from demos.face_recognition.train import cut_faces, pairs
from demos.figures import Figure, machine, today, wilson
from demos.media import decode_picture

Pair = tuple[np.ndarray, np.ndarray, bool]  # two photos (H, W, 3) uint8, and whether they show one person
COPIES = "100 small faces of scikit-image, the second 50"
COPIES_NOTE = (
    "Half of the pairs are a photo and its copy (mirrored; turned by 10 degrees and darkened; cut and saved as a poor "
    "JPEG), half are photos of different people, one of them altered in the same way. The faces are 25 pixels wide and "
    "were enlarged. A copy is easier than a photo of another day, so this flatters both methods; a face that was not "
    "found counts as wrong.")
STRANGERS_NOTE = ("Every two of the 100 faces, which are taken to be of different people; a few pairs may show one "
                  "person after all. Counted as mistakes are those called the same person.")


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods on this folder. Raises BadInput for another folder.

    `limit` takes so many pairs, and leaves out what is held against dlib's own networks, which takes a minute.
    """
    fixed = {"date": today(), "command": command, "machine": machine()}
    figures: list[Figure] = []
    if (data / FILE).exists():
        photos = read_thumbnails(data)
        for key in methods:
            model = load(key)
            figures += [*_on_copies(key, model, photos[CALIBRATING:], limit, fixed), *_drawings(key, model, fixed)]
            if isinstance(model, FaceModel):
                figures.append(_strangers(key, model, photos, fixed))
                figures += measure_network(key, model, data, fixed) if limit is None else []
        return figures
    if not (data / "pairs.csv").exists():
        raise BadInput(f"This folder holds neither {FILE} nor pairs.csv.")
    about = {"data": data.name, "things": "pairs of photos", "note": "A face that was not found counts as wrong.", **fixed}
    for key in methods:
        figures += _on_pairs(key, load(key), list(_named(data))[:limit], about)
    return figures


def _on_copies(key: str, model: FaceModel | HogAndPatterns, photos: list[np.ndarray], limit: int | None,
               fixed: dict[str, str]) -> list[Figure]:
    """Right answers on photos and altered copies. Each face is found once, although it occurs in several pairs."""
    plain = cut_faces(model, photos)
    altered = [cut_faces(model, [change(photo) for photo in photos]) for change in ALTERED]
    right = found = 0
    asked = list(pairs(len(photos)))[:limit]
    for i, j, way, same in asked:
        first, second = plain[i], altered[way][j]
        if first is not None and second is not None:
            found += 1
            right += (model.distance(first, second) < model.calibration.threshold) == same
    about = {"data": COPIES, "things": "pairs of faces 25 pixels wide", "note": COPIES_NOTE, **fixed}
    return _rates(key, right, found, len(asked), about)


def _named(data: Path) -> Iterator[Pair]:
    """The pairs of `pairs.csv`; `same` is 1 or 0."""
    with (data / "pairs.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            first, second = (decode_picture((data / row[name]).read_bytes()) for name in ("first", "second"))
            yield first, second, row["same"] == "1"


def _on_pairs(key: str, model: Model, given: list[Pair], about: dict[str, str]) -> list[Figure]:
    """Right answers on pairs of photos, and of how many pairs both faces were found."""
    right = found = 0
    for first, second, same in given:
        with suppress(BadInput):
            right += model.predict(first, second).ids[0] == same
            found += 1
    return _rates(key, right, found, len(given), about)


def _rates(key: str, right: int, found: int, items: int, about: dict[str, str]) -> list[Figure]:
    rows = (("accuracy", right, items), ("accuracy_where_found", right, found), ("faces_found", found, items))
    return [_share(key, metric, count, of, about) for metric, count, of in rows if of]


def _drawings(key: str, model: FaceModel | HogAndPatterns, fixed: dict[str, str]) -> list[Figure]:
    """How many drawn faces the detector takes for real ones, and how many the check for drawings lets pass."""
    drawings = [drawn_face(seed) for seed in range(COUNT)]
    found = sum(bool(len(model.find_boxes(drawing)[0])) for drawing in drawings)
    passed = sum(chip is not None for chip in cut_faces(model, drawings))
    about = {"data": "40 faces drawn by this project", "things": "drawn faces", **fixed}
    return [_share(key, "drawings_found", found, COUNT, about), _share(key, "drawings_compared", passed, COUNT, about)]


def _strangers(key: str, model: FaceModel, photos: list[np.ndarray], fixed: dict[str, str]) -> Figure:
    """How often two different small faces are called the same person."""
    chips = [chip for chip in cut_faces(model, photos) if chip is not None]
    vectors = model.numbers(np.stack(chips))
    distances = [float(np.linalg.norm(a - b)) for a, b in combinations(vectors, 2)]
    mistaken = sum(distance < model.calibration.threshold for distance in distances)
    about = {"data": "100 small faces of scikit-image", "things": "pairs of different people, 25 pixels wide",
             "note": STRANGERS_NOTE, **fixed}
    return _share(key, "strangers_called_the_same", mistaken, len(distances), about)


def _share(key: str, metric: str, count: int, items: int, about: dict[str, str]) -> Figure:
    low, high = wilson(count, items)
    return Figure(key, metric, count / items, items=items, low=low, high=high, **about)
