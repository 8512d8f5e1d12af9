"""What both methods measure in a picture before anything is taught: hand-made numbers, and those of a trained network.

The classical measures are those of image recognition (outlines, colours, texture of a 32-pixel picture); the deep ones
are what EfficientNet-Lite0 averages over its last layer, 1,280 numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from demos.image_recognition.network import PictureNetwork

SIDE = 256  # px of the square that is kept of an example; the network is given 7/8 of it, which is its 224
THUMB = 48  # px of the square that is shown of it
DEEP, CLASSICAL = 1280, 3016  # numbers of a picture


@dataclass(frozen=True, eq=False)
class Scale:
    """What is subtracted from a family's measures `(d,)` and what they are divided by `(d,)`, learnt by train.py."""

    mean: np.ndarray
    spread: np.ndarray

    def apply(self, measured: np.ndarray) -> np.ndarray:
        """`(n, d)` float32 of length one each, from `(n, d)`; the same for a sum that is nothing."""
        moved = (measured - self.mean) / self.spread
        return (moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)).astype(np.float32)


def read_scales(stored: Mapping[str, np.ndarray]) -> dict[str, Scale]:
    """The scales of both families from the stored arrays."""
    return {family: Scale(stored[f"{family}_mean"], stored[f"{family}_spread"]) for family in ("classical", "deep")}


def classical_measures(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """`(n, 3016)` float32 of pictures `(H, W, 3)` uint8."""
    from demos.image_recognition.features import features, shrink

    return np.stack([features(shrink(picture)) for picture in pictures])


def deep_measures(network: PictureNetwork, pictures: Sequence[np.ndarray]) -> np.ndarray:
    """`(n, 1280)` float32 of pictures `(H, W, 3)` uint8: one forward pass for all, at the network's own pace."""
    from demos.image_recognition.teaching import describe

    return describe(network, pictures)[1]  # type: ignore[arg-type]


def kept_square(image: np.ndarray) -> np.ndarray:
    """`(256, 256, 3)` uint8: the middle of a picture, all of a narrow one; what an example is kept as."""
    from demos.image_recognition.framing import square

    return square(image, SIDE, 1.0)


def thumbnail(image: np.ndarray) -> np.ndarray:
    """`(48, 48, 3)` uint8 to be shown."""
    from demos.image_recognition.framing import square

    return square(image, THUMB, 1.0)
