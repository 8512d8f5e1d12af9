"""Lessons like a visitor's, drawn from CIFAR-10: a few of its ten things, a few examples of each, the rest are strangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.sheets import read_part
from demos.teach_it.measures import classical_measures, deep_measures

# places in the order of the table, for each of the ten things
CONSTANTS, EXAMPLES, TESTED = (0, 200), (200, 350), (0, 150)
Measured = Mapping[str, np.ndarray]  # family -> (n, d)


@dataclass(frozen=True, eq=False)
class Pool:
    """Measured pictures of the ten things: family -> `(n, d)` as they are, and their numbers `(n,)`."""

    measured: Measured
    numbers: np.ndarray

    def of(self, number: int) -> np.ndarray:
        """The places of one thing's pictures."""
        return np.flatnonzero(self.numbers == number)


def read_pool(data: Path, part: str, places: tuple[int, int], network: PictureNetwork, limit: int | None = None) -> Pool:
    """Pictures from the first to before the last place of each thing, measured; `limit` takes so many of each."""
    pictures, numbers = read_part(data, part)
    first, last = places
    last = min(last, first + limit) if limit else last
    taken = np.concatenate([np.flatnonzero(numbers == number)[first:last] for number in range(10)])
    chosen = list(pictures[taken])
    return Pool({"classical": classical_measures(chosen), "deep": deep_measures(network, chosen)}, numbers[taken])


@dataclass(frozen=True, eq=False)
class Task:
    """A lesson by places in a pool.

    `learnt` `(k * n,)` with its `labels`, which are 0 to k - 1; `held` `(m,)` of the taught things with its `truth`; and
    `strangers` `(m,)`, pictures of other things.
    """

    learnt: np.ndarray
    labels: np.ndarray
    held: np.ndarray
    truth: np.ndarray
    strangers: np.ndarray


def draw_task(numbers: np.ndarray, random: np.random.Generator, kinds: int, size: int, learning: tuple[int, int],
              asking: tuple[int, int], asked: int = 40) -> Task:
    """A lesson of so many of the things, `size` examples each.

    Examples are drawn from the places `learning` of each thing, `asked` pictures of it from the places `asking`.
    """
    things = random.permutation(int(numbers.max()) + 1)
    known, others = things[:kinds], things[kinds:]

    def some(thing: int, places: tuple[int, int], count: int) -> np.ndarray:
        return random.permutation(np.flatnonzero(numbers == thing)[slice(*places)])[:count]

    learnt = np.concatenate([some(thing, learning, size) for thing in known])
    held = [some(thing, asking, asked) for thing in known]
    each = -(-kinds * asked // len(others))
    strangers = np.concatenate([some(thing, asking, each) for thing in others])
    labels = np.repeat(np.arange(kinds), [size] * kinds)
    return Task(learnt, labels, np.concatenate(held), np.repeat(np.arange(kinds), [len(one) for one in held]), strangers)
