"""Pictures that are no chest X-rays, out of installed packages: the gate is measured on them, and learnt from none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

_SKIMAGE = ("astronaut.png", "brick.png", "camera.png", "cell.png", "chelsea.png", "chessboard_GRAY.png",
            "clock_motion.png", "coffee.png", "coins.png", "color.png", "grass.png", "gravel.png", "horse.png",
            "hubble_deep_field.jpg", "ihc.png", "logo.png", "microaneurysms.png", "moon.png", "motorcycle_left.png",
            "page.png", "phantom.png", "retina.jpg", "rocket.jpg", "text.png")
_SCANS = ("CT_small", "MR_small", "examples_overlay", "examples_palette", "examples_rgb_color", "693_J2KI",
          "JPEG2000", "liver_1frame")  # spine, knee and belly, ultrasound, a head
PARTS = (*(f"scikit-image:skimage/data/{name}" for name in _SKIMAGE),
         *(f"scikit-learn:sklearn/datasets/images/{name}.jpg" for name in ("china", "flower")),
         "matplotlib:matplotlib/mpl-data/sample_data/grace_hopper.jpg",
         *(f"pydicom:pydicom/data/test_files/{name}.dcm" for name in _SCANS))


def strangers() -> Iterator[tuple[str, np.ndarray]]:
    """(name, picture `(H, W, 3)` uint8): each as it is, and each that is in colour in grey as well."""
    from demos.media import decode_scan
    from demos.weights import find_part

    for part in PARTS:
        image, name = decode_scan(find_part(part, Path()).read_bytes()), part.rsplit("/", 1)[-1]
        yield name, image
        if (image != image[..., :1]).any():
            yield f"{name} in grey", np.repeat(image.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    yield "a head, matplotlib's s1045", _head()


def _head() -> np.ndarray:
    """The slice of a head that comes with matplotlib: 256 by 256 numbers of 16 bits."""
    import gzip

    from demos.weights import find_part

    part = "matplotlib:matplotlib/mpl-data/sample_data/s1045.ima.gz"
    values = np.frombuffer(gzip.decompress(find_part(part, Path()).read_bytes()), np.uint16).reshape(256, 256)
    shades = np.clip(values / np.percentile(values, 99.5), 0, 1) * 255
    return np.repeat(shades.astype(np.uint8)[..., None], 3, axis=2)
