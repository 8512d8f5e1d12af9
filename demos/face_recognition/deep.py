"""dlib's networks in PyTorch: find the faces, describe each with 128 numbers, compare the numbers.

King 2009 (dlib), 2017 (dlib-models, public domain); the networks run on a graphics card and in batches here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.face_recognition.calibration import Calibration, read_calibration
from demos.face_recognition.detector import detect, read_detector
from demos.face_recognition.faces import WHICH, faces_in, match, scaled, the_face
from demos.face_recognition.looking import looked_at
from demos.face_recognition.naming import Faces
from demos.face_recognition.network import NUMBERS, SIDE, describe, read_network
from demos.results import Match, View

if TYPE_CHECKING:
    import dlib
    import torch

PREVIEW = 960  # px
MOST = 64  # faces of one picture: more are not described


class FaceModel:
    """A detector, five landmarks, and the network that turns a face into 128 numbers.

    Faces whose score is below `sure` are not compared.
    """

    sure = 0.3  # photographed faces score about 1, what only resembles a face often less than this

    def __init__(self, detector: torch.nn.Sequential, network: torch.nn.Module, points: dlib.shape_predictor,
                 calibration: Calibration, device: str) -> None:
        self.detector, self.network, self.points = detector, network, points
        self.calibration, self.device = calibration, device

    def find_boxes(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Boxes `(n, 4)` and scores `(n,)` of the faces in a picture `(H, W, 3)` uint8."""
        found = detect(self.detector, image, self.device)
        return found.xyxy, found.scores

    def numbers(self, chips: np.ndarray) -> np.ndarray:
        """128 numbers `(n, 128)` for each cut-out face `(n, 150, 150, 3)` uint8."""
        return describe(self.network, chips, self.device)

    def distance(self, first: np.ndarray, second: np.ndarray) -> float:
        """How far the numbers of two cut-out faces `(150, 150, 3)` uint8 lie apart."""
        mine, other = self.numbers(np.stack([first, second]))
        return float(np.linalg.norm(mine - other))

    def predict(self, first: np.ndarray, second: np.ndarray) -> Match:
        """Whether the largest faces of two pictures `(H, W, 3)` uint8 are one person's.

        Raises BadInput where a picture shows no face.
        """
        faces, notes = zip(*(the_face(image, which, self.find_boxes, self.points, self.sure)
                             for image, which in zip((first, second), WHICH)))
        return match(self.distance(*(face.chip for face in faces)), self.calibration, faces, notes)

    def explain(self, first: np.ndarray, second: np.ndarray) -> list[View]:
        """What the network sees, where a change matters, and the numbers it compares."""
        faces = [the_face(image, which, self.find_boxes, self.points, self.sure)[0]
                 for image, which in zip((first, second), WHICH)]
        return looked_at(self.network, np.stack([face.chip for face in faces]), self.device)

    def find(self, image: np.ndarray) -> Faces:
        """All faces of a picture, the largest first, each with its 128 numbers."""
        found = faces_in(image, self.find_boxes, self.points)[:MOST]
        chips = np.stack([face.chip for face in found]) if found else np.zeros((0, SIDE, SIDE, 3), np.uint8)
        boxes = np.stack([face.box for face in found]) if found else np.zeros((0, 4))
        scores = np.array([min(face.score, 1.0) for face in found])
        preview = scaled(image, min(1.0, PREVIEW / max(image.shape[:2])))
        vectors = self.numbers(chips) if found else np.zeros((0, NUMBERS), np.float32)
        return Faces(boxes, ("face",) * len(found), scores, vectors=vectors, chips=chips, picture=preview,
                     size=(image.shape[1], image.shape[0]))


def load(weights: dict[str, Path], device: str) -> FaceModel:
    """Read dlib's files and this project's calibration, by the names of the rows in the card."""
    import dlib

    return FaceModel(read_detector(weights["dlib-detector"], device), read_network(weights["dlib-resnet"], device),
                     dlib.shape_predictor(str(weights["dlib-5-points"])),
                     read_calibration(weights["face-calibration"], "resnet"), device)
