"""Draws the ready-made lessons, teaches them, and cuts the samples: `python -m demos.teach_it.make_samples`.

Each lesson is a sheet (a row of twelve tiles for each name) and what was taught from it. Nothing that is tried was
taught: other seeds of the drawn faces, the other half of each photo, other people's digits, other slices.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from demos.teach_it.drawings import DIGITS, GROUNDS, MOODS, PLANES, digit, face, ground, slice_of_brain
from demos.teach_it.examples import SAMPLES, SETS, Examples
from demos.teach_it.sheets import EACH, names_of, read_sheet

QUALITY = 88
ORDERS = np.random.default_rng(0).permutation(170)[:EACH]  # of the digits: from many writers


def tiles(key: str) -> dict[str, list[np.ndarray]]:
    """Name -> the twelve pictures of a lesson."""
    if key == "smiles":
        return {mood: [face(mood, seed) for seed in range(EACH)] for mood in MOODS}
    if key == "grounds":
        return {name: [ground(name, number, left=True) for number in range(EACH)] for name in GROUNDS}
    if key == "digits":
        return {name: [digit(name, number) for number in ORDERS] for name in DIGITS}
    return {name: [slice_of_brain(name, (place + 0.5) / EACH) for place in range(EACH)] for name in PLANES}


def tried() -> dict[str, np.ndarray]:
    """The samples by file name."""
    return {"face_sad": face("sad", 105), "face_happy": face("happy", 107), "digit_three": digit("three", 171),
            "ground_gravel": ground("gravel", 103, left=False), "slice_front": slice_of_brain("from the front", 0.57)}


def _save(picture: np.ndarray, name: str) -> None:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=QUALITY, optimize=True)
    (SAMPLES / f"{name}.jpg").write_bytes(out.getvalue())


def teach_sheets() -> None:
    """Write what is learnt from each sheet; needs the weights of train.py."""
    from demos.engine import InlineEngine

    teacher = InlineEngine(device="cpu").load("teach_it", "network")
    for key in SETS:
        pictures = read_sheet(key)
        examples = Examples(names_of(key), tuple(pictures), tuple(np.repeat(range(len(names_of(key))), EACH).tolist()))
        *_, (_, lesson) = teacher.teach(examples)
        (SAMPLES / f"{key}.safetensors").write_bytes(lesson.data)


def main() -> None:
    """Write all of them."""
    SAMPLES.mkdir(exist_ok=True)
    for key in SETS:
        _save(np.concatenate([np.concatenate(row, axis=1) for row in tiles(key).values()]), key)
    for name, picture in tried().items():
        _save(picture, name)
    teach_sheets()


if __name__ == "__main__":
    main()
