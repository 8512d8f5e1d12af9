"""How fast a device multiplies large tables of numbers, the sum that networks are made of."""

from __future__ import annotations

import time
from dataclasses import dataclass

from demos.results import Result

SIZES = (256, 512, 1024, 2048)
TRIES = 3


@dataclass(frozen=True)
class Timed(Result):
    """The best of three products of two `(size, size)` tables of float32: seconds, and on which device."""

    size: int
    seconds: float
    device: str

    def __post_init__(self) -> None:
        if self.size < 1 or self.seconds <= 0:
            raise ValueError("a product takes time")

    @property
    def operations(self) -> float:
        """Products and sums: 2 size^3."""
        return 2.0 * self.size**3


def time_product(size: int, device: str) -> Timed:
    """Multiply two tables with fixed numbers on the device, after one try that does not count."""
    import torch

    chance = torch.Generator().manual_seed(0)
    one, other = (torch.rand(size, size, generator=chance).to(device) for _ in range(2))

    def once() -> float:
        began = time.perf_counter()
        (one @ other)[0, 0].item()  # a number that is asked for must be there: a graphics card answers later otherwise
        return time.perf_counter() - began

    once()
    return Timed(size, max(min(once() for _ in range(TRIES)), 1e-9), device)
