"""Makes each slice a little different every time that the network learns from it."""

from __future__ import annotations

import numpy as np

from demos.brain_scan.framing import even_out
from demos.brain_scan.slices import Slice

TURN = 15.0  # degrees to either side
SCALE = (0.78, 1.25)
SHIFT = 0.08  # of the side
MIRRORED = 0.5
GRAFTS = (0, 1)  # glioma and meningioma may lie anywhere; pituitary tumours have one place
BRAIN = 60  # of 255: brighter is brain, where a tumour may be put


def vary(image: np.ndarray, box: np.ndarray | None, side: int,
         chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray | None]:
    """The slice `(256, 256)` uint8 turned, scaled, moved, mirrored and lit otherwise, at `side` pixels; its box.

    The box is that of the turned ellipse in the old one.
    """
    import cv2

    angle = np.deg2rad(chance.uniform(-TURN, TURN))
    scale = np.exp(chance.uniform(*np.log(SCALE))) * side / len(image)
    matrix = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if chance.random() < MIRRORED:
        matrix[:, 0] *= -1
    middle = np.full(2, len(image) / 2)
    to = side / 2 + chance.uniform(-SHIFT, SHIFT, 2) * side
    whole = np.concatenate([matrix, (to - matrix @ middle)[:, None]], axis=1)
    moved = cv2.warpAffine(image, whole, (side, side), flags=cv2.INTER_LINEAR)
    if box is not None:
        centre, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2
        centre, half = matrix @ centre + whole[:, 2], np.sqrt((matrix * half) ** 2 @ np.ones(2))
        box = np.clip(np.concatenate([centre - half, centre + half]), 0, side)
    return relight(moved, chance), box


def relight(image: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Another brightness, contrast and sharpness, and a little noise, on `(H, W)` uint8."""
    import cv2

    levels = (np.arange(256) / 255.0) ** np.exp(chance.uniform(-0.4, 0.4)) * chance.uniform(0.75, 1.15)
    image = np.clip(255 * levels, 0, 255).astype(np.uint8)[image]
    if chance.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), chance.uniform(0.4, 1.2))
    if chance.random() < 0.3:
        noise = chance.standard_normal(image.shape, np.float32) * chance.uniform(1, 8)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    return image


def graft(tumour: Slice, healthy: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A tumour put into a healthy slice `(256, 256)` uint8 at a random place of the brain, softly; and its box.

    So the look of the healthy slices alone does not give the answer away.
    """
    import cv2

    x0, y0, x1, y1 = tumour.box.round().astype(int).clip(0, 256)
    size = np.maximum((np.array([x1 - x0, y1 - y0]) * chance.uniform(0.7, 1.1)).astype(int), 8)
    rows, columns = np.nonzero(healthy > BRAIN)
    pick = int(chance.integers(len(rows)))
    left, top = np.clip(np.array([columns[pick], rows[pick]]) - size // 2, 0, 256 - size)
    lump = cv2.resize(even_out(tumour.image)[y0:y1, x0:x1], tuple(map(int, size))).astype(np.float32)
    y, x = np.mgrid[-1:1:size[1] * 1j, -1:1:size[0] * 1j]
    share = np.clip(2.2 * (1 - np.hypot(x, y)), 0, 1)
    into = healthy.astype(np.float32)
    part = np.s_[top:top + size[1], left:left + size[0]]
    # as much brighter or darker than what is around it as it was where it comes from
    around = np.median(even_out(tumour.image)[tumour.image > BRAIN // 2])
    lump = lump * np.median(healthy[healthy > BRAIN]) / max(float(around), 1.0)
    into[part] = into[part] * (1 - share) + lump * share
    corner = np.array([left, top], float)
    return np.clip(into, 0, 255).astype(np.uint8), np.concatenate([corner, corner + size])
