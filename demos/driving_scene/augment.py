"""Small changes to a picture to learn from, and boxes that follow them."""

from __future__ import annotations

import cv2
import numpy as np


def area(boxes: np.ndarray) -> np.ndarray:
    """Of boxes `(..., 4)`, in square px; never zero."""
    return np.maximum((boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1]), 1e-6)


def shared(first: np.ndarray, second: np.ndarray) -> float:
    """Of the smaller of two boxes `(4,)`, how much lies in the other."""
    sides = np.minimum(first[2:], second[2:]) - np.maximum(first[:2], second[:2])
    return float(np.prod(np.maximum(sides, 0)) / min(area(first), area(second)))


def mirrored(boxes: np.ndarray, width: int) -> np.ndarray:
    """The boxes `(n, 4)` in the mirror image of a picture so many px wide."""
    return np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], axis=1)


def soft_square(size: int, edge: float) -> np.ndarray:
    """`(size, size, 1)` float32 in [0, 1]: 1 inside, falling to 0 over `edge` of the side."""
    along = np.clip((np.minimum(np.arange(size), np.arange(size)[::-1]) + 0.5) / max(1.0, edge * size), 0, 1)
    return np.minimum(along[:, None], along[None]).astype(np.float32)[..., None]


def cut_out(image: np.ndarray, scale: tuple[float, float], corner: np.ndarray, around: np.ndarray) -> np.ndarray:
    """The picture, scaled in x and y and moved by `corner` px, drawn over `around` `(h, w, 3)` uint8."""
    shrink = min(1.0, scale[1]) if scale[1] < 0.6 else 1.0  # warping alone would skip pixels
    source = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else image
    matrix = np.array([[scale[0] / shrink, 0, -corner[0]], [0, scale[1] / shrink, -corner[1]]])
    return cv2.warpAffine(source, matrix, around.shape[1::-1], dst=around, flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_TRANSPARENT)


def recoloured(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Lighter or darker, more or less contrast and colour, sometimes grey, blurred or grainy."""
    canvas = image.astype(np.float32)
    if random.random() < 0.15:
        canvas[:] = canvas.mean(axis=2, keepdims=True)
    middle = canvas.mean()
    canvas = (canvas - middle) * random.uniform(0.6, 1.35) + middle * random.uniform(0.45, 1.3)
    canvas = canvas * random.uniform(0.88, 1.12, 3).astype(np.float32)
    if random.random() < 0.25:
        canvas = cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.4, 1.6))
    if random.random() < 0.3:
        canvas = canvas + random.uniform(2, 14) * random.standard_normal((*image.shape[:2], 1), np.float32)
    return np.ascontiguousarray(np.clip(canvas, 0, 255).astype(np.uint8))
