"""The network that turns noise into pictures: a small U-Net that says which way each pixel has to go.

Ronneberger et al. 2015, arXiv:1505.04597; told of the time and of what is asked as in Dhariwal and Nichol 2021,
arXiv:2105.05233. It looks at squares of two by two pixels at once (Hoogeboom et al. 2023, arXiv:2301.11093), which
is four times as fast as pixel by pixel.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

SQUARE = 2  # pixels that are seen at once, each way
GROUPS = 8  # channels are normalised in so many groups
FREQUENCIES = 32  # in which the time is written


@dataclass(frozen=True)
class Plan:
    """What a network is for: side in pixels, colours of a pixel, kinds that can be asked for, channels by level."""

    side: int
    colours: int
    kinds: int
    widths: tuple[int, ...]
    drop: float = 0.0  # of the numbers within a block, while learning: against learning by heart
    told: int = 128  # numbers that tell of time and kind


DIGITS = Plan(28, 1, 10, (64, 128))  # 1.13 million weights
TILES = Plan(32, 3, 5, (64, 128, 128), drop=0.1)  # 1.98 million


class Block(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut; between them each channel is scaled and shifted by what is told."""

    def __init__(self, before: int, after: int, told: int, drop: float) -> None:
        super().__init__()
        self.first_norm, self.second_norm = nn.GroupNorm(GROUPS, before), nn.GroupNorm(GROUPS, after)
        self.first, self.second = (nn.Conv2d(one, after, 3, padding=1) for one in (before, after))
        self.told, self.drop = nn.Linear(told, 2 * after), nn.Dropout(drop)
        self.shortcut = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.second.weight)  # a new block changes nothing: deep stacks then learn from the start
        nn.init.zeros_(self.second.bias)

    def forward(self, x: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
        """`(n, before, h, w)` and what is told `(n, told)` -> `(n, after, h, w)`."""
        y = self.first(F.silu(self.first_norm(x)))
        scale, shift = self.told(told)[:, :, None, None].chunk(2, dim=1)
        y = self.second(self.drop(F.silu(self.second_norm(y) * (1 + scale) + shift)))
        return y + self.shortcut(x)


class Look(nn.Module):
    """Attention: each place takes from all others what it needs, so that far parts of a picture fit together."""

    def __init__(self, width: int, heads: int = 4) -> None:
        super().__init__()
        self.norm, self.heads = nn.GroupNorm(GROUPS, width), heads
        self.ask, self.give = nn.Conv2d(width, 3 * width, 1), nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.give.weight)
        nn.init.zeros_(self.give.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(n, width, h, w)` -> the same shape."""
        n, width, height, across = x.shape
        parts = self.ask(self.norm(x)).reshape(n, 3, self.heads, width // self.heads, height * across)
        query, key, value = parts.transpose(-1, -2).unbind(1)
        seen = F.scaled_dot_product_attention(query, key, value)
        return x + self.give(seen.transpose(-1, -2).reshape(n, width, height, across))


class PictureNet(nn.Module):
    """Says for each pixel which way it has to go, at a time between noise (0) and picture (1)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan, widths, told, drop = plan, plan.widths, plan.told, plan.drop
        self.kind = nn.Embedding(plan.kinds + 1, told)  # the last one: nothing is asked for
        self.time = nn.Sequential(nn.Linear(2 * FREQUENCIES, told), nn.SiLU(), nn.Linear(told, told))
        pixels = plan.colours * SQUARE ** 2
        self.enter = nn.Conv2d(pixels, widths[0], 3, padding=1)
        pairs = [(widths[max(level - 1, 0)], width) for level, width in enumerate(widths)]
        self.down = nn.ModuleList(Block(before, width, told, drop) for before, width in pairs)
        self.look, self.middle = Look(widths[-1]), Block(widths[-1], widths[-1], told, drop)
        self.up = nn.ModuleList(Block(2 * width, before, told, drop) for before, width in reversed(pairs))
        self.norm = nn.GroupNorm(GROUPS, widths[0])
        self.leave = nn.Conv2d(widths[0], pixels, 3, padding=1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, x: torch.Tensor, time: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """`(n, colours, side, side)`, `(n,)` in [0, 1], `(n,)` numbers of kinds -> `(n, colours, side, side)`."""
        waves = torch.exp(torch.linspace(0, math.log(1000), FREQUENCIES, device=x.device)) * time[:, None]
        told = F.silu(self.time(torch.cat([waves.sin(), waves.cos()], dim=1)) + self.kind(kinds))
        x = self.enter(F.pixel_unshuffle(x, SQUARE).contiguous(memory_format=torch.channels_last))
        kept = []
        for level, block in enumerate(self.down):
            x = block(F.avg_pool2d(x, 2) if level else x, told)
            kept.append(x)
        x = self.middle(self.look(x), told)
        for level, block in enumerate(self.up):
            x = block(torch.cat([F.interpolate(x, scale_factor=2.0) if level else x, kept.pop()], dim=1), told)
        return F.pixel_shuffle(self.leave(F.silu(self.norm(x))), SQUARE)


def save_network(weights: dict[str, torch.Tensor], path: Path, about: dict[str, object]) -> None:
    """Store weights in half precision, with what they are in one entry: the order of several would vary."""
    from safetensors.torch import save_file

    path.parent.mkdir(exist_ok=True)
    halves = {name: weight.detach().half().contiguous() for name, weight in weights.items()}
    save_file(halves, path, metadata={"about": json.dumps(about, sort_keys=True)})


def load_network(plan: Plan, path: Path, device: str) -> PictureNet:
    """The network with its stored weights, ready to be asked, in float32."""
    from safetensors.torch import load_file

    network = PictureNet(plan)
    network.load_state_dict({name: weight.float() for name, weight in load_file(path).items()})
    return network.eval().requires_grad_(False).to(device, memory_format=torch.channels_last)
