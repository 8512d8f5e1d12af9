"""Declines what a scan page knows nothing about: a cat on the X-ray page gets the reason, not an answer.

EfficientNet-Lite0 describes the picture in grey and small, as its owner looks at it; a linear step that
`gate_train.py` learnt says whether it is of that kind.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from demos.base import Weights, WeightsFile
from demos.errors import BadInput

if TYPE_CHECKING:
    import torch

SIDES = {"chest": 28, "brain": 64}  # px at which the kinds are looked at
SIDE = 128  # px that the network is given
COLOURED = 25.0  # of 255: the mean distance of a patch's strongest colour from its weakest; scans have 0
PATCHES = 16  # patches a side: coloured grain averages out in them
NAMES = {"chest": "a chest X-ray", "brain": "an MRI slice of a head"}
WEIGHTS = Weights(
    "gate", "bundled",
    (WeightsFile("gate.safetensors", "a1e4d92a064924c40fb56fe9a078858bd6e412c8dd2213aa7327a581de4ec7aa",
                 ("gate.safetensors",)),),
    "own work; learnt from MedMNIST and figshare scans (CC BY 4.0) and many other pictures", 0.02,
    "this project's gate_train.py")
_loading = threading.Lock()


def check(image: np.ndarray, kind: str) -> None:
    """Raise BadInput with the reason unless a picture `(H, W, 3)` uint8 looks like "chest" or "brain"."""
    patches = np.asarray(Image.fromarray(image).resize((PATCHES, PATCHES), Image.Resampling.BOX, reducing_gap=3.0))
    colour = np.ptp(patches, axis=2).mean()
    name, ask = NAMES[kind], f"and this page knows nothing else. Please give {NAMES[kind]}."
    if colour > COLOURED:
        raise BadInput(f"This picture is in colour, so it is not {name}, {ask}")
    if score(image, kind) >= 0:
        return
    like = next((NAMES[other] for other in SIDES if other != kind and score(image, other) >= 0), "")
    if like:
        raise BadInput(f"This looks like {like}, not like {name}, {ask}")
    raise BadInput(f"This does not look like {name}, {ask}")


def score(image: np.ndarray, kind: str) -> float:
    """How much a picture `(H, W, 3)` uint8 looks like this kind; below 0 it is declined."""
    weights = _learnt()
    described = describe([small(image, kind)])[0]
    return float(described @ weights[f"{kind}_weights"] + weights[f"{kind}_bias"][0])


def small(image: np.ndarray, kind: str) -> Image.Image:
    """The picture in grey, small and with full contrast: of a chest the middle square, as MedMNIST cut it."""
    picture = Image.fromarray(image).convert("L")
    box = None
    if kind == "chest":
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        box = (left, top, left + side, top + side)
    shrunk = picture.resize((SIDES[kind],) * 2, Image.Resampling.BICUBIC, box=box, reducing_gap=3.0)
    return ImageOps.autocontrast(shrunk, cutoff=1)  # how dark it was taken does not count


def describe(pictures: list[Image.Image]) -> np.ndarray:
    """`(n, 1280)` float32: what EfficientNet-Lite0 measures in small grey pictures."""
    import torch

    network = _network()
    grown = np.stack([np.asarray(one.resize((SIDE, SIDE), Image.Resampling.BICUBIC)) for one in pictures])
    batch = (torch.from_numpy(grown).float()[:, None] - 127) / 128
    with torch.inference_mode():
        maps = network.extract_features(batch.expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last))
    return maps.mean(dim=(2, 3)).numpy()


def _network() -> torch.nn.Module:
    with _loading:
        return _load_network()


@lru_cache(maxsize=1)
def _load_network() -> torch.nn.Module:
    """EfficientNet-Lite0, on the processor: one small picture takes it a few milliseconds."""
    from demos.image_recognition import LITE0
    from demos.image_recognition.deep import load
    from demos.weights import locate

    return load(locate(LITE0, Path()), "cpu").parts.run


@lru_cache(maxsize=1)
def _learnt() -> dict[str, np.ndarray]:
    from safetensors.numpy import load_file

    from demos.weights import locate

    return load_file(locate(WEIGHTS, Path(__file__).parent))
