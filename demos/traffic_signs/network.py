"""A small residual network for 32-pixel signs: 0.59 million weights, 43 signs and "not a sign"."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from demos.traffic_signs.names import SIGNS


def standard(batch: torch.Tensor) -> torch.Tensor:
    """`(n, 3, 32, 32)` with mean 0 and spread 1 in each picture: a dark sign looks like a bright one.

    All three colours share mean and spread, so the colours stay what they are to each other.
    """
    spread = batch.var(dim=(1, 2, 3), keepdim=True, correction=0).add(4e-4).sqrt()
    return (batch - batch.mean(dim=(1, 2, 3), keepdim=True)) / spread


def step(into: int, out: int, stride: int = 1) -> nn.Sequential:
    """A 3x3 convolution, normalised, with ReLU."""
    return nn.Sequential(nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())


class Around(nn.Module):
    """Two convolutions with a way around them (He et al. 2015, arXiv:1512.03385)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = step(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return F.relu(given + self.second(self.first(given)))


class SignNetwork(nn.Module):
    """`(n, 3, 32, 32)` in [0, 1] to `(n, 44)` scores before softmax; place counts, so nothing is averaged."""

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleList((
            step(3, 32),  # 32 x 32
            nn.Sequential(step(32, 48, 2), step(48, 48)),  # 16 x 16
            nn.Sequential(step(48, 96, 2), Around(96)),  # 8 x 8
            nn.Sequential(step(96, 128, 2), step(128, 128)),  # 4 x 4
        ))
        self.drop = nn.Dropout(0.3)
        self.answer = nn.Linear(128 * 16, SIGNS + 1)

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        seen = standard(batch)
        for stage in self.stages:
            seen = stage(seen)
        return self.answer(self.drop(seen.flatten(1)))


def folded(network: SignNetwork) -> SignNetwork:
    """Each batch normalisation put into the convolution before it: the same numbers, sooner. Changes `network`."""
    from torch.nn.utils.fusion import fuse_conv_bn_eval

    for part in network.modules():
        if isinstance(part, nn.Sequential) and len(part) > 1 and isinstance(part[1], nn.BatchNorm2d):
            part[0], part[1] = fuse_conv_bn_eval(part[0], part[1]), nn.Identity()
    return network
