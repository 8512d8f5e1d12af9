"""The network: a variational autoencoder that squeezes what somebody liked into a few numbers and unfolds them again.

Multinomial variational autoencoder (Liang et al. 2018, arXiv:1802.05814) with one hidden layer.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import dropout, normalize


class Autoencoder(nn.Module):
    """From what was liked `(u, n)` to a score for each film `(u, n)`, through `width` numbers a person.

    While it learns, `hidden` of what was liked is hidden from it, and the numbers are blurred by chance.
    """

    def __init__(self, films: int, width: int, hidden: float = 0.5) -> None:
        super().__init__()
        self.read, self.squeeze = nn.Linear(films, width), nn.Linear(width, 2 * width)
        self.unfold = nn.Linear(width, films)
        self.hidden = hidden

    def taste(self, liked: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """A person's numbers `(u, width)` and how blurred each is, as the logarithm of its variance."""
        given = dropout(normalize(liked), self.hidden, self.training)
        middle, blur = self.squeeze(torch.tanh(self.read(given))).chunk(2, dim=1)
        return middle, blur

    def forward(self, liked: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores `(u, n)`, and how far each person's numbers are from a plain bell curve `(u,)` (Kullback-Leibler)."""
        middle, blur = self.taste(liked)
        numbers = middle + torch.randn_like(middle) * torch.exp(blur / 2) if self.training else middle
        apart = -0.5 * (1 + blur - middle**2 - blur.exp()).sum(dim=1)
        return self.unfold(numbers), apart


def load_network(path: Path, device: str) -> tuple[Autoencoder, torch.Tensor]:
    """The network and the films' places on its map `(n, 2)`, NaN for those that are not drawn."""
    from safetensors.torch import load_file

    stored = {name: value.float() for name, value in load_file(path).items()}
    places = stored.pop("places")
    width, films = stored["read.weight"].shape
    network = Autoencoder(films, width)
    network.load_state_dict(stored)
    return network.requires_grad_(False).eval().to(device), places
