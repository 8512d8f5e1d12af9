"""Slices without a tumour: of the average of 152 healthy brains (MNI152, in nilearn), cut in three planes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from demos.brain_scan.framing import SIDE

FILE = "nilearn:nilearn/datasets/data/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz"
PLANES = {"axial": (2, 45, 150), "coronal": (1, 45, 190), "sagittal": (0, 35, 162)}  # axis, first, last millimetre
SLAB = 8  # neighbouring slices look alike: whole slabs of them are for one part
Part = Literal["train", "choose", "test"]
TURN: tuple[Part, ...] = ("train", "train", "choose", "train", "train", "test")


@lru_cache(maxsize=1)
def brain() -> np.ndarray:
    """`(197, 233, 189)` uint8, a voxel a millimetre: the brain alone, without skull."""
    import nibabel

    from demos.weights import find_part

    return np.asarray(nibabel.load(find_part(FILE, Path())).dataobj).clip(0, 255).astype(np.uint8)


def cut(plane: str, place: int) -> np.ndarray:
    """The slice `(256, 256)` uint8 at a place of a plane, upright in the middle of a black square."""
    flat = np.rot90(np.take(brain(), place, axis=PLANES[plane][0]))
    square = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - flat.shape[0]) // 2, (SIDE - flat.shape[1]) // 2
    square[top:top + flat.shape[0], left:left + flat.shape[1]] = flat
    return square


def healthy_slices(part: Part, step: int = 2) -> list[np.ndarray]:
    """The slices of a part, every second millimetre; slabs of 8 mm go to the parts in turn."""
    return [cut(plane, place) for plane, (_, first, last) in PLANES.items()
            for place in range(first, last + 1, step) if TURN[(place - first) // SLAB % len(TURN)] == part]
