"""A small recurrent network over a customer's last ten payments and the one that is judged."""

from __future__ import annotations

import torch
from torch import nn

from demos.fraud_game.features import NUMBERS
from demos.fraud_game.payments import SHOPS

EMBEDDED, HIDDEN = 6, 64  # numbers for each kind of shop; units


class PaymentGRU(nn.Module):
    """Numbers `(n, 11, 8)` and shops `(n, 11)` to log-odds `(n,)` that the last payment was a thief's.

    A gated recurrent unit (Cho et al. 2014, arXiv:1406.1078) reads the payments from the oldest on; what it remembers at
    the end and the last payment itself go through one more layer.
    """

    def __init__(self, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.shops = nn.Embedding(len(SHOPS) + 1, EMBEDDED)
        self.memory = nn.GRU(NUMBERS + EMBEDDED, hidden, batch_first=True)
        self.head = nn.Sequential(nn.Linear(hidden + NUMBERS + EMBEDDED, hidden), nn.ReLU(), nn.Linear(hidden, 1))

    def forward(self, numbers: torch.Tensor, shops: torch.Tensor) -> torch.Tensor:
        steps = torch.cat([numbers, self.shops(shops)], dim=2)
        memory = self.memory(steps)[0][:, -1]
        return self.head(torch.cat([memory, steps[:, -1]], dim=1))[:, 0]
