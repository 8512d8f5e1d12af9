"""dlib's face recognition network in PyTorch: an aligned face becomes 128 numbers.

A ResNet of 29 convolutions by Davis King (2017, dlib-models, public domain), learnt from about three million faces of
7,485 people so that faces of one person lie closer than 0.6 together and faces of different people farther apart.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from demos.face_recognition.dat import read_tensors

SIDE = 150  # px of a face
NUMBERS = 128
MEAN, SPREAD = (122.782, 117.001, 104.298), 256.0  # of the pixels, as in dlib
WIDTHS = (32,) * 3 + (64,) * 4 + (128,) * 3 + (256,) * 4  # channels of each block
SMALLER = (3, 7, 10, 13)  # blocks that halve the grid
AT_ONCE = 32  # faces


def pixels(images: np.ndarray, device: str) -> torch.Tensor:
    """Pictures `(n, H, W, 3)` uint8 as dlib's networks want them: `(n, 3, H, W)` float32, channels last."""
    plain = torch.from_numpy(np.array(images)).to(device).permute(0, 3, 1, 2).float()
    mean = torch.tensor(MEAN, device=device).view(1, 3, 1, 1)
    return ((plain - mean) / SPREAD).contiguous(memory_format=torch.channels_last)


class Block(nn.Module):
    """Two 3x3 convolutions beside a short cut; where the grid is halved, the short cut is averaged."""

    def __init__(self, before: int, width: int, smaller: bool) -> None:
        super().__init__()
        self.smaller = smaller
        self.first = nn.Conv2d(before, width, 3, stride=2 if smaller else 1, padding=0 if smaller else 1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(n, before, H, W)` to `(n, width, H', W')`."""
        new = self.second(F.relu(self.first(x)))
        old = F.avg_pool2d(x, 2) if self.smaller else x
        # dlib adds tensors of different sizes as if zeros stood at the bottom, on the right and in channels
        height, width = (max(a, b) for a, b in zip(new.shape[2:], old.shape[2:]))
        return F.relu(_padded(new, new.shape[1], height, width) + _padded(old, new.shape[1], height, width))


def _padded(x: torch.Tensor, channels: int, height: int, width: int) -> torch.Tensor:
    return F.pad(x, (0, width - x.shape[3], 0, height - x.shape[2], 0, channels - x.shape[1]))


class FaceNetwork(nn.Module):
    """`(n, 3, 150, 150)` from `pixels` to `(n, 128)`."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, WIDTHS[0], 7, stride=2)
        before = (WIDTHS[0], *WIDTHS)
        self.blocks = nn.ModuleList(Block(before[i], width, i in SMALLER) for i, width in enumerate(WIDTHS))
        self.last = nn.Linear(WIDTHS[-1], NUMBERS, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The 128 numbers of each face."""
        x = F.max_pool2d(F.relu(self.stem(x)), 3, stride=2)
        for block in self.blocks:
            x = block(x)
        return self.last(x.mean(dim=(2, 3)))

    def convolutions(self) -> list[nn.Conv2d]:
        """All of them, from the input to the output."""
        return [self.stem, *(part for block in self.blocks for part in (block.first, block.second))]


def read_network(path: Path, device: str) -> FaceNetwork:
    """The network with dlib's numbers; each scale and offset is put into the convolution before it."""
    network = FaceNetwork()
    parts = network.convolutions()
    counts = [n for part in parts for n in (part.weight.numel() + part.out_channels, 2 * part.out_channels)]
    tensors = read_tensors(path, [*counts, network.last.weight.numel()])
    with torch.no_grad():
        for part, flat, affine in zip(parts, tensors[0::2], tensors[1::2]):
            fold(part, flat, *np.split(affine, 2))
        network.last.weight.copy_(torch.from_numpy(tensors[-1].reshape(-1, NUMBERS).T))
    return network.requires_grad_(False).eval().to(device, memory_format=torch.channels_last)


def fold(part: nn.Conv2d, flat: np.ndarray, gain: np.ndarray, offset: np.ndarray) -> None:
    """Fill a convolution with weights and bias `flat` of dlib, scaled by `gain` and moved by `offset` `(c,)`."""
    weights, bias = np.split(flat, [part.weight.numel()])
    part.weight.copy_(torch.from_numpy(weights.reshape(part.weight.shape) * gain[:, None, None, None]))
    part.bias.copy_(torch.from_numpy(bias * gain + offset))


def describe(network: FaceNetwork, faces: np.ndarray, device: str) -> np.ndarray:
    """The 128 numbers `(n, 128)` float32 of aligned faces `(n, 150, 150, 3)` uint8."""
    if not len(faces):
        return np.zeros((0, NUMBERS), np.float32)
    with torch.inference_mode():
        parts = [network(pixels(faces[at:at + AT_ONCE], device)) for at in range(0, len(faces), AT_ONCE)]
    return torch.cat(parts).float().cpu().numpy()
