"""From noise to pictures along a learnt flow, step by step; the same seed gives the same picture.

Flow matching (Lipman et al. 2023, arXiv:2210.02747; Liu et al. 2023, arXiv:2209.03003): between a noise and a picture
lies a straight line, and the network learns in which direction to go from any point of such lines. Chosen before
denoising diffusion because nothing is drawn on the way: the noise alone decides, so that the same seed with more
steps is the same picture made with more care, and a few steps are enough where the lines are straight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from demos.picture_maker.network import PictureNet


@dataclass(frozen=True)
class Step:
    """One moment on the way: time in [0, 1], the pictures now and the finished ones as the network guesses them.

    Both `(n, colours, side, side)`, about -1 to 1; numpy arrays.
    """

    time: float
    now: np.ndarray
    guess: np.ndarray


def noise(seed: int, count: int, shape: tuple[int, ...]) -> np.ndarray:
    """`(count, *shape)` float32 of Gaussian noise; the first pictures of a seed stay when more are asked for."""
    drawn = [np.random.default_rng([seed, number]).standard_normal(shape) for number in range(count)]
    return np.stack(drawn).astype(np.float32)


def walk(first: np.ndarray, last: np.ndarray, count: int) -> np.ndarray:
    """`(count, *shape)` noises from one noise to another along a sphere, both ends included.

    A straight walk would pass through noise that is too quiet, which the network never learnt from (White 2016,
    arXiv:1609.04468).
    """
    lengths = np.linalg.norm(first), np.linalg.norm(last)
    angle = np.arccos(np.clip(np.vdot(first, last) / (lengths[0] * lengths[1]), -1, 1))
    shares = np.linspace(0, 1, count).reshape(-1, *[1] * first.ndim)
    if angle < 1e-4:  # the same noise twice
        return ((1 - shares) * first + shares * last).astype(np.float32)
    return ((np.sin((1 - shares) * angle) * first + np.sin(shares * angle) * last) / np.sin(angle)).astype(np.float32)


def loss(network: PictureNet, pictures: torch.Tensor, kinds: torch.Tensor, times: torch.Tensor,
         noises: torch.Tensor) -> torch.Tensor:
    """The mean squared error of the direction on the lines from noises to pictures `(n, ...)` at times `(n,)`."""
    share = times[:, None, None, None]
    said = network((1 - share) * noises + share * pictures, times, kinds)
    return F.mse_loss(said.float(), pictures - noises)


def direction(network: PictureNet, kinds: torch.Tensor, guidance: float) -> Callable[[torch.Tensor, float], torch.Tensor]:
    """Where to go from pictures at a time; `guidance` above 1 goes further the way that the kind asks for.

    Ho and Salimans 2022, arXiv:2207.12598. Without guidance (1) the network is asked once, else twice.
    """
    nothing = torch.full_like(kinds, network.plan.kinds)

    def go(now: torch.Tensor, time: float) -> torch.Tensor:
        twice = guidance != 1
        times = torch.full((len(now) * (1 + twice),), time, device=now.device)
        if not twice:
            return network(now, times, kinds)
        asked, free = network(torch.cat([now, now]), times, torch.cat([kinds, nothing])).chunk(2)
        return free + guidance * (asked - free)

    return go


@torch.inference_mode()
def flow(network: PictureNet, noises: np.ndarray, kinds: np.ndarray, steps: int, guidance: float) -> Iterator[Step]:
    """The way from `(n, colours, side, side)` noises to pictures of these kinds `(n,)`: steps + 1 moments.

    Each step but the last looks half a step ahead (the midpoint rule), as a good hand would, and costs two looks.
    A kind of `plan.kinds` asks for nothing. The last moment is the finished picture.
    """
    device = next(network.parameters()).device
    now = torch.from_numpy(noises).to(device)
    go = direction(network, torch.from_numpy(np.asarray(kinds, dtype=np.int64)).to(device), guidance)
    for step in range(steps):
        time, length = step / steps, 1 / steps
        there = go(now, time)
        yield Step(time, now.cpu().numpy(), (now + (1 - time) * there).cpu().numpy())
        if step < steps - 1:
            there = go(now + length / 2 * there, time + length / 2)
        now = now + length * there
    yield Step(1.0, now.cpu().numpy(), now.cpu().numpy())


def make(network: PictureNet, noises: np.ndarray, kinds: np.ndarray, steps: int, guidance: float) -> np.ndarray:
    """The finished pictures `(n, colours, side, side)`, about -1 to 1, of `flow`."""
    *_, last = flow(network, noises, kinds, steps, guidance)
    return last.now
