"""Outlines, shades and an SVM: says whether a chest X-ray shows pneumonia, the way of before 2012.

Learnt by `train.py` from PneumoniaMNIST (Yang et al. 2023; pictures by Kermany et al. 2018); it sees 28 pixels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from demos.chest_xray.features import CELLS, DIRECTIONS, features
from demos.chest_xray.framing import as_labels, seen, shrink
from demos.gate import check
from demos.results import Labels, Picture, View, Volume


class HogSvm:
    """An SVM with a radial kernel on the principal components of the features.

    `supports` `(m, 150)`, `weights` `(m,)`; `numbers` are its shift, the kernel's width, and the slope and shift
    of the calibration.
    """

    def __init__(self, stored: dict[str, np.ndarray]) -> None:
        self.mean, self.parts = stored["mean"], stored["parts"]
        self.supports, self.weights = stored["supports"], stored["weights"]
        self.numbers = tuple(map(float, stored["numbers"]))

    def certainty(self, small: np.ndarray) -> float:
        """How certain pneumonia is, in [0, 1], of `(28, 28)` uint8; above a half it says so."""
        shift, width, slope, start = self.numbers
        place = (features(small) - self.mean) @ self.parts
        near = np.exp(-width * np.square(self.supports - place).sum(axis=1))
        score = slope * (float(near @ self.weights) + shift) + start
        return float(1 / (1 + np.exp(-score)))

    def predict(self, image: np.ndarray) -> Labels:
        """Both names for a picture `(H, W, 3)` uint8, the likelier first. Raises BadInput for what is no chest."""
        check(image, "chest")
        return as_labels(self.certainty(shrink(image)))

    def explain(self, image: np.ndarray) -> list[View]:
        """The picture at its size, and the outlines it measures in it."""
        from skimage.feature import hog

        check(image, "chest")
        small = shrink(image)
        large = np.asarray(Image.fromarray(small).resize((448, 448), Image.Resampling.NEAREST))
        drawn = hog(large, DIRECTIONS, (16 * CELLS[0],) * 2, (2, 2), "L2-Hys", visualize=True)[1]
        lines = np.clip(drawn / max(drawn.max(), 1e-9) * 255, 0, 255).round().astype(np.uint8)
        return [seen(small),
                View("outlines", "What it measures", "Each small star shows in which directions edges run in four by "
                     "four of those squares; somebody chose this measure by hand.",
                     Picture(lines[..., None].repeat(3, axis=2)))]

    def volume(self, volume: Volume) -> Volume:
        """The volume that was given, read and made small; for the page's viewer."""
        return volume


def load(weights: Path | None, device: str) -> HogSvm:
    """Read the SVM that `train.py` wrote; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    return HogSvm(load_file(weights))
