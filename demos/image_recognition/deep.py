"""EfficientNet-Lite: names the thing in a picture among ImageNet's 1,000 kinds, and shows what it looked at.

Tan and Le 2019, arXiv:1905.11946; weights by Google (tensorflow/tpu, efficientnet/lite), Apache-2.0, as
converted and packaged by ML Illustrated.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from demos.image_recognition.network import Framing, PictureNetwork
from demos.image_recognition.seeing import Look, keeping
from demos.once import once
from demos.onnx_runtime import OnnxRuntime

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


@once
def load(weights: Path | None, device: str) -> PictureNetwork:
    """Read a state dict of EfficientNet-Lite0 or 2; which one, the file's name says."""
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    from demos.folding import fold

    assert weights is not None
    name = next(name for name in SIDES if weights.name.startswith(name))
    network = EfficientNet.from_name(name)
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    fold(network.requires_grad_(False).eval())
    # as a picture comes: the colours of a pixel beside each other
    network = network.to(device, memory_format=torch.channels_last)
    framing = Framing(SIDES[name], SIDES[name] / (SIDES[name] + MARGIN), MEAN, SPREAD)
    parts = _parts(network)
    if device == "cpu":
        example = torch.zeros(1, 3, framing.side, framing.side)
        parts = replace(parts, quick=OnnxRuntime(with_stages(parts), (example,)), tail=lambda last: network._fc(pooled(network, last)))
    return PictureNetwork(parts, framing, kinds(), device)


def pooled(network: torch.nn.Module, last: torch.Tensor) -> torch.Tensor:
    """What the network measures, `(n, channels)`, of its last maps `(n, channels, h, w)`."""
    return network._avg_pooling(last).flatten(1)


def with_stages(parts: Look) -> torch.nn.Module:
    """`run` and the stages' maps as one network with several outputs, to be handed to another runtime."""
    import torch

    class WithStages(torch.nn.Module):
        def forward(self, batch: torch.Tensor) -> tuple[torch.Tensor, ...]:
            kept: dict[int, torch.Tensor] = {}
            with keeping(parts, kept):
                scores = parts.run(batch)
            return scores, *(kept[number] for number in range(len(parts.stages)))

    return WithStages().eval()


def _parts(network: torch.nn.Module) -> Look:
    """The last block of each resolution, and what is averaged at the end.

    What enters a block's projection has passed its ReLU6; what leaves it may be negative and means
    little alone.
    """
    blocks = list(network._blocks)
    ends = [before for before, block in zip(blocks, blocks[1:]) if block._depthwise_conv.stride[0] == 2]
    pooling = network._avg_pooling
    return Look(network, pooling, True, (*((block._project_conv, True) for block in ends), (pooling, True)))
