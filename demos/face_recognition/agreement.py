"""Holds the networks in PyTorch against dlib's own: the same numbers, the same faces, and how long both take."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.face_recognition import DETECTOR, RESNET
from demos.face_recognition.deep import FaceModel
from demos.face_recognition.detector import shared
from demos.face_recognition.faces import cut_out
from demos.face_recognition.make_samples import ADMIRAL, ASTRONAUT, MADE, PHOTOGRAPHER, photo
from demos.face_recognition.thumbnails import read_thumbnails
from demos.figures import Figure
from demos.weights import locate

SIZE = (640, 480)  # px of the photo that is timed
BATCH, TIMES = 16, 5
OTHERS = ("chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png")  # without a face
ONE_PLACE = 0.5  # overlap from which two boxes are one face
TIMED = "Both on the same processor in turns, the fastest of five runs, with as many threads as OMP_NUM_THREADS says."


def measure_network(key: str, model: FaceModel, data: Path, fixed: dict[str, str]) -> list[Figure]:
    """Largest difference of the numbers, faces found as dlib finds them, and the times of both."""
    import dlib

    detector, describer = (str(locate(row, Path(__file__).parent)) for row in (DETECTOR, RESNET))
    theirs = dlib.cnn_face_detection_model_v1(detector)
    photos = [np.asarray(photo(part)) for part in (ASTRONAUT, ADMIRAL, PHOTOGRAPHER)]
    photos += [np.asarray(make()) for make in MADE.values()]
    photos += [np.asarray(photo(f"scikit-image:skimage/data/{name}")) for name in OTHERS]
    boxes = [theirs_in(theirs, image) for image in photos]
    chips = [cut_out(image, box, 0.0, model.points).chip for image, found in zip(photos, boxes) for box in found]
    chips += [cut_out(image, np.array([60, 60, 185, 185]), 0.0, model.points).chip
              for image in read_thumbnails(data)[:BATCH]]
    describe = dlib.face_recognition_model_v1(describer)
    wanted = np.array([describe.compute_face_descriptor(chip) for chip in chips])
    far = float(np.abs(model.numbers(np.stack(chips)) - wanted).max())
    same = [agree(model.find_boxes(image)[0], found) for image, found in zip(photos, boxes)]
    about = {"data": "photos of scikit-image and matplotlib", **fixed}
    return [Figure(key, "largest_difference_in_millionths", 1e6 * far, items=len(chips), things="faces of photos", **about),
            Figure(key, "same_faces_as_dlib", sum(same) / len(same), items=len(same),
                   things=f"photos with {sum(map(len, boxes))} faces", **about),
            *times(key, model, photos[0], np.stack(chips[:BATCH]), theirs, describe, about)]


def theirs_in(detector: object, image: np.ndarray) -> np.ndarray:
    """What dlib's own detector finds in a picture, not enlarged: `(n, 4)`."""
    found = [one.rect for one in detector(np.ascontiguousarray(image), 0)]
    return np.array([(r.left(), r.top(), r.right() + 1, r.bottom() + 1) for r in found], np.float32).reshape(-1, 4)


def agree(ours: np.ndarray, theirs: np.ndarray) -> bool:
    """Whether both sets of boxes name the same faces, none more and none fewer."""
    return len(ours) == len(theirs) and all(shared(box, ours).max() >= ONE_PLACE for box in theirs)


def times(key: str, model: FaceModel, image: np.ndarray, chips: np.ndarray, detector: object, describe: object,
          about: dict[str, str]) -> list[Figure]:
    """Seconds for a photo, milliseconds for a face in a batch, and how many times as long dlib takes."""
    from PIL import Image

    wide = np.asarray(Image.fromarray(image).resize((SIZE[0], SIZE[0])).crop((0, 0, *SIZE)))
    seconds = fastest(lambda: model.find_boxes(wide), lambda: theirs_in(detector, wide))
    faces = fastest(lambda: model.numbers(chips), lambda: [describe.compute_face_descriptor(chip) for chip in chips])
    one, many = {"items": 1, "things": "photo of 640 by 480 pixels"}, {"items": BATCH, "things": "faces at once"}
    about = {**about, "note": TIMED}
    return [Figure(key, "seconds_a_photo", seconds[0], **one, **about),
            Figure(key, "dlib_takes_times_as_long_a_photo", seconds[1] / seconds[0], **one, **about),
            Figure(key, "milliseconds_a_face", 1000 * faces[0] / BATCH, **many, **about),
            Figure(key, "dlib_takes_times_as_long_a_face", faces[1] / faces[0], **many, **about)]


def fastest(*tasks: Callable[[], object]) -> list[float]:
    """The fewest seconds that each task takes, the tasks taking turns: what else runs here disturbs that least."""
    rows = []
    for _ in range(TIMES + 1):
        row = []
        for task in tasks:
            began = time.perf_counter()
            task()
            row.append(time.perf_counter() - began)
        rows.append(row)
    return [float(value) for value in np.min(rows[1:], axis=0)]  # the first run warms up
