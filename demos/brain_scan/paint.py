"""A bright spot painted into a healthy slice: the part of the page that shows what a method reacts to."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from demos.base import Part
from demos.inputs import ChoiceInput, NumberInput, VolumeInput
from demos.results import Boxes, Heatmap, Picture, Volume

HEALTHY = (("s1045", "A real head from the side"), ("mni_axial", "An average brain from above"),
           ("mni_coronal", "An average brain from the front"))
SOFT = 0.35  # of the spot's radius: the width of its edge
INPUTS = (
    ChoiceInput("scan", "Healthy slice", options=HEALTHY, default=HEALTHY[0][0]),
    NumberInput("x", "From left to right", low=0, high=100, default=55, unit="%"),
    NumberInput("y", "From top to bottom", low=0, high=100, default=35, unit="%"),
    NumberInput("size", "Size of the spot", low=0, high=30, default=12, unit="% of the picture"),
    NumberInput("strength", "Strength", low=-100, high=100, default=60, unit="% of white"),
)
PARTS = (Part("painted", INPUTS), Part("paint", INPUTS), Part("paint_map", INPUTS), Part("volume", (VolumeInput(),)))


@lru_cache(maxsize=8)
def healthy(scan: str) -> np.ndarray:
    """The healthy slice of this name: `(H, W)` uint8."""
    from PIL import Image

    from demos import demo_folder

    return np.asarray(Image.open(demo_folder("brain_scan") / "samples" / f"{scan}.png").convert("L"))


def put_spot(image: np.ndarray, x: float, y: float, size: float, strength: float) -> np.ndarray:
    """`(H, W, 3)` uint8: a slice `(H, W)` with a soft round spot, its middle, width and strength in per cent."""
    height, width = image.shape
    rows, columns = np.mgrid[:height, :width]
    radius = max(size / 200 * max(height, width), 1e-6)
    apart = np.hypot(columns - x / 100 * (width - 1), rows - y / 100 * (height - 1)) / radius
    share = np.clip((1 + SOFT / 2 - apart) / SOFT, 0, 1) if size > 0 else np.zeros(image.shape)
    grey = np.clip(image + 2.55 * strength * share, 0, 255).astype(np.uint8)
    return grey[..., None].repeat(3, axis=2)


class OwnParts:
    """What every method here does for the page's own parts. It has `answer(image)` and `heat(image)`."""

    def answer(self, image: np.ndarray) -> Boxes:
        """What is found in a picture `(H, W, 3)` uint8 that is known to be a head."""
        raise NotImplementedError

    def heat(self, image: np.ndarray) -> Heatmap:
        """What speaks for a find, and where."""
        raise NotImplementedError

    def painted(self, scan: str, x: float, y: float, size: float, strength: float) -> Picture:
        """The slice with the spot, to be shown."""
        return Picture(put_spot(healthy(scan), x, y, size, strength))

    def paint(self, scan: str, x: float, y: float, size: float, strength: float) -> Boxes:
        """What is found in the slice with the spot."""
        return self.answer(put_spot(healthy(scan), x, y, size, strength))

    def paint_map(self, scan: str, x: float, y: float, size: float, strength: float) -> Heatmap:
        """What speaks for a find in the slice with the spot, and where."""
        return self.heat(put_spot(healthy(scan), x, y, size, strength))

    def volume(self, volume: Volume) -> Volume:
        """The volume that was given, read and made small; for the page's viewer."""
        return volume
