"""The course that a generator takes: what it learns from, each step, and the state that a training goes on from."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from demos.picture_maker.data import SEED, read_digits, read_tiles, scaled
from demos.picture_maker.flow import loss
from demos.picture_maker.network import DIGITS, TILES, PictureNet, Plan

BATCH, RATE, DECAY, WARM = 64, 2e-3, 0.01, 200
NOT_ASKED = 0.15  # of the pictures are shown without saying what they are
AVERAGED = 0.999  # of the running average stays at each step
CHECK = 250  # steps between two looks at the pictures that choose
CHECKED = 1000  # of these pictures


@dataclass(frozen=True)
class Lesson:
    """What a network learns from: `(n, colours, side, side)` float32 from -1 to 1 and kinds `(n,)`, twice."""

    plan: Plan
    pictures: torch.Tensor
    kinds: torch.Tensor
    held: torch.Tensor
    held_kinds: torch.Tensor
    mirrored: bool


def read_lesson(name: str, data: Path) -> Lesson:
    """The lesson named digits or tiles."""
    plan, read = {"digits": (DIGITS, read_digits), "tiles": (TILES, read_tiles)}[name]
    arrays: list[Any] = []
    for part in ("learn", "choose"):
        pictures, kinds = read(data, part)
        arrays += [torch.from_numpy(scaled(pictures)), torch.from_numpy(kinds)]
    return Lesson(plan, *arrays, mirrored=name == "tiles")


class Course:
    """One training of so many steps: the network, its optimiser, the running average and the best of it so far."""

    def __init__(self, lesson: Lesson, steps: int) -> None:
        torch.manual_seed(SEED)
        self.lesson, self.steps, self.done = lesson, steps, 0
        self.network = PictureNet(lesson.plan).to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), RATE, betas=(0.9, 0.99), weight_decay=DECAY)
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.best, self.best_loss, self.best_step = dict(self.average), float("inf"), 0

    def rate(self) -> float:
        """The learning rate of the next step."""
        return RATE * min((self.done + 1) / WARM, 0.5 + 0.5 * float(np.cos(np.pi * self.done / self.steps)))

    def draw(self) -> tuple[torch.Tensor, ...]:
        """Pictures, kinds, times and noises of the next step, by its number alone."""
        chance = torch.Generator().manual_seed(SEED * 1_000_003 + self.done)
        lesson, nothing = self.lesson, torch.tensor(self.lesson.plan.kinds)
        rows = torch.randint(len(lesson.pictures), (BATCH,), generator=chance)
        pictures = lesson.pictures[rows]
        if lesson.mirrored:
            turned = torch.rand(BATCH, 1, 1, 1, generator=chance) < 0.5
            pictures = torch.where(turned, pictures.flip(-1), pictures)
        silent = torch.rand(BATCH, generator=chance) < NOT_ASKED
        # in the middle of the way the choice is hardest, so most times are drawn there (arXiv:2403.03206)
        times = torch.sigmoid(torch.randn(BATCH, generator=chance))
        return (pictures, torch.where(silent, nothing, lesson.kinds[rows]), times,
                torch.randn(pictures.shape, generator=chance))

    def step(self) -> float:
        """Learn from one batch; the loss."""
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        torch.manual_seed(SEED * 1_000_003 + self.done)  # for what dropout drops
        with torch.autocast("cpu", torch.bfloat16):
            cost = loss(self.network, *self.draw())
        self.optimiser.zero_grad(set_to_none=True)
        cost.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        stays = min(AVERAGED, (self.done + 1) / (self.done + 10))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - stays)
        self.done += 1
        if self.done % CHECK == 0 or self.done == self.steps:
            self.check()
        return float(cost.detach())

    @torch.inference_mode()
    def check(self) -> None:
        """Hold the running average against pictures that were not learnt from, and keep it if it is the best."""
        judge = PictureNet(self.lesson.plan).eval().to(memory_format=torch.channels_last)
        judge.load_state_dict(self.average)
        pictures, kinds = self.lesson.held[:CHECKED], self.lesson.held_kinds[:CHECKED]
        chance = torch.Generator().manual_seed(SEED)
        noises = torch.randn(pictures.shape, generator=chance)
        times = (torch.arange(len(pictures)) + 0.5) / len(pictures)
        times = times[torch.randperm(len(pictures), generator=chance)]
        with torch.autocast("cpu", torch.bfloat16):
            costs = [float(loss(judge, *part)) * len(part[0]) for part in
                     zip(*(one.split(100) for one in (pictures, kinds, times, noises)))]
        held = sum(costs) / len(pictures)
        if held < self.best_loss:
            self.best_loss, self.best_step = held, self.done
            self.best = {name: value.clone() for name, value in self.average.items()}
        print(f"{self.done} of {self.steps}: {held:.4f} on pictures not learnt from", file=sys.stderr)

    def keep(self, path: Path) -> None:
        """Write all that is needed to go on; the old file stays until the new one is whole."""
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "best": self.best,
                 "average": self.average, "numbers": [self.done, self.steps, self.best_loss, self.best_step]}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def resume(self, path: Path) -> None:
        """Go on from what was kept; ValueError if that is another training."""
        state = torch.load(path, weights_only=True)
        if state["numbers"][1] != self.steps:
            raise ValueError(f"{path.name} was begun for {state['numbers'][1]} steps, not for {self.steps}")
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.best, self.average = state["best"], state["average"]
        self.done, _, self.best_loss, self.best_step = state["numbers"]
