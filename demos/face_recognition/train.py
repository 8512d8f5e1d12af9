"""Learns from which distance on two faces count as different, and how fast doubt ends around it.

    python -m demos.face_recognition.train DATA

DATA is the folder `skimage/data` of the installed scikit-image with `lfw_subset.npy`. Nothing is drawn by lot.

* LBP: its threshold and sharpness are a logistic regression on the first 50 faces: 150 pairs of a photo and an altered
  copy, and as many pairs of different photos, altered in the same ways.
* The network: the threshold of 0.6 and the 99.38 of 100 right answers on Labeled Faces in the Wild are its author's
  (Davis King, dlib 19.3, 2017). The sharpness follows from two bell curves of equal width on both sides of 0.6, so far
  apart that 62 in 10,000 of each lie on the wrong side; the width is the spread of the distances between the 100 faces.

Weakness: both rest on small or altered pictures, not on two photos of one person taken on different days.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from statistics import NormalDist

import numpy as np

from demos.errors import BadInput
from demos.face_recognition import DETECTOR, POINTS, RESNET
from demos.face_recognition.calibration import RIGHT_ON_LFW, Calibration
from demos.face_recognition.classical import HogAndPatterns
from demos.face_recognition.deep import FaceModel
from demos.face_recognition.detector import read_detector
from demos.face_recognition.faces import WHICH, the_face
from demos.face_recognition.network import read_network
from demos.face_recognition.thumbnails import ALTERED, CALIBRATING, read_thumbnails
from demos.weights import locate

OUTPUT = Path(__file__).with_name("weights") / "calibration.json"
THRESHOLD = 0.6  # published by dlib's author


def cut_faces(model: HogAndPatterns | FaceModel, photos: list[np.ndarray]) -> list[np.ndarray | None]:
    """The face of each photo, cut out; None where the model's detector finds none."""
    chips: list[np.ndarray | None] = []
    for photo in photos:
        try:
            chips.append(the_face(photo, WHICH[0], model.find_boxes, model.points, model.sure)[0].chip)
        except BadInput:
            chips.append(None)
    return chips


def pairs(count: int) -> list[tuple[int, int, int, bool]]:
    """(photo, photo of the altered copy, which alteration, whether both are one): as many that are as are not."""
    return [(i, (i + shift) % count, way, shift == 0) for way in range(len(ALTERED)) for i in range(count)
            for shift in (0, way + 1)]


def pattern_calibration(model: HogAndPatterns, photos: list[np.ndarray]) -> dict[str, float]:
    """Threshold and sharpness of LBP on pairs whose faces were both found."""
    from sklearn.linear_model import LogisticRegression

    plain = cut_faces(model, photos)
    altered = [cut_faces(model, [change(photo) for photo in photos]) for change in ALTERED]
    rows = [(model.distance(plain[i], altered[way][j]), same)
            for i, j, way, same in pairs(len(photos)) if plain[i] is not None and altered[way][j] is not None]
    distances, same = np.array([[row[0]] for row in rows]), np.array([row[1] for row in rows])
    fitted = LogisticRegression(C=1e6, class_weight="balanced").fit(distances, same)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    return {"threshold": round(-offset / slope, 4), "sharpness": round(-slope, 3)}


def network_calibration(model: FaceModel, photos: list[np.ndarray]) -> dict[str, float]:
    """The published threshold, and the sharpness that fits the published mistakes and the spread measured here."""
    chips = [chip for chip in cut_faces(model, photos) if chip is not None]
    vectors = model.numbers(np.stack(chips))
    spread = np.std([np.linalg.norm(a - b) for a, b in combinations(vectors, 2)])
    apart = 2 * NormalDist().inv_cdf(RIGHT_ON_LFW)  # between the middles of both bell curves, in widths
    return {"threshold": THRESHOLD, "sharpness": round(float(apart / spread), 3)}


def main() -> None:
    """Measure both and write `weights/calibration.json`."""
    import dlib

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    photos = read_thumbnails(parser.parse_args().data)
    paths = {row.name: locate(row, Path(__file__).parent) for row in (RESNET, DETECTOR, POINTS)}
    points, unset = dlib.shape_predictor(str(paths[POINTS.name])), Calibration(1.0, 1.0)
    patterns = HogAndPatterns(dlib.get_frontal_face_detector(), points, unset)
    network = FaceModel(read_detector(paths[DETECTOR.name], "cpu"), read_network(paths[RESNET.name], "cpu"), points,
                        unset, "cpu")
    found = {"lbp": pattern_calibration(patterns, photos[:CALIBRATING]), "resnet": network_calibration(network, photos)}
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(found, indent=1) + "\n")
    print(OUTPUT.name, found)


if __name__ == "__main__":
    main()
