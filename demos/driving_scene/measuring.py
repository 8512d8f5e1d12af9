"""How good boxes and lanes are: average precision after Pascal VOC 2010 and later, and pixels beside the true line."""

from __future__ import annotations

import numpy as np


def overlaps(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Intersection over union of each of `(n, 4)` boxes with each of `(m, 4)`: `(n, m)`."""
    low, high = np.maximum(first[:, None, :2], second[None, :, :2]), np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (first, second)]
    return shared / np.maximum(areas[0][:, None] + areas[1][None] - shared, 1e-9)


def matched(found: np.ndarray, true: np.ndarray, least: float = 0.5) -> np.ndarray:
    """Which of the found boxes `(n, 4)`, the surest first, are right: `(n,)` bool. Each true box counts once."""
    right, free = np.zeros(len(found), bool), np.ones(len(true), bool)
    if len(found) and len(true):
        for number, row in enumerate(overlaps(found, true)):
            best = int(np.where(free, row, -1).argmax())
            if free[best] and row[best] >= least:
                right[number], free[best] = True, False
    return right


def average_precision(answers: list[tuple[np.ndarray, np.ndarray]], truths: list[np.ndarray],
                      least: float = 0.5) -> float:
    """The area under the curve of precision over recall.

    `answers` are, for each picture, boxes `(n, 4)` with scores `(n,)`; `truths` the true boxes `(m, 4)`. A box is
    right when it shares at least `least` (IoU) with a true one that no surer box has taken.
    """
    scores, right = [], []
    for (boxes, sure), true in zip(answers, truths):
        order = np.argsort(-sure, kind="stable")
        scores.append(sure[order])
        right.append(matched(boxes[order], true, least))
    order = np.argsort(-np.concatenate(scores), kind="stable")
    hits = np.concatenate(right)[order].cumsum()
    things = sum(map(len, truths))
    precision = hits / np.arange(1, len(hits) + 1)
    recall = np.concatenate([[0.0], hits / max(things, 1)])
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall) * best_from_here))


def lane_error(lines: tuple[np.ndarray, ...], true: tuple[np.ndarray, ...], height: int) -> tuple[float, int]:
    """Mean distance along the row, in px, between found and true lines, and how many of the true were found.

    Measured from the bottom to 70 % of the picture's height, on the rows that both lines have; a true line counts
    as found when a found one is on average within 40 px of it.
    """
    off, found = [], 0
    for line in true:
        best = None
        for other in lines:
            low = max(line[:, 1].min(), other[:, 1].min(), 0.7 * height)
            high = min(line[:, 1].max(), other[:, 1].max())
            if high - low < 0.05 * height:
                continue
            rows = np.linspace(low, high, 30)
            columns = [np.interp(rows, one[::-1, 1], one[::-1, 0]) for one in (line, other)]
            distance = float(np.abs(columns[0] - columns[1]).mean())
            best = distance if best is None else min(best, distance)
        if best is not None and best < 40:
            off.append(best)
            found += 1
    return (float(np.mean(off)) if off else float("nan")), found
