"""Rounds a network's weights to fewer bits, as small devices keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

FULL = 32  # bits of a weight as it was learnt; with so many nothing is rounded


def rounded(weights: np.ndarray, bits: int) -> np.ndarray:
    """Weights `(rows, ...)` float32, each the nearest of 2^bits - 1 evenly spaced values.

    Each row, such as one filter, has a spacing of its own, from minus its largest weight to plus its largest (Jacob et al.
    2017, arXiv:1712.05877, for weights). Raises ValueError for fewer than 2 bits or more than 32.
    """
    if not 2 <= bits <= FULL:
        raise ValueError(f"from 2 to {FULL} bits, not {bits}")
    if bits == FULL:
        return weights
    steps = 2 ** (bits - 1) - 1
    largest = np.abs(weights).reshape(len(weights), -1).max(axis=1).reshape(-1, *[1] * (weights.ndim - 1))
    spacing = np.where(largest > 0, largest, 1) / steps
    return (np.round(weights / spacing) * spacing).astype(np.float32)


def rounded_weights(network: torch.nn.Module, bits: int) -> dict[str, torch.Tensor]:
    """Every matrix and filter of a network rounded, by its name, for torch.func.functional_call; the network stays as it is.

    Single numbers for each row, such as what is added to a sum, are few and stay as they are.
    """
    import torch

    return {name: torch.from_numpy(rounded(values.detach().cpu().numpy(), bits)).to(values.device)
            for name, values in network.named_parameters() if values.ndim > 1}
