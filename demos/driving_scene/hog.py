"""Outlines as a person chose to measure them (HOG; Dalal and Triggs 2005), slid over a picture by OpenCV.

For vehicles a descriptor of a 64 px square whose SVM is learnt by this folder's `train.py`; for people OpenCV's own
descriptor and SVM, which its authors trained on the INRIA people.
"""

from __future__ import annotations

import cv2
import numpy as np

SIDE, DIRECTIONS = 64, 18
LONGER_SIDE = 800  # px: larger pictures are shrunk for the search
LOWEST = -0.5  # distances from the SVM's border below this are not even counted
SAME = {"pedestrian": 0.5, "vehicle": 0.2}  # two boxes that share more (IoU) are one thing
PERSON_WIDE, PERSON_HIGH = 0.62, 0.85  # of OpenCV's window a person fills so much, as measured on training pictures
BEYOND = {"pedestrian": 0.2, "vehicle": 0.0}  # of the side: how far the picture is continued
STEP = {"pedestrian": 1.06, "vehicle": 1.2}  # from one size of the picture to the next


def vehicle_hog() -> cv2.HOGDescriptor:
    """The descriptor of a 64 px square: 7 x 7 blocks of 2 x 2 cells of 8 px, 18 directions."""
    return cv2.HOGDescriptor((SIDE, SIDE), (16, 16), (8, 8), (8, 8), DIRECTIONS, 1, -1.0, 0, 0.2, True, 64, True)


def people_hog() -> cv2.HOGDescriptor:
    """OpenCV's descriptor of people, 64 px wide and 128 px high, with its SVM."""
    hog = cv2.HOGDescriptor()
    hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
    return hog


def describe(pictures: np.ndarray) -> np.ndarray:
    """`(n, 3528)` float32 of pictures `(n, 64, 64, 3)` uint8 RGB."""
    hog = vehicle_hog()
    return np.stack([hog.compute(np.ascontiguousarray(picture)).ravel() for picture in pictures])


def slide(hog: cv2.HOGDescriptor, image: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Boxes `(n, 4)` px and distances from the SVM's border `(n,)`, the surest first, of a picture `(H, W, 3)` RGB.

    Pictures smaller than the window are set on grey. Of boxes that share much, the surest stays.
    """
    scale = min(1.0, LONGER_SIDE / max(image.shape[:2]))
    size = tuple(max(1, round(side * scale)) for side in image.shape[1::-1])
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
    # a window is larger than what it shows, so one about a thing at the rim reaches beyond the picture
    rim = [max(round(BEYOND[name] * side), (least - side + 1) // 2, 0) for least, side in zip(hog.winSize, size)]
    small = cv2.copyMakeBorder(small, rim[1], rim[1], rim[0], rim[0], cv2.BORDER_REPLICATE)
    found, weights = hog.detectMultiScale(np.ascontiguousarray(small), hitThreshold=LOWEST, winStride=(8, 8),
                                          scale=STEP[name], groupThreshold=0)
    if not len(found):
        return np.zeros((0, 4), np.float32), np.zeros(0, np.float32)
    boxes, sure = np.asarray(found, np.float32), np.asarray(weights, np.float32).ravel()
    if name == "pedestrian":
        middle = boxes[:, :2] + boxes[:, 2:] / 2
        sides = boxes[:, 2:] * np.array([PERSON_WIDE, PERSON_HIGH], np.float32)
        boxes = np.concatenate([middle - sides / 2, sides], axis=1)
    stay = np.asarray(cv2.dnn.NMSBoxes(boxes.tolist(), (sure - LOWEST).tolist(), 0.0, SAME[name]), int).ravel()
    boxes, sure = boxes[stay], sure[stay]
    xyxy = (np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1) - np.array(rim * 2)) / scale
    return xyxy.clip(0, [image.shape[1], image.shape[0]] * 2).astype(np.float32), sure
