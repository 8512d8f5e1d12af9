"""The deep method: pictures come out of noise, step by step, the way a network says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from demos.picture_maker import network as networks
from demos.picture_maker.asked import COUNT, MOST_STEPS, set_of
from demos.picture_maker.data import as_pictures
from demos.picture_maker.flow import Step, flow, noise, walk
from demos.picture_maker.made import Made

PLANS = {"digits": networks.DIGITS, "tiles": networks.TILES}
STEPS = 12
GUIDANCE = {"digits": 1.5, "tiles": 1.5}  # how much further the way that the kind asks for
GROWING = (1, 2, 4, 8, 16, 32)  # steps, for the same seed
PLACES = 9  # of a walk, both ends included


class FromNoise:
    """The loaded networks of both sets; `predict` and its siblings never write to it."""

    def __init__(self, loaded: dict[str, networks.PictureNet]) -> None:
        self.networks = loaded

    def predict(self, what: str, seed: float, steps: float = STEPS) -> Made:
        """Sixteen pictures of what was asked for, with all moments on their way out of the noise."""
        *_, (_, answer) = self.stream(what, seed, steps)
        return answer

    def stream(self, what: str, seed: float, steps: float = STEPS) -> Iterator[tuple[float, Made]]:
        """The same while it grows: the share done, and the moments so far."""
        moments: list[Step] = []
        for moment in self.steps(what, noise(int(seed), COUNT, self.shape(what)), int(steps)):
            moments.append(moment)
            frames, guesses = (as_pictures(np.stack(rows)) for rows in
                               zip(*((one.now, one.guess) for one in moments)))
            captions = tuple(_caption(number, int(steps)) for number in range(len(moments)))
            yield moment.time, Made(frames, captions, guesses)

    def more_steps(self, what: str, seed: float) -> Made:
        """The same four noises with 1, 2, 4 … 32 steps."""
        noises = noise(int(seed), 4, self.shape(what))
        made = [self.finished(what, noises, steps) for steps in GROWING]
        return Made(as_pictures(np.stack(made)), tuple(_steps(steps) for steps in GROWING))

    def walk(self, what: str, first: float, last: float, steps: float = STEPS) -> Made:
        """From the first picture of one seed to the first of another: each moment is one place of the walk."""
        ends = [noise(int(seed), 1, self.shape(what))[0] for seed in (first, last)]
        made = self.finished(what, walk(ends[0], ends[1], PLACES), int(steps))
        captions = tuple(f"{number + 1} of {PLACES}" for number in range(PLACES))
        return Made(as_pictures(made)[:, None], captions)

    def shape(self, what: str) -> tuple[int, int, int]:
        """(colours, side, side) of what is asked for."""
        plan = self.networks[set_of(what)[0]].plan
        return plan.colours, plan.side, plan.side

    def steps(self, what: str, noises: np.ndarray, steps: int) -> Iterator[Step]:
        """The way from noises `(n, colours, side, side)` to pictures of what is asked for."""
        name, kind = set_of(what)
        count = min(max(steps, 1), MOST_STEPS)
        return flow(self.networks[name], noises, np.full(len(noises), kind), count, GUIDANCE[name])

    def finished(self, what: str, noises: np.ndarray, steps: int) -> np.ndarray:
        """The finished pictures, about -1 to 1, of these noises."""
        *_, last = self.steps(what, noises, steps)
        return last.now

    def draw(self, what: str, seed: int, count: int, steps: int = STEPS) -> np.ndarray:
        """`(count, colours, side, side)` float32, about -1 to 1."""
        return self.finished(what, noise(seed, count, self.shape(what)), steps)


def _steps(count: int) -> str:
    return f"{count} step{'s' * (count != 1)}"


def _caption(number: int, steps: int) -> str:
    return "noise" if number == 0 else f"after {number} of {_steps(steps)}"


def load(weights: dict[str, Path], device: str) -> FromNoise:
    """Read the two files, digits and tiles."""
    return FromNoise({name: networks.load_network(plan, weights[name], device) for name, plan in PLANS.items()})
