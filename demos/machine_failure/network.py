"""The network: an LSTM that reads thirty flights and says how many are left, with a low and a high guess."""

from __future__ import annotations

import torch
from torch import nn

from demos.machine_failure.columns import CAP, USED

HIDDEN, LAYERS = 48, 2
LOW, HIGH = 0.1, 0.9  # the chances that the truth lies below: eight in ten lie in between


class LifeNet(nn.Module):
    """`(n, 30, 14)` sensors as measured -> `(n, 3)`: flights left, the low and the high guess, as shares of 125.

    Two layers of LSTM (Hochreiter and Schmidhuber 1997, with forget gates as Gers 2000); what the second gives out after the
    last flight goes through a small dense part.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("middle", torch.zeros(len(USED)))
        self.register_buffer("spread", torch.ones(len(USED)))
        self.lstm = nn.LSTM(len(USED), HIDDEN, LAYERS, batch_first=True)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Sequential(nn.Linear(HIDDEN, 24), nn.ReLU(), nn.Linear(24, 3))

    def forward(self, window: torch.Tensor) -> torch.Tensor:
        held, _ = self.lstm((window - self.middle) / self.spread)
        return self.head(self.drop(held[:, -1]))


def loss_of(said: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Squared error of the guess, and the pinball loss of the low and the high one (Koenker and Bassett 1978)."""
    error = truth[:, None] - said[:, 1:]
    chance = torch.tensor([LOW, HIGH], device=said.device)
    pinball = torch.maximum(chance * error, (chance - 1) * error).mean()
    return (said[:, 0] - truth).square().mean() + 0.2 * pinball


def flights(said: torch.Tensor) -> torch.Tensor:
    """The three guesses in flights, 0 to 125, the low one never above and the high one never below the middle one."""
    middle, low, high = (CAP * said.clamp(0, 1)).unbind(-1)
    return torch.stack([middle, torch.minimum(low, middle), torch.maximum(high, middle)], dim=-1)
