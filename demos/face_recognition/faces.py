"""Finds faces in a photo, turns each upright and cuts it out: the same steps for every method here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from demos.errors import BadInput
from demos.face_recognition.calibration import DIFFERENT, SAME, Calibration
from demos.results import Boxes, Match

if TYPE_CHECKING:
    import dlib

SIDE, MARGIN = 150, 0.25  # px of a cut-out face and what is around it, as dlib's network was taught
QUICK, THOROUGH = 640, 1600  # px: the longer side at which is looked first, and again where nothing was found
WHICH = ("The first picture", "The second picture")
SMALL = 50  # px: a face narrower than this has lost what tells people apart
EVEN, DARK = 0.5, 100  # the share of even places from which a face counts as drawn, unless it is darker (of 255)
NO_FACE = ("No face was found in {which}. Please give a photo that shows a person's face from the front; animals do "
           "not count, and faces that are very small, dark or turned away are not found.")
DOUBTFUL = ("In {which} only something that resembles a face was found, such as a drawing, a statue or an animal. "
            "Please give a photo that shows a person's face from the front.")
DRAWN = ("The face in {which} looks drawn: large parts of it have one even colour, as no skin has. "
         "Please give a photo that shows a person's face from the front.")
MANY = "{which} shows {count} faces; the largest was compared."
TINY = "The face in {which} is only {width} pixels wide. Small faces look alike to it, so trust this less."
Find = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]  # a picture to boxes (n, 4) and scores (n,)


@dataclass(frozen=True, eq=False)
class Face:
    """One face: box `(4,)` float32 x0 y0 x1 y1 in pixels of the picture, score, cut out `(150, 150, 3)` uint8."""

    box: np.ndarray
    score: float
    chip: np.ndarray

    @property
    def width(self) -> float:
        """Pixels from side to side."""
        return float(self.box[2] - self.box[0])


def faces_in(image: np.ndarray, find: Find, points: dlib.shape_predictor, first_side: int = THOROUGH,
             sure: float = -np.inf) -> list[Face]:
    """The faces of a picture `(H, W, 3)` uint8, the largest first; none found is an empty list.

    The picture is looked at with `first_side` pixels at most; where no face scores `sure`, a small one is looked
    at again enlarged and a large one in finer detail.
    """
    longer, faces = max(image.shape[:2]), list[Face]()
    again = max(2 * longer, QUICK) if longer <= QUICK else min(longer, THOROUGH)
    for side in dict.fromkeys((min(longer, first_side), again)):
        scale = side / longer
        boxes, scores = find(scaled(image, scale))
        order = np.argsort(boxes[:, 0] - boxes[:, 2], kind="stable")
        faces = [cut_out(image, boxes[n] / scale, float(scores[n]), points) for n in order] or faces
        if any(face.score >= sure for face in faces):
            break
    return faces


def scaled(image: np.ndarray, scale: float) -> np.ndarray:
    """A picture `(H, W, 3)` uint8 so many times as large."""
    if scale == 1:
        return np.ascontiguousarray(image)
    size = [max(1, round(side * scale)) for side in image.shape[1::-1]]
    way = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    return np.asarray(Image.fromarray(np.ascontiguousarray(image)).resize(size, way))


def cut_out(image: np.ndarray, box: np.ndarray, score: float, points: dlib.shape_predictor) -> Face:
    """The face in a box, turned and scaled by the corners of its eyes and its nose (5 points, Kazemi 2014)."""
    import dlib

    image = np.ascontiguousarray(image)
    left, top, right, bottom = (round(float(side)) for side in box)
    shape = points(image, dlib.rectangle(left, top, right - 1, bottom - 1))  # its last pixel is inside
    chip = np.asarray(dlib.get_face_chip(image, shape, size=SIDE, padding=MARGIN))
    return Face(box.astype(np.float32), score, chip)


def the_face(image: np.ndarray, which: str, find: Find, points: dlib.shape_predictor,
             sure: float = -np.inf) -> tuple[Face, str]:
    """The largest face of a picture, and what to tell about it; faces below the score `sure` do not count.

    Raises BadInput where there is none.
    """
    found = faces_in(image, find, points, QUICK, sure)
    if not found:
        raise BadInput(NO_FACE.format(which=which.lower()))
    found = [face for face in found if face.score >= sure]
    if not found:
        raise BadInput(DOUBTFUL.format(which=which.lower()))
    if looks_drawn(found[0].chip):
        raise BadInput(DRAWN.format(which=which.lower()))
    notes = [MANY.format(which=which, count=len(found))] if len(found) > 1 else []
    if found[0].width < SMALL:
        notes.append(TINY.format(which=which.lower(), width=round(found[0].width)))
    return found[0], " ".join(notes)


def looks_drawn(chip: np.ndarray) -> bool:
    """Whether a cut-out face `(H, W, 3)` uint8 is mostly of even colours.

    Measured: 11 drawings, also as poor JPEGs, 0.55 to 0.90 even; photos, also enlarged five times, up to 0.45. Dark
    photos have few shades and are not judged.
    """
    return bool(even_share(chip) >= EVEN and chip.mean() >= DARK)


def even_share(chip: np.ndarray) -> float:
    """The share of places whose neighbours on the right and below have the same colour, but for one step of 255."""
    whole = chip.astype(np.int16)
    right, down = (np.abs(np.diff(whole, axis=axis)).max(axis=2) <= 1 for axis in (1, 0))
    return float((right[:-1] & down[:, :-1]).mean())


def match(distance: float, calibration: Calibration, faces: tuple[Face, ...], notes: tuple[str, ...]) -> Match:
    """The answer for a distance, with the likelier name first; id 1 is the same person, 0 different people."""
    share = calibration.how_often_same(distance)
    rows = sorted([(share, SAME, 1), (1 - share, DIFFERENT, 0)], key=lambda row: -row[0])
    scores, names, ids = zip(*rows)
    return Match(names, np.array(scores, np.float32), ids, distance=distance, threshold=calibration.threshold,
                 first=boxed(faces[0]), second=boxed(faces[1]), note=" ".join(filter(None, notes)))


def boxed(face: Face) -> Boxes:
    """Where the face lies, to be drawn."""
    return Boxes(face.box[None], ("face",), np.array([np.nan_to_num(min(face.score, 1.0))]))
