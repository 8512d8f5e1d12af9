"""Takes the tumour out of a slice: its place is covered with the same place of the other half of the head, mirrored.

So the network gets slices with nothing to find that come from the same scanners, with contrast agent and skull.
"""

from __future__ import annotations

import numpy as np

from demos.brain_scan.slices import Slice

WIDER = 1.35  # how much wider than the tumour's box the cover is, and MARGIN pixels more
MARGIN = 3
ALIKE = 0.2  # correlation of both halves, tumour aside: below it most heads lie askew or are seen from the side
LIT = 30  # of 255: brighter is head


def heal(one: Slice) -> np.ndarray | None:
    """The slice `(256, 256)` uint8 without its tumour; None where that cannot be done: the tumour reaches the middle,
    or the halves differ.
    """
    import cv2

    image, box = one.image, one.box
    columns = np.flatnonzero((image > LIT).any(axis=0))
    if not len(columns):
        return None
    middle = float(columns[0] + columns[-1]) / 2
    other = cv2.warpAffine(image, np.array([[-1, 0, 2 * middle], [0, 1, 0]]), image.shape[::-1])
    centre, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2 * WIDER + MARGIN
    if abs(centre[0] - middle) < half[0] + 2 or _alike(image, other, centre, half, middle) < ALIKE:
        return None
    y, x = np.mgrid[:len(image), :image.shape[1]]
    away = np.hypot((x - centre[0]) / half[0], (y - centre[1]) / half[1])
    share = np.clip((1.15 - away) / 0.3, 0, 1)
    return (image * (1 - share) + other * share).astype(np.uint8)


def _alike(image: np.ndarray, other: np.ndarray, centre: np.ndarray, half: np.ndarray, middle: float) -> float:
    """How alike (Pearson's r) a head and its mirror image are beside the tumour and its mirrored place."""
    beside = (image > LIT) | (other > LIT)
    rows = slice(max(0, int(centre[1] - half[1])), int(centre[1] + half[1]))
    for column in (centre[0], 2 * middle - centre[0]):
        beside[rows, max(0, int(column - half[0])):max(0, int(column + half[0]))] = False
    if not beside.any() or image[beside].std() == 0 or other[beside].std() == 0:
        return 0.0  # there is no correlation of what is even
    return float(np.corrcoef(image[beside], other[beside])[0, 1])


def healed_slices(slices: list[Slice]) -> list[np.ndarray]:
    """All of them that can be healed."""
    return [image for image in map(heal, slices) if image is not None]
