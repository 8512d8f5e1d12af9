"""How the network is asked: about the square and its mirror image, both answers averaged."""

from __future__ import annotations

import numpy as np
import torch

from demos.spots import SpotMaps, SpotNetwork, prepare



def maps_of(network: SpotNetwork, squares: list[np.ndarray], device: str = "cpu", mirror: bool = True) -> SpotMaps:
    """The maps of grey squares `(256, 256)` uint8, lit alike (framing.py)."""
    batch = prepare([np.repeat(square[..., None], 3, axis=2) for square in squares], device)
    with torch.inference_mode():
        if not mirror:
            return network(batch)
        both = network(torch.cat([batch, batch.flip(-1)]))
        heat, reach = (torch.stack([now[:len(batch)], now[len(batch):].flip(-1)])
                       for now in (both.heat, both.reach))
        reach[1] = reach[1][:, [2, 1, 0, 3]]  # left and right change places
        return SpotMaps(torch.logit(heat.sigmoid().mean(dim=0), eps=1e-6), reach.mean(dim=0))


def near(box: np.ndarray, true: np.ndarray, reach: float = 8.0) -> bool:
    """Whether the middle of a box lies in the true one or within `reach` pixels of it."""
    middle = (box[:2] + box[2:]) / 2
    return bool(np.hypot(*np.maximum(0, np.maximum(true[:2] - middle, middle - true[2:]))) <= reach)
