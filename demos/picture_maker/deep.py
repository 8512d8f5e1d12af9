"""The deep method: pictures come out of noise, step by step, the way a network says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from demos.picture_maker import network as networks
from demos.picture_maker.asked import COUNT, GUIDANCE, MOST_STEPS, STEPS, set_of
from demos.picture_maker.data import as_pictures
from demos.picture_maker.finishing import finish
from demos.picture_maker.flow import Step, flow, noise, walk
from demos.picture_maker.reader import Reader, load_reader
from demos.picture_maker.seeing import views
from demos.picture_results import Made
from demos.results import View

PLANS = {"digits": networks.DIGITS, "tiles": networks.TILES}
GROWING = (1, 2, 4, 8, 16, 32)  # steps, for the same seed
PLACES = 9  # of a walk, both ends included


class FromNoise:
    """The loaded networks of both sets; `predict` and its siblings never write to it."""

    def __init__(self, loaded: dict[str, networks.PictureNet], reader: Reader) -> None:
        self.networks, self.reader = loaded, reader

    def predict(self, what: str, seed: float, steps: float = STEPS, guidance: float = 1.0) -> Made:
        """Sixteen pictures of what was asked for, with all moments on their way out of the noise.

        `guidance` is how strictly it keeps to that, in times what was chosen for the set.
        """
        *_, (_, answer) = self.stream(what, seed, steps, guidance)
        return answer

    def stream(self, what: str, seed: float, steps: float = STEPS,
               guidance: float = 1.0) -> Iterator[tuple[float, Made]]:
        """The same while it grows: the share done, and the moments so far."""
        moments: list[Step] = []
        for moment in self.steps(what, noise(int(seed), COUNT, self.shape(what)), int(steps), guidance):
            moments.append(moment)
            frames, guesses = (as_pictures(np.stack(rows)) for rows in
                               zip(*((one.now, one.guess) for one in moments)))
            captions = tuple(caption(number, int(steps)) for number in range(len(moments)))
            made = Made(frames, captions, guesses, says=captions[-1], asked=what)
            yield moment.time, finish(self.reader, made, what) if moment.time == 1 else made

    def briefly(self, what: str, seed: float, steps: float = STEPS, guidance: float = 1.0) -> Made:
        """The finished pictures of `predict` alone."""
        *_, last = self.steps(what, noise(int(seed), COUNT, self.shape(what)), int(steps), guidance)
        return finish(self.reader, Made(as_pictures(last.now)[None], ("finished",), asked=what), what)

    def explain(self, what: str, seed: float, steps: float = STEPS, guidance: float = 1.0) -> list[View]:
        """Five moments of the first two pictures: what there is, and the finished one as the network guesses it."""
        moments = list(self.steps(what, noise(int(seed), 2, self.shape(what)), int(steps), guidance))
        return views(moments, [caption(number, int(steps)) for number in range(len(moments))])

    def more_steps(self, what: str, seed: float) -> Made:
        """The same four noises with 1, 2, 4 … 32 steps."""
        noises = noise(int(seed), 4, self.shape(what))
        made = [self.finished(what, noises, steps) for steps in GROWING]
        return Made(as_pictures(np.stack(made)), tuple(counted(steps) for steps in GROWING))

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

    def steps(self, what: str, noises: np.ndarray, steps: int, guidance: float = 1.0) -> Iterator[Step]:
        """The way from noises `(n, colours, side, side)` to pictures of what is asked for."""
        name, kind = set_of(what)
        count = min(max(steps, 1), MOST_STEPS)
        return flow(self.networks[name], noises, np.full(len(noises), kind), count, guidance * GUIDANCE[name])

    def finished(self, what: str, noises: np.ndarray, steps: int) -> np.ndarray:
        """The finished pictures, about -1 to 1, of these noises."""
        *_, last = self.steps(what, noises, steps)
        return last.now

    def draw(self, what: str, seed: int, count: int, steps: int = STEPS) -> np.ndarray:
        """`(count, colours, side, side)` float32, about -1 to 1."""
        return self.finished(what, noise(seed, count, self.shape(what)), steps)


def counted(steps: int) -> str:
    """'1 step', '12 steps'."""
    return f"{steps} step{'s' * (steps != 1)}"


def caption(number: int, steps: int) -> str:
    """What to call the moment after so many of all steps."""
    return "noise" if number == 0 else f"after {number} of {counted(steps)}"


def load(weights: dict[str, Path], device: str) -> FromNoise:
    """Read the three files: digits, tiles, and the reader."""
    return FromNoise({name: networks.load_network(plan, weights[name], device) for name, plan in PLANS.items()},
                     load_reader(weights["reader"], "cpu"))
