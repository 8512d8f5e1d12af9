"""Squares that the classical method took for vehicles, and drawn vehicles, to learn from in a second round.

The way of Dalal and Triggs (2005). The pictures are those that the network learns from too: street pictures without
vehicles, and drawn roads.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from demos.driving_scene.collage import Base, drawn_roads
from demos.driving_scene.finder import NAMES
from demos.driving_scene.hog import SIDE, slide, vehicle_hog
from demos.driving_scene.measuring import overlaps
from demos.driving_scene.streets import read_streets

MOST = 60  # false alarms of one picture
NEAR = 0.3  # a window that shares more (IoU) with a vehicle is no false alarm
SHIFTS = (-0.06, 0.0, 0.06)  # of its side: how far a drawn vehicle is moved inside its square


def learn_from(weights: np.ndarray, bias: float, streets: Path,
               random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Squares `(n, 64, 64, 3)` uint8 and whether each is a vehicle `(n,)` bool."""
    bases = drawn_roads(random) + [Base(street.image, np.zeros((0, 4), np.float32), np.zeros(0, int), True)
                                   for street in read_streets(streets, "train") if not street.vehicles]
    detector = vehicle_hog()
    detector.setSVMDetector(np.append(weights, bias).astype(np.float32))
    false, true = [], []
    for base in bases:
        cars = base.boxes[base.numbers == NAMES.index("vehicle")]
        boxes, far = slide(detector, base.image, "vehicle")
        alone = overlaps(boxes, cars).max(axis=1, initial=0) < NEAR
        false += [_square(base.image, box) for box in boxes[alone & (far > -0.2)][:MOST]]
        for x0, y0, x1, y1 in cars:
            side = 1.04 * max(x1 - x0, y1 - y0)
            true += [_square(base.image, _about((x0 + x1) / 2 + dx * side, (y0 + y1) / 2 + dy * side, side))
                     for dx in SHIFTS for dy in SHIFTS]
    return np.stack([*false, *true]), np.repeat([False, True], [len(false), len(true)])


def _about(x: float, y: float, side: float) -> np.ndarray:
    return np.array([x - side / 2, y - side / 2, x + side / 2, y + side / 2])


def _square(image: np.ndarray, box: np.ndarray) -> np.ndarray:
    """What is in a box, `(64, 64, 3)` uint8; beyond the picture its rim goes on."""
    x0, y0, x1, y1 = np.round(box).astype(int)
    rows = np.clip(np.arange(y0, max(y1, y0 + 1)), 0, image.shape[0] - 1)
    columns = np.clip(np.arange(x0, max(x1, x0 + 1)), 0, image.shape[1] - 1)
    piece = np.ascontiguousarray(image[rows][:, columns])
    return cv2.resize(piece, (SIDE, SIDE), interpolation=cv2.INTER_AREA if len(rows) > SIDE else cv2.INTER_LINEAR)
