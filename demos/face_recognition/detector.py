"""dlib's face detector in PyTorch: a small network slid over the picture at many sizes.

The network learnt with max-margin object detection (King 2015, arXiv:1502.00046; dlib-models, public domain). It looks
for faces of 80 pixels, so the picture is shrunk step by step until a large face has that size too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from demos.face_recognition.dat import read_tensors
from demos.face_recognition.network import fold, pixels

WINDOW = 80  # px: the smallest face that is found at the picture's own size
STEP = 5 / 6  # from one size to the next
BORDER, GAP = 11, 10  # px of nothing around all copies and between them, as in dlib: faces at the edge are found too
LEAST = 5  # px: the height of the smallest copy
SMALLEST = 29  # px: of a sheet; the convolutions need as many
SHIFT = 0.3  # px that a place moves from one copy to the next larger one, as measured on dlib's boxes
GRID, FIRST = 8, 14  # px: the windows' centres lie at 14, 22, 30 …
MOST_OVERLAP = 0.338  # of two boxes, in the file of the weights
LAYERS = ((5, 2, 0, 3, 16), (5, 2, 0, 16, 32), (5, 2, 0, 32, 32), (5, 1, 2, 32, 45), (5, 1, 2, 45, 45),
          (5, 1, 2, 45, 45), (9, 1, 4, 45, 1))  # side, stride, padding, channels in and out
EPSILON = 1e-4  # of dlib's batch normalisation


@dataclass(frozen=True, eq=False)
class Found:
    """Faces by falling score: boxes `(n, 4)` float32 x0 y0 x1 y1 in pixels, scores `(n,)`; above 0 is a face."""

    xyxy: np.ndarray
    scores: np.ndarray


def read_detector(path: Path, device: str) -> nn.Sequential:
    """The network with dlib's numbers; batch normalisation is put into the convolutions."""
    parts = [nn.Conv2d(before, after, side, stride, padding) for side, stride, padding, before, after in LAYERS]
    counts = [n for part in parts[:-1]
              for n in (part.weight.numel() + part.out_channels, 2 * part.out_channels, *[part.out_channels] * 4)]
    tensors = read_tensors(path, [*counts, parts[-1].weight.numel() + 1])
    layers: list[nn.Module] = []
    with torch.no_grad():
        for number, part in enumerate(parts[:-1]):
            flat, scale, _, _, mean, variance = tensors[6 * number:6 * number + 6]
            gain, offset = np.split(scale, 2)
            gain = gain / np.sqrt(variance + EPSILON)
            fold(part, flat, gain, offset - mean * gain)
            layers += [part, nn.ReLU(inplace=True)]
        fold(parts[-1], tensors[-1], np.ones(1, np.float32), np.zeros(1, np.float32))
    network = nn.Sequential(*layers, parts[-1])
    return network.requires_grad_(False).eval().to(device, memory_format=torch.channels_last)


def detect(network: nn.Sequential, image: np.ndarray, device: str) -> Found:
    """The faces of a picture `(H, W, 3)` uint8 RGB that are at least 80 pixels wide in it."""
    places = tiling(*image.shape[:2])
    with torch.inference_mode():
        here = network(_sheet(pixels(image[None], device), places))[0, 0]
        rows, columns = torch.nonzero(here > 0, as_tuple=True)
        scores = here[rows, columns].float().cpu().numpy()
    centres = torch.stack([columns, rows], dim=1).cpu().numpy() * GRID + FIRST
    left_top, right_bottom = places[:, :2], places[:, :2] + places[:, 2:]
    outside = np.maximum(left_top - centres[:, None], centres[:, None] - right_bottom + 1).clip(0)
    level = (outside ** 2).sum(axis=2).argmin(axis=1)  # the copy that a place belongs to
    inside = centres - left_top[level]
    corners = np.hstack([inside - (WINDOW - 1) / 2, inside + (WINDOW - 1) / 2])  # first and last pixel
    times = STEP ** -level[:, None].astype(float)
    boxes = corners * times + SHIFT * (times - 1) / (1 / STEP - 1) + (0, 0, 1, 1)
    return _apart(boxes.astype(np.float32), scores)


def tiling(height: int, width: int) -> np.ndarray:
    """Where ever smaller copies of a picture lie on one sheet: `(levels, 4)` left, top, width and height in pixels.

    As dlib lays them: under each other on the left until half of what is left fits on the right, from the bottom up.
    The network sees beyond a copy's edge, so other places would give slightly other scores.
    """
    sizes = [(width, height)]
    while (smaller := tuple(int(side * STEP) for side in sizes[-1]))[1] >= LEAST and smaller[0]:
        sizes.append(smaller)
    rest = sum(h + GAP for _, h in sizes[1:]) - GAP
    places, top = [], BORDER
    for w, h in sizes:
        beside = w + GAP <= width - (places[-1][2] if places else 0)
        if places and beside and 2 * (top - BORDER - height) >= rest:
            break
        places.append((BORDER, top, w, h))
        top += h + GAP
    bottom = top - GAP
    for w, h in sizes[len(places):]:
        if bottom - h < BORDER + height and BORDER + width - w < BORDER + width:
            break  # it would lie on the picture itself
        places.append((BORDER + width - w, bottom - h, w, h))
        bottom -= h + GAP
    return np.array(places)


def _sheet(copy: torch.Tensor, places: np.ndarray) -> torch.Tensor:
    """The picture `(1, 3, H, W)` and its smaller copies on one sheet of mean grey."""
    across, down = (max(SMALLEST, int(side) + BORDER) for side in (places[:, :2] + places[:, 2:]).max(axis=0))
    sheet = torch.zeros((1, 3, down, across), device=copy.device).contiguous(memory_format=torch.channels_last)
    for left, top, width, height in places:
        if (height, width) != tuple(copy.shape[2:]):
            copy = F.interpolate(copy, (int(height), int(width)), mode="bilinear", align_corners=True)
        sheet[:, :, top:top + height, left:left + width] = copy
    return sheet


def _apart(boxes: np.ndarray, scores: np.ndarray) -> Found:
    """The strongest boxes that do not lie on a stronger one."""
    order = np.argsort(-scores, kind="stable")
    kept: list[int] = []
    for number in order:
        if not kept or shared(boxes[number], boxes[kept]).max() <= MOST_OVERLAP:
            kept.append(int(number))
    return Found(boxes[kept], scores[kept])


def shared(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """What a box `(4,)` and each of the others `(n, 4)` have in common, as a share of both together: `(n,)`."""
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    common = np.prod(np.clip(sides, 0, None), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1) + np.prod(box[2:] - box[:2])
    return common / np.maximum(areas - common, 1e-9)
