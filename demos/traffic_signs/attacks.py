"""Two ways to fool a reader of signs: stickers, placed where they hurt most, and faint noise that is computed.

Both work on the small square that the methods are given, `(32, 32, 3)` uint8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from demos.results import Boxes
from demos.traffic_signs.names import NAMES, SIGNS
from demos.traffic_signs.sheets import SIDE

if TYPE_CHECKING:
    import torch

STICKER = 4  # pixels: an eighth of the square's width
STRIDE = 2  # pixels between the places that are tried
COLOURS = {"white": (240, 240, 240), "black": (25, 25, 25), "yellow": (245, 200, 40)}


def stick(picture: np.ndarray, row: int, column: int, colour: str) -> np.ndarray:
    """The picture with one more sticker, its upper left pixel at `row` and `column`."""
    changed = picture.copy()
    changed[row:row + STICKER, column:column + STICKER] = COLOURS[colour]
    return changed


def place_stickers(scores: Callable[[np.ndarray], np.ndarray], picture: np.ndarray, colour: str,
                   most: int) -> Iterator[tuple[float, Boxes]]:
    """Stick one after the other where the first answer loses most, until another sign wins or `most` are on.

    `scores` gives `(n, 43)` certainties of `(n, 32, 32, 3)`. The boxes are the stickers in pixels of the square,
    in order; a name is the answer with all stickers so far, and its score what is left of the first answer.
    """
    first = int(scores(picture[None])[0].argmax())
    places = [(row, column) for row in range(0, SIDE - STICKER + 1, STRIDE)
              for column in range(0, SIDE - STICKER + 1, STRIDE)]
    boxes: list[tuple[int, int, int, int]] = []
    names: list[str] = []
    left: list[float] = []
    while len(boxes) < most and (not names or names[-1] == NAMES[first]):
        tried = np.stack([stick(picture, row, column, colour) for row, column in places])
        said = scores(tried)
        worst = int(said[:, first].argmin())
        row, column = places[worst]
        picture = tried[worst]
        boxes.append((column, row, column + STICKER, row + STICKER))
        names.append(NAMES[int(said[worst, :SIGNS].argmax())])
        left.append(float(said[worst, first]))
        yield len(boxes) / most, Boxes(np.array(boxes), tuple(names), np.array(left))
    yield 1.0, Boxes(np.array(boxes), tuple(names), np.array(left))


def one_step(log_certainties: Callable[[torch.Tensor], torch.Tensor], picture: torch.Tensor,
             strength: float) -> torch.Tensor:
    """`(1, 3, 32, 32)` in [0, 1], each value moved by `strength` up or down: the way that hurts the answer most.

    The fast gradient sign method (Goodfellow et al. 2014, arXiv:1412.6572); `log_certainties` gives `(1, k)`.
    """
    import torch

    with torch.enable_grad():
        moved = picture.clone().requires_grad_(True)
        certainty = log_certainties(moved).amax()
        (slope,) = torch.autograd.grad(certainty, moved)
    return (picture - strength * slope.sign()).clamp(0, 1)
