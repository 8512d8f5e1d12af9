"""EfficientNet-Lite: names the thing in a picture among ImageNet's 1,000 kinds, and shows what it looked at.

Tan and Le 2019, arXiv:1905.11946; weights by Google (tensorflow/tpu, efficientnet/lite), Apache-2.0, as
converted and packaged by ML Illustrated.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from demos.image_recognition.network import Framing, PictureNetwork
from demos.image_recognition.seeing import Look

if TYPE_CHECKING:
    import torch

SIDES = {"efficientnet-lite0": 224, "efficientnet-lite2": 260}  # pixels, as in the reference
MARGIN = 32  # the reference cuts side / (side + 32) of the shorter side out of the middle
MEAN, SPREAD = (127.0,) * 3, (128.0,) * 3  # the reference's


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    """The names of ImageNet's 1,000 classes, by number.

    They are torchvision's, kept in a file because loading torchvision for them takes seconds and 150 MB.
    """
    return tuple(Path(__file__).with_name("imagenet_kinds.txt").read_text().splitlines())


def load(weights: Path | None, device: str) -> PictureNetwork:
    """Read a state dict of EfficientNet-Lite0 or 2; which one, the file's name says."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    assert weights is not None
    name = next(name for name in SIDES if weights.name.startswith(name))
    network = EfficientNet.from_name(name)
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    _fold(network.requires_grad_(False).eval())
    # channels_last is a third faster here (measured on two cores)
    network = network.to(device, memory_format=torch.channels_last)
    framing = Framing(SIDES[name], SIDES[name] / (SIDES[name] + MARGIN), MEAN, SPREAD)
    return PictureNetwork(_parts(network), framing, kinds(), device)


def _fold(network: torch.nn.Module) -> None:
    """Put each batch normalisation into the convolution before it: the same numbers, a fifth faster here."""
    import torch
    from torch.nn.utils.fusion import fuse_conv_bn_eval

    pairs = [(network, "_conv_stem", "_bn0"), (network, "_conv_head", "_bn1")]
    for block in network._blocks:
        expands = [(block, "_expand_conv", "_bn0")] if hasattr(block, "_expand_conv") else []
        pairs += [*expands, (block, "_depthwise_conv", "_bn1"), (block, "_project_conv", "_bn2")]
    for owner, convolution, norm in pairs:
        setattr(owner, convolution, fuse_conv_bn_eval(getattr(owner, convolution), getattr(owner, norm)))
        setattr(owner, norm, torch.nn.Identity())


def _parts(network: torch.nn.Module) -> Look:
    """The last block of each resolution, and what is averaged at the end.

    What enters a block's projection has passed its ReLU6; what leaves it may be negative and means
    little alone.
    """
    blocks = list(network._blocks)
    ends = [before for before, block in zip(blocks, blocks[1:]) if block._depthwise_conv.stride[0] == 2]
    pooling = network._avg_pooling
    return Look(network, pooling, True, (*((block._project_conv, True) for block in ends), (pooling, True)))
