"""The network that looks at chest X-rays: a small residual one, and several of them that answer together.

He et al. 2016, arXiv:1603.05027 (residual blocks with normalisation first).
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from demos.chest_xray.framing import SIDE
from demos.onnx_runtime import OnnxRuntime

WIDTHS = (16, 32, 64)
BLOCKS = 2  # in each stage


class Block(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.first_norm, self.second_norm = nn.BatchNorm2d(before), nn.BatchNorm2d(after)
        self.first = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.second = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.shortcut = nn.Conv2d(before, after, 1, stride, bias=False) if before != after else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(n, before, h, w)` -> `(n, after, h / stride, w / stride)`."""
        ready = functional.relu(self.first_norm(x))
        y = self.second(functional.relu(self.second_norm(self.first(ready))))
        return y + self.shortcut(ready if isinstance(self.shortcut, nn.Conv2d) else x)


class ChestNet(nn.Module):
    """174,193 weights: `(n, 1, 28, 28)` -> `(n,)`, above 0 for pneumonia."""

    def __init__(self, drop: float = 0.0) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(1, WIDTHS[0], 3, padding=1, bias=False)]
        before = WIDTHS[0]
        for number, width in enumerate(WIDTHS):
            for block in range(BLOCKS):
                layers.append(Block(before, width, 2 if number and not block else 1))
                before = width
        self.body = nn.Sequential(*layers, nn.BatchNorm2d(before), nn.ReLU())
        self.drop, self.head = nn.Dropout(drop), nn.Linear(before, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores, not yet calibrated."""
        return self.head(self.drop(self.body(x).mean(dim=(2, 3))))[:, 0]


def scaled(pictures: np.ndarray) -> torch.Tensor:
    """`(n, 1, 28, 28)` float32 of `(n, 28, 28)` uint8, each with mean 0 and spread 1.

    So how bright or soft an X-ray was developed does not count, which differs from hospital to hospital.
    """
    batch = torch.from_numpy(np.array(pictures)).float()[:, None]
    return standardised(batch)


def standardised(batch: torch.Tensor) -> torch.Tensor:
    """Each picture of `(n, 1, h, w)` with mean 0 and spread 1."""
    spread, mean = torch.std_mean(batch, dim=(1, 2, 3), keepdim=True)
    return (batch - mean) / (spread + 1e-3)


def views(batch: torch.Tensor) -> torch.Tensor:
    """`(10, n, 1, h, w)`: the pictures and their mirror images, each as it is and moved by a pixel each way."""
    wide = functional.pad(torch.stack([batch, batch.flip(-1)]).flatten(0, 1), (1, 1, 1, 1), mode="replicate")
    height, width = batch.shape[-2:]
    moved = [wide[..., y:y + height, x:x + width] for y, x in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return torch.stack(moved).unflatten(1, (2, len(batch))).flatten(0, 1)


class Together(nn.Module):
    """Several networks that answer together, and the calibration of their mean score."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.members = nn.ModuleList(ChestNet() for _ in range(count))
        self.register_buffer("slope", torch.ones(1))
        self.register_buffer("shift", torch.zeros(1))
        self.quick: OnnxRuntime | None = None  # gives what `mean` does, sooner, once nothing is learnt any more

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The mean score `(n,)` of all networks on all views of `(n, 1, 28, 28)`, calibrated: 0 is the threshold."""
        seen = views(x)
        flat = seen.flatten(0, 1).contiguous(memory_format=torch.channels_last)
        (score,) = self.quick(flat) if self.quick else (self.mean(flat),)
        return self.slope * score.unflatten(0, seen.shape[:2]).mean(0) + self.shift

    def mean(self, flat: torch.Tensor) -> torch.Tensor:
        """The mean score `(n,)` of all networks on `(n, 1, 28, 28)`, each seen as it is."""
        return torch.stack([member(flat) for member in self.members]).mean(0)


class Mean(nn.Module):
    """`Together.mean` as a network of its own."""

    def __init__(self, together: Together) -> None:
        super().__init__()
        self.together = together

    def forward(self, flat: torch.Tensor) -> torch.Tensor:
        return self.together.mean(flat)
