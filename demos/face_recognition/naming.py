"""Faces with their 128 numbers, and whose they are among faces that were given a name; no model is needed for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from demos.results import Boxes

UNKNOWN = "not among the named"


@dataclass(frozen=True, eq=False)
class Faces(Boxes):
    """Faces of a picture: boxes, the 128 numbers of each, each cut out, and the picture small with its size.

    `vectors` `(n, 128)` float32; `chips` `(n, 150, 150, 3)` uint8; `picture` `(h, w, 3)` uint8 of a picture whose
    own `size` is width and height in pixels.
    """

    vectors: np.ndarray = field(kw_only=True)
    chips: np.ndarray = field(kw_only=True)
    picture: np.ndarray = field(kw_only=True)
    size: tuple[int, int] = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not len(self.vectors) == len(self.chips) == len(self.names):
            raise ValueError("one row of numbers and one picture for each face")


@dataclass(frozen=True)
class Named:
    """Who a face is taken for, and the distance to the nearest face of that name."""

    name: str
    distance: float


def name_faces(vectors: np.ndarray, known: Mapping[str, np.ndarray], threshold: float) -> list[Named]:
    """The nearest name for each face `(n, 128)`, or UNKNOWN where none is nearer than the threshold.

    `known` holds the numbers `(k, 128)` of one or more faces by name. Nobody is in one picture twice, so each name
    is given once, to the face that is nearest to it.
    """
    said = [Named(UNKNOWN, float("inf"))] * len(vectors)
    rows = [(distance(vector, many), number, name) for number, vector in enumerate(vectors)
            for name, many in known.items()]
    taken: set[str] = set()
    for far, number, name in sorted(rows):
        if said[number].name == UNKNOWN:
            if far < threshold and name not in taken:
                said[number] = Named(name, far)
                taken.add(name)
            elif far < said[number].distance:
                said[number] = Named(UNKNOWN, far)
    return said


def distance(vector: np.ndarray, known: np.ndarray) -> float:
    """How far a face `(128,)` is from the nearest of the known ones `(k, 128)`."""
    return float(np.linalg.norm(known - vector, axis=1).min())
