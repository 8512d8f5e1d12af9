"""Changes chest X-rays the way they might have been taken otherwise, for training."""

from __future__ import annotations

import torch
from torch.nn import functional

from demos.chest_xray.network import SIDE, standardised

COVERED = 7  # px


def augmented(batch: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """Pictures `(n, 1, 28, 28)` in 0..255: turned, moved, mirrored, with other curves and grain; standardised."""
    n = len(batch)

    def rand(low: float, high: float) -> torch.Tensor:
        return low + (high - low) * torch.rand(n, generator=chance)

    angle, scale = rand(-0.21, 0.21), rand(0.86, 1.16)  # 12 degrees, a seventh
    mirror = torch.where(rand(0, 1) < 0.5, -1.0, 1.0)
    cos, sin = scale * angle.cos(), scale * angle.sin()
    right, down = rand(-0.21, 0.21), rand(-0.21, 0.21)  # of half the side: 3 pixels
    turn = torch.stack([torch.stack([cos * mirror, -sin, right], 1), torch.stack([sin * mirror, cos, down], 1)], 1)
    grid = functional.affine_grid(turn, list(batch.shape), align_corners=False)
    out = functional.grid_sample(batch, grid, padding_mode="border", align_corners=False) / 255
    out = _soft(out, rand(0, 0.25) * (rand(0, 1) < 0.5))
    curve = torch.exp(rand(-0.35, 0.35))[:, None, None, None]
    out = standardised(255 * out.clamp(1e-4, 1) ** curve)
    out = out + rand(0, 0.15)[:, None, None, None] * torch.randn(out.shape, generator=chance)
    return out.masked_fill(_squares(n, chance, rand(0, 1) < 0.3), 0.0)


def _soft(batch: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Each picture blurred: a pixel gives this share `(n,)` of itself to each of its neighbours in a line.

    The data set was made smaller without smoothing; what a visitor gives is made smaller with it.
    """
    share = share[:, None, None, None]
    for axes in ((1, 1, 0, 0), (0, 0, 1, 1)):
        wide = functional.pad(batch, axes, mode="replicate")
        before, after = (wide[..., :-2], wide[..., 2:]) if axes[0] else (wide[..., :-2, :], wide[..., 2:, :])
        batch = batch * (1 - 2 * share) + share * (before + after)
    return batch


def _squares(n: int, chance: torch.Generator, wanted: torch.Tensor) -> torch.Tensor:
    """`(n, 1, 28, 28)`: True in a square anywhere, in the pictures that are wanted `(n,)`."""
    top, left = (torch.randint(0, SIDE - COVERED + 1, (n, 1, 1, 1), generator=chance) for _ in range(2))
    rows, columns = torch.arange(SIDE)[:, None], torch.arange(SIDE)[None, :]
    inside = (rows >= top) & (rows < top + COVERED) & (columns >= left) & (columns < left + COVERED)
    return inside & wanted[:, None, None, None]
