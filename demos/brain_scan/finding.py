"""How the network is asked: about the square and its mirror image, at two sizes, all answers averaged."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F

from demos.spots import STRIDE, SpotMaps, SpotNetwork, prepare

SIZES = (256, 288)  # px, divisible by 32; chosen among pairs and threes of 224 to 352 on the blocks for choosing


def maps_of(network: SpotNetwork, squares: list[np.ndarray], device: str = "cpu") -> SpotMaps:
    """The maps of grey squares `(256, 256)` uint8, lit alike (framing.py), on their grid of every eighth pixel."""
    batch = prepare([np.repeat(square[..., None], 3, axis=2) for square in squares], device)
    with torch.inference_mode():
        looks = [_both_ways(network, batch, size) for size in SIZES]
    heat, reach = (torch.stack(parts).mean(dim=0) for parts in zip(*looks))
    return SpotMaps(torch.logit(heat, eps=1e-6), reach)


def _both_ways(network: SpotNetwork, batch: torch.Tensor, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Heat in [0, 1] and reach of pictures `(n, 3, 256, 256)` seen `size` pixels wide, as they are and mirrored."""
    side, count = batch.shape[-1], len(batch)
    if size != side:
        batch = F.interpolate(batch, (size, size), mode="bilinear", antialias=True)
    seen = network(torch.cat([batch, batch.flip(-1)]))
    heat = (seen.heat[:count].sigmoid() + seen.heat[count:].sigmoid().flip(-1)) / 2
    mirrored = seen.reach[count:].flip(-1)[:, [2, 1, 0, 3]]  # left and right change places
    reach = (seen.reach[:count] + mirrored) / 2 * (side / size)
    grid = (side // STRIDE, side // STRIDE)
    return tuple(one if one.shape[-2:] == grid else F.interpolate(one, grid, mode="bilinear") for one in (heat, reach))


def near(box: np.ndarray, true: np.ndarray, reach: float = 8.0) -> bool:
    """Whether the middle of a box lies in the true one or within `reach` pixels of it."""
    middle = (box[:2] + box[2:]) / 2
    return bool(np.hypot(*np.maximum(0, np.maximum(true[:2] - middle, middle - true[2:]))) <= reach)
