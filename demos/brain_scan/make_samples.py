"""Draws the sample pictures: `python -m demos.brain_scan.make_samples`.

Two packages hold heads without a tumour: matplotlib one slice of a real head (s1045, 16 bit) and nilearn the average
of 152 brains (MNI152). The slices of MNI152 are of those that the network did not learn from. There is no picture of
a real tumour here; the two with a spot are those slices with a spot painted in, and say so.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from PIL import Image

from demos.brain_scan.healthy import cut
from demos.brain_scan.paint import put_spot

FOLDER = Path(__file__).with_name("samples")
HEAD = "matplotlib:matplotlib/mpl-data/sample_data/s1045.ima.gz"
SPOTS = {  # name -> slice, x, y, size, strength
    "painted_bright": ("mni_axial", 36.0, 40.0, 13.0, 70.0),
    "painted_faint": ("s1045", 45.0, 32.0, 11.0, 30.0),
}


def head() -> np.ndarray:
    """The real head from the side: `(256, 256)` uint8."""
    from demos.weights import find_part

    raw = np.frombuffer(gzip.decompress(find_part(HEAD, FOLDER).read_bytes()), np.uint16).reshape(256, 256)
    return (raw / raw.max() * 255).round().astype(np.uint8)


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    slices = {"s1045": head(), "mni_axial": cut("axial", 88), "mni_coronal": cut("coronal", 136)}
    spotted = {name: put_spot(slices[scan], *where) for name, (scan, *where) in SPOTS.items()}
    for name, picture in {**slices, **spotted}.items():
        Image.fromarray(picture).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
