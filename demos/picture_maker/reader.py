"""The reader that judges digits: a small network trained apart from the generators, which never sees their pictures.

It says which digit a picture shows, and its last measurements are where pictures made are held against real ones
(the Fréchet distance: Heusel et al. 2017, arXiv:1706.08500, there with another network).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from demos.picture_maker.data import scaled

MEASURED = 64  # numbers that it measures in a picture before it names the digit


class Reader(nn.Module):
    """102,826 weights: `(n, 1, 28, 28)` from -1 to 1 -> measurements `(n, 64)` -> scores `(n, 10)`."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after, stride in ((1, 32, 1), (32, 32, 2), (32, 64, 1), (64, 64, 2), (64, MEASURED, 1)):
            layers += [nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.body, self.head = nn.Sequential(*layers), nn.Linear(MEASURED, 10)

    def measure(self, x: torch.Tensor) -> torch.Tensor:
        """`(n, 64)`: how much of each shape is in the picture."""
        return self.body(x).mean(dim=(2, 3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores of the ten digits."""
        return self.head(self.measure(x))

    @torch.inference_mode()
    def read(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Digits `(n,)` and measurements `(n, 64)` float64 of pictures `(n, 28, 28, 1)` uint8."""
        device = self.head.weight.device
        measured = [self.measure(torch.from_numpy(scaled(pictures[start:start + 500])).to(device))
                    for start in range(0, len(pictures), 500)]
        everything = torch.cat(measured)
        return self.head(everything).argmax(dim=1).cpu().numpy(), everything.double().cpu().numpy()


def load_reader(path: Path, device: str) -> Reader:
    """The reader with its stored weights."""
    from safetensors.torch import load_file

    reader = Reader()
    reader.load_state_dict(load_file(path))
    return reader.eval().requires_grad_(False).to(device)


def frechet(first: np.ndarray, second: np.ndarray) -> float:
    """How far two crowds of measurements `(n, d)` and `(m, d)` lie apart, both taken as Gaussian: 0 if alike."""
    middles = first.mean(axis=0) - second.mean(axis=0)
    spreads = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    lengths, axes = np.linalg.eigh(spreads[0])
    root = (axes * np.sqrt(lengths.clip(0))) @ axes.T
    shared = np.sqrt(np.linalg.eigvalsh(root @ spreads[1] @ root).clip(0)).sum()
    return float(max(0.0, middles @ middles + np.trace(spreads[0] + spreads[1]) - 2 * shared))
