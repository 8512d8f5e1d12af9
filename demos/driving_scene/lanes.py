"""Finds the lane the car is in, the classical way: paint, edges, straight lines, a gentle curve.

Edges by Canny (1986), lines by the Hough transform (Duda and Hart 1972; here its probabilistic form, Matas et al.
2000), by OpenCV. Nothing in it was learnt.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

WORK_WIDTH, TALLEST = 640, 1280  # px: every picture is looked at in this width, a very tall one in this height
TOP, BOTTOM = 0.60, 0.98  # of the height: where road is expected behind a windscreen
WIDE_TOP, WIDE_BOTTOM = 0.16, 1.15  # of the width: the trapezium's sides
STEEPEST, FLATTEST = 80.0, 22.0  # degrees from the horizontal
REACH = 0.022  # of the width: edges so close to a line belong to it
FEWEST = 25  # px of edges: with fewer there is no line


@dataclass(frozen=True)
class Lane:
    """What was found, and the pictures of each step on the way (all in the working size but `lines`).

    `lines` are `(k, 2)` px of the picture given, which is `width` px wide, the left one first, from near to far;
    none, one or two.
    """

    lines: tuple[np.ndarray, ...]
    width: int
    seen: np.ndarray
    paint: np.ndarray
    edges: np.ndarray
    trapezium: np.ndarray
    segments: np.ndarray


def find_lane(image: np.ndarray) -> Lane:
    """The lane in a picture `(H, W, 3)` uint8 RGB taken through a windscreen."""
    scale = min(WORK_WIDTH / image.shape[1], TALLEST / image.shape[0])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    seen = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    paint = _paint(seen)
    trapezium = _trapezium(seen.shape[:2])
    edges = cv2.Canny(cv2.GaussianBlur(paint, (5, 5), 0), 40, 110) & trapezium
    found = cv2.HoughLinesP(edges, 1, np.pi / 180, threshold=18, minLineLength=18, maxLineGap=26)
    segments = np.zeros((0, 4), np.float32) if found is None else found.reshape(-1, 4).astype(np.float32)
    lines = []
    for side in (-1, 1):
        own = _of_side(segments, side, seen.shape)
        line = _follow(own, edges, side)
        if line is not None:
            lines.append((line / scale).astype(np.float32))
    kept = np.concatenate([_of_side(segments, side, seen.shape) for side in (-1, 1)])
    return Lane(apart(lines), image.shape[1], seen, paint, edges, trapezium, kept)


def apart(lines: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    """The lines `(k, 2)`, left one first, without what lies beyond the place where two of them meet: lanes never cross.

    A line of which less than two points are left is gone.
    """
    if len(lines) < 2:
        return tuple(lines)
    left, right = lines
    rows = np.linspace(max(left[:, 1].min(), right[:, 1].min()), min(left[:, 1].max(), right[:, 1].max()), 50)
    columns = [np.interp(rows, one[::-1, 1], one[::-1, 0]) for one in lines]
    met = rows[columns[0] >= columns[1]]
    if not len(met):
        return tuple(lines)
    near = [one[one[:, 1] > met.max()] for one in lines]
    return tuple(one for one in near if len(one) > 1)


def _paint(seen: np.ndarray) -> np.ndarray:
    """`(h, w)` uint8: how much brighter or yellower each place is than the road to both sides of it.

    A top hat along the row takes away what is wider than a marking, such as sky, sun on the road and shade.
    """
    light = cv2.cvtColor(seen, cv2.COLOR_RGB2LAB)
    wide = cv2.getStructuringElement(cv2.MORPH_RECT, (35, 1))
    hats = [cv2.morphologyEx(channel, cv2.MORPH_TOPHAT, wide) for channel in (light[..., 0], light[..., 2])]
    hat = cv2.add(hats[0], hats[1])
    top = max(float(np.percentile(hat[hat.shape[0] * 6 // 10:], 99.7)), 12.0)
    return np.clip(hat * (255.0 / top), 0, 255).astype(np.uint8)


def _trapezium(shape: tuple[int, int]) -> np.ndarray:
    """`(h, w)` uint8, 255 where the own lane's markings are expected."""
    height, width = shape
    corners = [(0.5 - half, down) for half, down in ((WIDE_BOTTOM / 2, BOTTOM), (WIDE_TOP / 2, TOP))]
    corners += [(1 - x, down) for x, down in reversed(corners)]
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.array([(x * width, down * height) for x, down in corners], np.int32)], 255)
    return mask


def _of_side(segments: np.ndarray, side: int, shape: tuple[int, ...]) -> np.ndarray:
    """The segments that may be the left (-1) or right (1) marking: they lean inwards and start on that side."""
    height, width = shape[:2]
    run, rise = segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]
    angle = np.degrees(np.arctan2(np.abs(rise), np.abs(run)))
    leans = np.sign(run * rise) == side
    with np.errstate(divide="ignore", invalid="ignore"):
        foot = segments[:, 0] + (BOTTOM * height - segments[:, 1]) * run / rise
    beside = side * (foot - width / 2) > 0.02 * width
    return segments[leans & (angle > FLATTEST) & (angle < STEEPEST) & beside & (np.abs(foot - width / 2) < 0.95 * width)]


def _follow(segments: np.ndarray, edges: np.ndarray, side: int) -> np.ndarray | None:
    """One line through the edges near the strongest segments: `(20, 2)` from near to far, or None.

    Of all segments that one is believed that most edge pixels lie near, the inner one if two are alike; then a
    parabola through those pixels follows a bend.
    """
    rows, columns = np.nonzero(edges)
    if not len(segments) or not len(rows):
        return None
    height, width = edges.shape
    best, most = None, FEWEST
    for x0, y0, x1, y1 in segments:
        slope = (x1 - x0) / (y1 - y0)
        near = np.abs(columns - (x0 + (rows - y0) * slope)) < REACH * width * rows / height
        foot = x0 + (BOTTOM * height - y0) * slope
        votes = near.sum() * (1.25 - abs(foot - width / 2) / width)  # the own lane is the inner one
        if votes > most:
            best, most = near, votes
    if best is None or np.ptp(rows[best]) < 0.08 * height:
        return None
    y, x = rows[best].astype(float), columns[best].astype(float)
    middle, spread = y.mean(), max(np.ptp(y) / 2, 1.0)
    bends = 2 if np.ptp(y) > 0.2 * height and len(y) > 3 * FEWEST else 1
    curve = np.polynomial.polynomial.polyfit((y - middle) / spread, x, bends)
    down = np.linspace(min(BOTTOM * height, y.max() + 0.15 * height), y.min(), 20)
    across = np.polynomial.polynomial.polyval((down - middle) / spread, curve)
    return np.stack([across, down], axis=1)
