"""Writes on from a text, one token at a time, with whichever model says how likely each token is to come next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from demos.story_writer.tokens import STORY


class Reader(Protocol):
    """A model of language."""

    def step(self, new: list[int], past: Any = ...) -> tuple[np.ndarray, Any]:
        """`(n,)` natural logarithms of how likely each of n tokens is after `past` and the new ones; the new past."""


@dataclass(frozen=True)
class Taste:
    """How the next token is drawn from those that may come.

    `temperature` 0 takes the likeliest; 1 draws as the model says; more draws what is unlikely more often. Only the
    `top_k` likeliest count (0: all), and of these only the fewest that have `top_p` of the likelihood together.
    """

    temperature: float = 0.8
    top_k: int = 50
    top_p: float = 0.95


@dataclass(frozen=True)
class Choice:
    """One step: the token, and of each token `(n,)` how likely the model held it, and how likely it was to be drawn."""

    token: int
    chances: np.ndarray
    drawn: np.ndarray


def tasted(logs: np.ndarray, taste: Taste, never: tuple[int, ...] = (STORY,)) -> np.ndarray:
    """`(n,)` float64, adding up to 1: how likely each of n tokens is to be drawn; those of `never` are not."""
    logs = logs.astype(np.float64)  # a copy
    logs[list(never)] = -np.inf
    if taste.temperature <= 0:
        return (np.arange(len(logs)) == logs.argmax()).astype(np.float64)
    order = np.argsort(-logs, kind="stable")
    chances = np.exp((logs - logs[order[0]]) / taste.temperature)[order]
    if taste.top_k:
        chances[taste.top_k:] = 0
    before = np.cumsum(chances) - chances
    chances[before >= taste.top_p * chances.sum()] = 0
    chances[0] = max(chances[0], 1e-300)  # the likeliest always stays
    found = np.zeros(len(logs))
    found[order] = chances / chances.sum()
    return found


def write(model: Reader, ids: list[int], length: int, taste: Taste, seed: int, chosen: tuple[int, ...] = (),
          never: tuple[int, ...] = (STORY,), last: int | None = None) -> Iterator[Choice]:
    """`length` tokens after `ids`, one by one, first those that were `chosen`; the same seed draws the same.

    The tokens of `never` are not drawn: without STORY the story goes on. After `last` it ends.
    """
    chance = np.random.default_rng(seed)
    new, past = ids, None
    for step in range(length):
        logs, past = model.step(new, past) if past is not None else model.step(new)
        drawn = tasted(logs, taste, never)
        odds = np.cumsum(drawn)
        # one number a step: the next steps do not hang on how many tokens there were to choose from
        token = int(min(np.searchsorted(odds, chance.random() * odds[-1], side="right"), len(odds) - 1))
        token = chosen[step] if step < len(chosen) else token
        if token == last:
            return
        yield Choice(token, np.exp(logs), drawn)
        new = [token]
