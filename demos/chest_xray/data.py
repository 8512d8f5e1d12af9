"""Reads PneumoniaMNIST: chest X-rays of children at 28 pixels, in the parts that its makers made.

Yang et al. 2023, MedMNIST v2, doi:10.1038/s41597-022-01721-8; pictures by Kermany et al. 2018, CC BY 4.0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

FILE = "pneumoniamnist.npz"


def read_part(data: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures `(n, 28, 28)` uint8 and labels `(n,)`, 1 for pneumonia, of "train", "val" or "test_half".

    Pictures of "val" that are in "train" too are left out: the network would be asked what it has learnt by
    heart.
    """
    with np.load(data / FILE) as file:
        pictures, labels = file[f"{part}_images"], file[f"{part}_labels"].ravel().astype(int)
        if part == "val":
            known = {picture.tobytes() for picture in file["train_images"]}
            new = np.array([picture.tobytes() not in known for picture in pictures])
            pictures, labels = pictures[new], labels[new]
    return pictures, labels
