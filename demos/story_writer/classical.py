"""The classical method: a table of which token followed which in the stories, up to five in a row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.story_writer.kneser_ney import BITS, Shares
from demos.story_writer.telling import Storyteller
from demos.story_writer.tokens import COUNT, STORY

ORDER = 5
# A share is stored as a code c from 0 to 255 for 2 ** (-16 (c / 255) ** 2), rounded down: near 1, where little is left
# for the shorter context, the steps are finest. What rounding takes goes to the shorter context: it all adds up to 1.
SMALLEST, MOST = 16, 255
MORE, FIRST = 1 << BITS, 2 << BITS  # flags above a token: longer runs begin with this one; the first of its context


@dataclass(frozen=True)
class Level:
    """Runs of n tokens, grouped by the run of n - 1 that they begin with: its place in its level is the index."""

    starts: np.ndarray  # (runs of n - 1, plus 1) int64: where each one's group begins
    tokens: np.ndarray  # (k,) uint16, rising within a group: the last token
    shares: np.ndarray  # (k,) float64: its share; what a group's shares leave of 1 goes to the shorter context
    rest: np.ndarray  # (runs of n - 1,) float64: that


class NGrams(Storyteller):
    """Interpolated Kneser-Ney 5-grams over tokens (Kneser and Ney 1995), from the table that train_ngrams.py wrote."""

    def __init__(self, single: np.ndarray, levels: tuple[Level, ...]) -> None:
        self.single, self.levels = single, levels

    def chances(self, before: list[int]) -> np.ndarray:
        """`(4096,)` float64, adding up to 1: how likely each token is after those before; the last four count."""
        chance = self.single.copy()
        for length, level in enumerate(self.levels, start=1):
            if length > len(before) or (place := self._find(before[-length:])) is None:
                break  # a longer run cannot be there either
            group = slice(level.starts[place], level.starts[place + 1])
            chance *= level.rest[place]
            chance[level.tokens[group]] += level.shares[group]
            if before[-length] == STORY:
                break
        return chance

    def step(self, new: list[int], past: tuple[int, ...] = ()) -> tuple[np.ndarray, tuple[int, ...]]:
        """The natural logarithms of `chances` after `past` and the new tokens, and the past for the next step."""
        ids = [*past, *new][-(ORDER - 1):]
        return np.log(self.chances(ids)), tuple(ids)

    def surprises(self, ids: list[int]) -> np.ndarray:
        """`(n - 1,)` float64: bits of surprise at each token after the first, each after those before it."""
        return np.array([-np.log2(self._chance(ids[max(0, at - ORDER + 1):at], ids[at])) for at in range(1, len(ids))])

    def _chance(self, before: list[int], token: int) -> float:
        """As `chances`, of one token alone."""
        chance = float(self.single[token])
        for length, level in enumerate(self.levels, start=1):
            if length > len(before) or (place := self._find(before[-length:])) is None:
                break
            start, end = level.starts[place], level.starts[place + 1]
            at = start + np.searchsorted(level.tokens[start:end], token)
            chance = chance * level.rest[place] + (level.shares[at] if at < end and level.tokens[at] == token else 0.0)
            if before[-length] == STORY:
                break
        return chance

    def _find(self, run: list[int]) -> int | None:
        """A run's place in its level, None where it is not in the table."""
        place = run[0]
        for level, token in zip(self.levels, run[1:]):
            start, end = level.starts[place], level.starts[place + 1]
            at = start + np.searchsorted(level.tokens[start:end], token)
            if at == end or level.tokens[at] != token:
                return None
            place = int(at)
        return place


def pack(single: np.ndarray, kept: list[Shares]) -> dict[str, np.ndarray]:
    """The arrays to store, from shares of runs of 2, 3, ... tokens: three bytes a run.

    A run that begins with one that is not kept is left out.
    """
    arrays, above = {"single": single.astype(np.float32)}, np.arange(COUNT, dtype=np.uint64)
    begins: list[np.ndarray] = []
    for level in kept:
        heads = level.keys >> np.uint64(BITS)
        there = np.isin(heads, above)
        keys, heads = level.keys[there], heads[there]
        first = np.r_[True, heads[1:] != heads[:-1]][:len(heads)]
        begins.append(np.isin(above, heads))
        number = len(begins) + 1
        arrays[f"tokens_{number}"] = (keys & np.uint64(COUNT - 1)).astype(np.uint16) | (first * FIRST).astype(np.uint16)
        arrays[f"codes_{number}"] = _codes(level.shares[there])
        above = keys
    arrays["begins_1"] = begins[0]
    for number, more in enumerate(begins[1:], start=2):
        arrays[f"tokens_{number}"] |= (more * MORE).astype(np.uint16)
    return arrays


def _codes(shares: np.ndarray) -> np.ndarray:
    return np.ceil(MOST * np.sqrt(-np.log2(shares) / SMALLEST)).clip(0, MOST).astype(np.uint8)


def unpack(arrays: dict[str, np.ndarray]) -> NGrams:
    """The method, from the arrays that `pack` made."""
    single = arrays["single"].astype(np.float64)
    levels, begins = [], arrays["begins_1"].astype(bool)
    for number in range(2, ORDER + 1):
        words = arrays[f"tokens_{number}"]
        places = np.r_[np.flatnonzero(words & FIRST), len(words)]
        sizes = np.zeros(len(begins) + 1, np.int64)
        sizes[1:][begins] = np.diff(places)
        starts = np.cumsum(sizes)
        shares = 2.0 ** (-SMALLEST * (arrays[f"codes_{number}"] / MOST) ** 2)
        sums = np.r_[0.0, np.cumsum(shares)]
        rest = np.clip(1 - (sums[starts[1:]] - sums[starts[:-1]]), 0, 1)
        levels.append(Level(starts, words & np.uint16(COUNT - 1), shares, rest))
        begins = (words & MORE) > 0
    return NGrams(single / single.sum(), tuple(levels))


def load(weights: Path, device: str) -> NGrams:
    """Read the table; it is used on the processor."""
    from safetensors.numpy import load_file

    return unpack(load_file(weights))
