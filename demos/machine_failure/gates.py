"""The LSTM's gates, computed step by step from its weights: what it lets in, keeps and gives out."""

from __future__ import annotations

import torch
from torch import nn

from demos.series_results import Gates

NAMES = ("lets in", "keeps", "gives out")  # input gate, forget gate, output gate


@torch.inference_mode()
def gates_of(lstm: nn.LSTM, given: torch.Tensor, first: int = 1) -> Gates:
    """The gates of the last layer while it reads one stretch `(steps, features)`; `first` numbers the first step.

    PyTorch keeps the four parts in the order input, forget, cell, output (its documentation of nn.LSTM).
    """
    for layer in range(lstm.num_layers):
        weights = [getattr(lstm, f"{name}_l{layer}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        given, gates = _layer(given, *weights)
    return Gates(NAMES, gates.numpy(), given.T.numpy(), first)


def _layer(given: torch.Tensor, from_input: torch.Tensor, from_held: torch.Tensor, first: torch.Tensor,
           second: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What a layer gives out `(steps, units)`, and its three gates `(3, units, steps)`."""
    held, cell = torch.zeros(from_held.shape[1]), torch.zeros(from_held.shape[1])
    outs, gates = [], []
    for step in given:
        lets, keeps, new, gives = (from_input @ step + first + from_held @ held + second).chunk(4)
        lets, keeps, gives = lets.sigmoid(), keeps.sigmoid(), gives.sigmoid()
        cell = keeps * cell + lets * new.tanh()
        held = gives * cell.tanh()
        outs.append(held)
        gates.append(torch.stack([lets, keeps, gives]))
    return torch.stack(outs), torch.stack(gates, dim=-1)
