"""The language model: a small GPT that gives, for every place in a text, how likely each token is to come next.

Radford and others 2019 (GPT-2), with rotary positions (Su and others 2021, arXiv:2104.09864), root-mean-square norms
without gains, squared ReLU, normed queries and keys, and one matrix for the tokens at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, linear, relu, rms_norm

from demos.story_writer.tokens import COUNT

CONTEXT = 256  # tokens that are seen at once
Past = list[tuple[Tensor, Tensor]]  # of each layer the keys and values so far, (1, heads, n, width / heads)


@dataclass(frozen=True)
class Shape:
    """How large a network is: numbers at each place, layers, and heads in each layer."""

    width: int
    layers: int
    heads: int

    @property
    def weights(self) -> int:
        """How many weights that makes."""
        return COUNT * self.width + 12 * self.layers * self.width**2


class Layer(nn.Module):
    """Attention to the places before, then a step at each place; both are added to what was there."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.widen, self.narrow = nn.Linear(width, 4 * width, bias=False), nn.Linear(4 * width, width, bias=False)

    def forward(self, x: Tensor, turn: Tensor, past: tuple[Tensor, Tensor] | None,
                seen: list[Tensor] | None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """`(b, n, width)` after the layer, and the keys and values up to here; `seen` collects `(b, heads, n, m)`."""
        normed = _norm(x)
        query, key, value = (one(normed).unflatten(-1, (self.heads, -1)).transpose(1, 2)
                             for one in (self.query, self.key, self.value))
        query, key = _turned(_norm(query), turn), _turned(_norm(key), turn)
        if past is not None:
            key, value = torch.cat((past[0], key), dim=2), torch.cat((past[1], value), dim=2)
        looks = _looks(query, key)
        if seen is not None:
            seen.append(looks)
        x = x + self.out((looks @ value).transpose(1, 2).flatten(2))
        return x + self.narrow(relu(self.widen(_norm(x))).square()), (key, value)


class Network(nn.Module):
    """The whole network. `forward` never writes to it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.tokens = nn.Embedding(COUNT, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        angles = torch.arange(CONTEXT)[:, None] / 10_000 ** torch.linspace(0, 1, shape.width // shape.heads // 2)
        self.register_buffer("turn", torch.stack((angles.cos(), angles.sin())), persistent=False)
        nn.init.normal_(self.tokens.weight, std=0.02)
        for layer in self.layers:
            nn.init.zeros_(layer.out.weight)  # each layer begins by adding nothing
            nn.init.zeros_(layer.narrow.weight)

    def forward(self, ids: Tensor, past: Past | None = None, seen: list[Tensor] | None = None) -> tuple[Tensor, Past]:
        """Logits `(b, n, 4096)` of what comes after each of the tokens `(b, n)`, and the past for those to come.

        With `past` the tokens continue it; together they may be 256 tokens long. `seen`, a list, collects of each
        layer what its heads looked at: `(b, heads, n, past + n)`, rows that add up to 1.
        """
        start = past[0][0].shape[2] if past else 0
        turn = self.turn[:, start:start + ids.shape[1]]
        x, pasts = _norm(self.tokens(ids)), []
        for number, layer in enumerate(self.layers):
            x, now = layer(x, turn.to(x.dtype), past[number] if past else None, seen)
            pasts.append(now)
        return linear(_norm(x), self.tokens.weight), pasts

    def loss(self, ids: Tensor) -> Tensor:
        """The mean surprise in nats at tokens 1 to n of `(b, n + 1)`, each after those before it."""
        logits, _ = self(ids[:, :-1])
        return cross_entropy(logits.flatten(0, 1).float(), ids[:, 1:].flatten())


def _norm(x: Tensor) -> Tensor:
    return rms_norm(x, x.shape[-1:])


def _turned(x: Tensor, turn: Tensor) -> Tensor:
    """Queries or keys `(b, heads, n, d)`, each pair of numbers turned by an angle that grows with the place."""
    (first, second), (cos, sin) = x.chunk(2, dim=-1), turn.to(x.dtype)
    return torch.cat((first * cos - second * sin, first * sin + second * cos), dim=-1)


def _looks(query: Tensor, key: Tensor) -> Tensor:
    """How much each of the last n places looks at itself and those before: `(b, heads, n, m)`, rows add up to 1.

    In a third to a half less time, forth and back, than PyTorch's own fused attention takes here.
    """
    n, m = query.shape[2], key.shape[2]
    later = torch.full((n, m), -1e9, dtype=query.dtype, device=query.device).triu(m - n + 1)
    scores = torch.baddbmm(later, query.flatten(0, 1), key.flatten(0, 1).mT, alpha=query.shape[-1] ** -0.5)
    return scores.unflatten(0, query.shape[:2]).softmax(dim=-1)
