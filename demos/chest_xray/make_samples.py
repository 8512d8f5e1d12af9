"""Makes up chest X-rays that are nobody's: `python -m demos.chest_xray.make_samples DATA` writes samples/.

For each class, what its training pictures have in common (their mean and 40 principal components) is mixed by
chance. DATA holds pneumoniamnist.npz; no picture of it is copied.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from demos.chest_xray.data import read_part

PARTS = 40
SPREAD = 0.9  # of what chance would give: the rarest mixtures look like nothing
SIDE = 280  # px
TARGET = Path(__file__).with_name("samples")
# (class, seed); the last of each is one that the networks get wrong
CHOSEN = {"normal_1": (0, 0), "normal_2": (0, 10), "normal_3": (0, 27),
          "pneumonia_1": (1, 0), "pneumonia_2": (1, 1), "pneumonia_3": (1, 32)}


def mixed(pictures: np.ndarray, seed: int) -> np.ndarray:
    """`(28, 28)` uint8: a mixture of what `(n, 28, 28)` pictures have in common."""
    rows = pictures.reshape(len(pictures), -1).astype(np.float64)
    mean = rows.mean(axis=0)
    _, spread, parts = np.linalg.svd(rows - mean, full_matrices=False)
    # the sign of a component is arbitrary: fixed by its largest number, so that every library gives the same
    parts *= np.sign(parts[np.arange(len(parts)), np.abs(parts).argmax(axis=1)])[:, None]
    amounts = np.random.default_rng(seed).normal(size=PARTS) * spread[:PARTS] / np.sqrt(len(rows)) * SPREAD
    return np.clip(mean + amounts @ parts[:PARTS], 0, 255).round().astype(np.uint8).reshape(28, 28)


def main(data: Path) -> None:
    """Write the chosen ones."""
    pictures, labels = read_part(data, "train")
    TARGET.mkdir(exist_ok=True)
    for name, (label, seed) in CHOSEN.items():
        small = Image.fromarray(mixed(pictures[labels == label], seed))
        small.resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
