"""Reads a folder of photos with the numbers of their kinds.

It holds `labels.csv` (file, label as ImageNet's number or name), or one folder for each kind, named by its
number or name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from demos.errors import BadInput
from demos.image_recognition.deep import kinds


def labelled(data: Path) -> Iterator[tuple[Path, int]]:
    """The pictures of a folder with the numbers of their kinds, in a fixed order. Raises BadInput."""
    table = data / "labels.csv"
    if table.exists():
        with table.open(newline="") as file:
            for row in csv.DictReader(file):
                yield data / row["file"], _number(row["label"])
        return
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        for path in sorted(folder.iterdir()):
            yield path, _number(folder.name)


def _number(label: str) -> int:
    """ImageNet's number for a number or a name as torchvision writes it. Raises BadInput."""
    name = label.strip().replace("_", " ")
    if name.isdecimal() and int(name) < len(kinds()):
        return int(name)
    if name not in kinds():
        raise BadInput("A label in this folder is none of ImageNet's 1,000 numbers or names.")
    return kinds().index(name)
