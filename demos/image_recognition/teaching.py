"""Teaches a network new names with few pictures: all its layers stay, only a last linear step is learnt.

This is how such networks are mostly used; "transfer learning" in textbooks (Razavian et al. 2014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.train import learn

if TYPE_CHECKING:
    import torch

STRICTNESS = (1e-5, 1e-4, 1e-3)


def describe(network: PictureNetwork, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities `(n, classes)` and what the last layer measures, `(n, channels)`, from one pass."""
    import torch

    if network.parts.quick:
        return network.described(list(pictures))
    kept: list[torch.Tensor] = []
    parts = network.parts

    def keep(measured: torch.Tensor) -> None:
        kept.append(measured.mean(dim=(2, 3)).float().cpu())

    if parts.last_input:
        hook = parts.last.register_forward_pre_hook(lambda _, given: keep(given[0]))
    else:
        hook = parts.last.register_forward_hook(lambda _, __, given: keep(given))
    try:
        scores = network.scores(list(pictures))
    finally:
        hook.remove()
    return scores, torch.cat(kept).numpy()


def teach(network: PictureNetwork, pictures: np.ndarray,
          numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights `(channels, k)` and bias `(k,)` of the last step for k >= 3 names, from `(n, H, W, 3)`."""
    described = describe(network, pictures)[1]
    arrays, _ = learn(described[None], numbers, STRICTNESS)
    return arrays["weights"], arrays["bias"]
