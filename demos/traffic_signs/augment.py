"""Changes signs at random as streets do: seen from the side, far, dark, blurred, half in shade or covered.

Two ways: `STRONG`, for pictures of any kind, and `GENTLE`, for signs cut out as those of GTSRB are. The training
pictures of this copy were compressed and so lost their grain; both ways give some back, the gentle one more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F

# Mirrored, these signs stay what they are, and these become each other (by their meaning in Germany).
SAME_MIRRORED = (11, 12, 13, 15, 17, 18, 22, 26, 30, 35)
BECOMES_MIRRORED = {19: 20, 20: 19, 33: 34, 34: 33, 36: 37, 37: 36, 38: 39, 39: 38}
REACH = 2  # pixels of the blur's kernel to each side


@dataclass(frozen=True)
class Change:
    """How much is changed: `space` and `light` are parts of what the functions below say; the rest are shares."""

    space: float  # of turn, scale, shift and view from the side
    light: float  # of brightness, contrast, tint and shade
    blurred: float  # of the pictures
    covered: float  # of the pictures
    packed: float  # of the signs: saved as a poor JPEG first
    grain: float  # of white: the strongest noise


STRONG = Change(space=1.0, light=1.0, blurred=0.5, covered=0.25, packed=0.2, grain=0.04)
GENTLE = Change(space=0.5, light=0.6, blurred=0.15, covered=0.1, packed=0.05, grain=0.08)


def mirrored_numbers() -> torch.Tensor:
    """`(44,)`: the number that a mirrored sign of each number gets; -1 where there is none."""
    table = torch.full((44,), -1)
    for number in (*SAME_MIRRORED, 43):
        table[number] = number
    for number, other in BECOMES_MIRRORED.items():
        table[number] = other
    return table


def change(batch: torch.Tensor, numbers: torch.Tensor, dice: torch.Generator,
           how: Change) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures `(n, 3, 32, 32)` in [0, 1] and numbers `(n,)`, both changed by `dice`."""
    table = mirrored_numbers()
    mirror = (torch.rand(len(batch), generator=dice) < 0.5) & (table[numbers] >= 0)
    numbers = torch.where(mirror, table[numbers], numbers)
    batch = _move(torch.where(mirror[:, None, None, None], batch.flip(3), batch), dice, how.space)
    batch = _light(_blur(batch, dice, how.blurred), dice, how.light)
    return _noise(_cover(batch, dice, how.covered), dice, how.grain).clamp(0, 1), numbers


def _uniform(count: int, low: float, high: float, dice: torch.Generator) -> torch.Tensor:
    return torch.rand(count, generator=dice) * (high - low) + low


def _move(batch: torch.Tensor, dice: torch.Generator, part: float) -> torch.Tensor:
    """Turn by up to 17 degrees, scale by 0.75 to 1.2, shift by up to 4 px, seen from the side."""
    n = len(batch)
    angle, size = _uniform(n, -0.3 * part, 0.3 * part, dice), torch.exp2(_uniform(n, -0.26 * part, 0.4 * part, dice))
    stretch = torch.exp2(_uniform(n, -0.15 * part, 0.15 * part, dice))
    cos, sin = angle.cos() * size, angle.sin() * size
    shift_x, shift_y = _uniform(n, -0.25 * part, 0.25 * part, dice), _uniform(n, -0.25 * part, 0.25 * part, dice)
    lean_x, lean_y = _uniform(n, -0.2 * part, 0.2 * part, dice), _uniform(n, -0.2 * part, 0.2 * part, dice)
    line = torch.linspace(-1, 1, batch.shape[3]) * (1 - 1 / batch.shape[3])  # the middles of the pixels
    y, x = torch.meshgrid(line, line, indexing="ij")
    x, y = x.expand(n, -1, -1), y.expand(n, -1, -1)
    depth = 1 + lean_x[:, None, None] * x + lean_y[:, None, None] * y
    cos, sin, stretch = (value[:, None, None] for value in (cos, sin, stretch))
    grid = torch.stack([(cos * x * stretch - sin * y) / depth + shift_x[:, None, None],
                        (sin * x * stretch + cos * y) / depth + shift_y[:, None, None]], dim=3)
    return F.grid_sample(batch, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def _blur(batch: torch.Tensor, dice: torch.Generator, share: float) -> torch.Tensor:
    """A share of them blurred by a Gaussian, longer in one direction than in the other, as a moving car does."""
    n = len(batch)
    place = torch.arange(-REACH, REACH + 1.0)
    y, x = torch.meshgrid(place, place, indexing="ij")
    angle = _uniform(n, 0, math.pi, dice)[:, None, None]
    long, short = (_uniform(n, 0.3, most, dice)[:, None, None] for most in (1.7, 1.1))
    along, across = x * angle.cos() + y * angle.sin(), y * angle.cos() - x * angle.sin()
    kernel = torch.exp(-(along / long) ** 2 / 2 - (across / short) ** 2 / 2)
    kernel = kernel / kernel.sum(dim=(1, 2), keepdim=True)
    some = torch.rand(n, generator=dice) < share
    if not some.any():
        return batch
    rows = F.pad(batch[some], (REACH,) * 4, mode="replicate").flatten(0, 1)[None]
    kernel = kernel[some].repeat_interleave(3, dim=0)[:, None]
    batch = batch.clone()
    batch[some] = F.conv2d(rows, kernel, groups=len(kernel))[0].unflatten(0, (-1, 3))
    return batch


def _light(batch: torch.Tensor, dice: torch.Generator, part: float) -> torch.Tensor:
    """Brighter or darker, more or less contrast, a tint, and shade from one side."""
    n = len(batch)

    def each(low: float, high: float, *shape: int) -> torch.Tensor:
        return _uniform(n * math.prod(shape), low * part, high * part, dice).view(n, *shape)

    batch = batch.clamp(1e-4, 1) ** torch.exp2(each(-0.7, 0.7, 1, 1, 1))
    middle = batch.mean(dim=(2, 3), keepdim=True).mean(dim=1, keepdim=True)
    batch = (batch - middle) * torch.exp2(each(-1.2, 0.6, 1, 1, 1)) + middle * torch.exp2(each(-0.8, 0.5, 1, 1, 1))
    line = torch.linspace(-1, 1, batch.shape[3])
    ramp = each(-0.35, 0.35, 1, 1, 1) * line[:, None] + each(-0.35, 0.35, 1, 1, 1) * line
    return batch * (1 + ramp) * torch.exp2(each(-0.2, 0.2, 3, 1, 1))


def _cover(batch: torch.Tensor, dice: torch.Generator, share: float) -> torch.Tensor:
    """A share of them with a square of one colour, 3 to 12 px wide."""
    n, side = len(batch), batch.shape[3]
    half = torch.where(torch.rand(n, generator=dice) < share, _uniform(n, 1.5, 6, dice), torch.tensor(-1.0))
    at_y, at_x = _uniform(n, 0, side, dice), _uniform(n, 0, side, dice)
    place = torch.arange(side) + 0.5
    inside = (((place[None, :, None] - at_y[:, None, None]).abs() < half[:, None, None])
              & ((place[None, None, :] - at_x[:, None, None]).abs() < half[:, None, None]))
    return torch.where(inside[:, None], torch.rand((n, 3, 1, 1), generator=dice), batch)


def _noise(batch: torch.Tensor, dice: torch.Generator, most: float) -> torch.Tensor:
    """Grain, up to so much of white."""
    strength = _uniform(len(batch), 0, most, dice)[:, None, None, None]
    return batch + strength * torch.randn(batch.shape, generator=dice)
