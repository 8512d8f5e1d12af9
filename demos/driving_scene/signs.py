"""Finds what may be a traffic sign by colour and shape; reading it is left to the traffic signs demo.

Signs are painted in strong red, blue or yellow and are about as wide as high. That is all that is asked here, so
red cars and blue shirts come through too: the reader must say that they are no signs.
"""

from __future__ import annotations

import cv2
import numpy as np

LONGER_SIDE = 960  # px: larger pictures are shrunk for the search
SMALLEST, LARGEST = 14, 0.4  # px; of the shorter side
SLIM = (0.6, 1.5)  # width by height
FULL = 0.42  # of its box a sign's outline encloses at least so much (a triangle: half)
MOST = 24  # candidates, the largest first
MARGIN = 0.06  # around the outline, as the signs to learn from have it
# hue from and to (of 180), least saturation and light, in OpenCV's HSV
COLOURS = (((0, 9), 85, 45), ((168, 180), 85, 45), ((98, 128), 95, 35), ((14, 32), 120, 70))


def candidates(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Boxes `(k, 4)` float32 px of what may be signs in a picture `(H, W, 3)` uint8 RGB, and the mask of colours.

    The mask is `(h, w)` uint8 in the size of the search.
    """
    scale = min(1.0, LONGER_SIDE / max(image.shape[:2]))
    size = tuple(max(1, round(side * scale)) for side in image.shape[1::-1])
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
    hsv = cv2.cvtColor(cv2.GaussianBlur(small, (3, 3), 0), cv2.COLOR_RGB2HSV)
    masks = [cv2.inRange(hsv, np.array([low, strong, light]), np.array([high, 255, 255]))
             for (low, high), strong, light in COLOURS]
    masks = [masks[0] | masks[1], *masks[2:]]  # red lies at both ends of the circle of hues
    found = []
    for mask in masks:
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        found += [box for outline in outlines if (box := _box(outline, min(size))) is not None]
    found.sort(key=lambda box: -(box[2] - box[0]))
    boxes = np.array(found[:MOST], np.float32).reshape(-1, 4) / scale
    return boxes.clip(0, [image.shape[1], image.shape[0]] * 2).astype(np.float32), np.bitwise_or.reduce(masks)


def _box(outline: np.ndarray, shorter: int) -> tuple[float, ...] | None:
    """The box of an outline that a sign could have, with a margin, or None."""
    x, y, width, height = cv2.boundingRect(outline)
    if not (SMALLEST <= height <= LARGEST * shorter and SLIM[0] <= width / height <= SLIM[1]):
        return None
    hull = cv2.convexHull(outline)
    if cv2.contourArea(hull) < FULL * width * height:
        return None
    across, down = MARGIN * width, MARGIN * height
    return x - across, y - down, x + width + across, y + height + down


def cut(image: np.ndarray, boxes: np.ndarray) -> list[np.ndarray]:
    """The pieces of a picture inside the boxes `(k, 4)` px, none empty."""
    pieces = []
    for x0, y0, x1, y1 in boxes.astype(int):
        pieces.append(image[y0:max(y1, y0 + 1), x0:max(x1, x0 + 1)])
    return pieces
