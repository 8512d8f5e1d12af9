"""The way of before 2014: a detector of outlines finds the face, and counts of small patterns describe it.

HOG detector of dlib (Dalal and Triggs 2005; King 2015); local binary patterns of a face in 7 by 7 fields, compared
by the chi-square distance (Ahonen, Hadid and Pietikäinen 2006).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from demos.face_recognition.calibration import Calibration, read_calibration
from demos.face_recognition.faces import WHICH, match, the_face
from demos.results import Match, Picture, View

if TYPE_CHECKING:
    import dlib

SIDE, FIELDS = 98, 7  # px of the face, and fields in a row
POINTS, RADIUS = 8, 2  # neighbours that each pixel is held against, and px to them
KINDS = 59  # of patterns: 58 with at most two changes around the pixel, and all others


def patterns(chip: np.ndarray) -> np.ndarray:
    """The number of the pattern around each pixel, `(98, 98)` uint8, of a cut-out face `(H, W, 3)` uint8."""
    from skimage.feature import local_binary_pattern

    grey = Image.fromarray(chip).convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return local_binary_pattern(np.asarray(grey), POINTS, RADIUS, "nri_uniform").astype(np.uint8)


def counts(chip: np.ndarray) -> np.ndarray:
    """How often each pattern occurs in each field: `(49, 59)`, each field adds up to 1."""
    cell = SIDE // FIELDS
    fields = patterns(chip).reshape(FIELDS, cell, FIELDS, cell).swapaxes(1, 2).reshape(FIELDS ** 2, -1)
    return np.stack([np.bincount(field, minlength=KINDS) for field in fields]) / cell ** 2


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """The chi-square distance of two faces' counts, averaged over the fields: 0 alike, 2 nothing in common."""
    return float(((first - second) ** 2 / np.maximum(first + second, 1e-10)).sum(axis=1).mean())


class HogAndPatterns:
    """dlib's HOG detector and counts of local binary patterns."""

    sure = 0.0  # a photographed face may score as low as a drawn one

    def __init__(self, detector: dlib.fhog_object_detector, points: dlib.shape_predictor,
                 calibration: Calibration) -> None:
        self.detector, self.points, self.calibration = detector, points, calibration

    def find_boxes(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Boxes `(n, 4)` and scores `(n,)` of the faces seen from the front."""
        boxes, scores, _ = self.detector.run(np.ascontiguousarray(image), 0, 0.0)
        corners = [(box.left(), box.top(), box.right() + 1, box.bottom() + 1) for box in boxes]
        return np.array(corners, np.float32).reshape(-1, 4), np.array(scores, np.float32)

    def distance(self, first: np.ndarray, second: np.ndarray) -> float:
        """How far the patterns of two cut-out faces `(150, 150, 3)` uint8 lie apart."""
        return difference(counts(first), counts(second))

    def predict(self, first: np.ndarray, second: np.ndarray) -> Match:
        """Whether the largest faces of two pictures `(H, W, 3)` uint8 are one person's.

        Raises BadInput where a picture shows no face.
        """
        faces, notes = zip(*(the_face(image, which, self.find_boxes, self.points)
                             for image, which in zip((first, second), WHICH)))
        return match(self.distance(*(face.chip for face in faces)), self.calibration, faces, notes)

    def explain(self, first: np.ndarray, second: np.ndarray) -> list[View]:
        """The patterns of the first face, which are all that is counted."""
        face, _ = the_face(first, WHICH[0], self.find_boxes, self.points)
        drawn = (patterns(face.chip).astype(float) * 255 / (KINDS - 1)).astype(np.uint8)
        return [View("patterns", "What it counts", "Each pixel is given the number of the pattern around it; how "
                     "often each occurs in 49 fields is all that is compared.",
                     Picture(drawn.repeat(3, axis=0).repeat(3, axis=1)[..., None].repeat(3, axis=2)))]


def load(weights: dict[str, Path], device: str) -> HogAndPatterns:
    """Read the landmarks and the calibration; the detector is inside dlib. It runs on the processor."""
    import dlib

    return HogAndPatterns(dlib.get_frontal_face_detector(), dlib.shape_predictor(str(weights["dlib-5-points"])),
                          read_calibration(weights["face-calibration"], "lbp"))
