"""The network: an autoencoder that squeezes what somebody liked into a few hundred numbers and unfolds them again."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import normalize


class Autoencoder(nn.Module):
    """From what was liked `(u, n)` to a score for each film `(u, n)`, through `width` numbers a person."""

    def __init__(self, films: int, width: int) -> None:
        super().__init__()
        self.read, self.unfold = nn.Linear(films, width), nn.Linear(width, films)

    def taste(self, liked: torch.Tensor) -> torch.Tensor:
        """A person's numbers `(u, width)`, each between -1 and 1."""
        return torch.tanh(self.read(normalize(liked)))

    def forward(self, liked: torch.Tensor) -> torch.Tensor:
        """Scores `(u, n)`."""
        return self.unfold(self.taste(liked))


def load_network(path: Path, device: str) -> tuple[Autoencoder, torch.Tensor]:
    """The network and the films' places on its map `(n, 2)`, NaN for those that are not drawn."""
    from safetensors.torch import load_file

    stored = {name: value.float() for name, value in load_file(path).items()}
    places = stored.pop("places")
    width, films = stored["read.weight"].shape
    network = Autoencoder(films, width)
    network.load_state_dict(stored)
    return network.requires_grad_(False).eval().to(device), places
