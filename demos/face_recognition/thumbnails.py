"""The faces that calibration and measuring use: 100 small press photos that come with scikit-image, and altered copies.

`lfw_subset.npy` holds 100 faces of Labeled Faces in the Wild (Huang 2007), grey and 25 pixels wide, without names.
They are 100 photos of nearly as many people: the most photographed person fills 4 in 100 of the whole set, so a few
pairs may show one person after all. No two photos are known to show the same one; pairs of one person are therefore
altered copies of one photo, which is easier than two photos of different days.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

FILE = "lfw_subset.npy"
COUNT = 100  # the rest of the file is no faces
SIDE, BORDER = 125, 60  # px of the enlarged face, and of its edge repeated around it, so that detectors find it
CALIBRATING = 50  # the first ones are for train.py, the others for evaluate.py


def read_thumbnails(data: Path) -> list[np.ndarray]:
    """The faces as photos `(245, 245, 3)` uint8, enlarged five times."""
    grey = np.load(data / FILE, allow_pickle=False)[:COUNT]
    return [enlarged((255 * one).round().astype(np.uint8)) for one in grey]


def enlarged(grey: np.ndarray) -> np.ndarray:
    """A face `(25, 25)` uint8 as a photo `(245, 245, 3)`."""
    large = np.asarray(Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.BICUBIC).convert("RGB"))
    return np.pad(large, ((BORDER, BORDER), (BORDER, BORDER), (0, 0)), mode="edge")


def mirrored(photo: np.ndarray) -> np.ndarray:
    """Left and right exchanged: the light comes from the other side."""
    return np.ascontiguousarray(photo[:, ::-1])


def turned_and_dark(photo: np.ndarray) -> np.ndarray:
    """Turned by 10 degrees, at half the brightness."""
    turned = Image.fromarray(photo).rotate(10, Image.Resampling.BILINEAR, fillcolor=(90,) * 3)
    return (np.asarray(turned) * 0.5).astype(np.uint8)


def cut_and_squeezed(photo: np.ndarray) -> np.ndarray:
    """Cut smaller on three sides, stretched to the old size and saved as a JPEG of quality 20."""
    height, width = photo.shape[:2]
    cut = Image.fromarray(photo).crop((width // 10, height // 20, width * 19 // 20, height * 9 // 10))
    buffer = io.BytesIO()
    cut.resize((width, height), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=20)
    return np.asarray(Image.open(buffer, formats=["JPEG"]).convert("RGB"))


ALTERED: tuple[Callable[[np.ndarray], np.ndarray], ...] = (mirrored, turned_and_dark, cut_and_squeezed)
