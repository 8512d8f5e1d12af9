"""Measures both methods: does the reader see what was asked for, how near do the digits come to real ones, how fast.

DATA holds mnist.npz and crawl_tiles_32_rgba.npz. Real digits are those of MNIST's test part, which taught nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from demos.figures import Figure, machine, today, wilson
from demos.picture_maker.asked import COUNT, DIGITS, TILES
from demos.picture_maker.data import as_pictures, read_digits, read_tiles
from demos.picture_maker.reader import Reader, frechet, load_reader

EACH = 200  # pictures of each digit
EACH_TILE = 40  # of each kind of tile
SEED = 1000  # of the first pictures; no page begins there
NEAR = 0.05  # the share of held back tiles that counts as nearest to learnt ones
READER = Path(__file__).with_name("weights") / "reader.safetensors"
MADE = "digits on request, 0 to 9 equally often"
TILES_MADE = "small painted tiles on request, five kinds equally often"


class Draws(Protocol):
    """Either method."""

    def draw(self, what: str, seed: int, count: int) -> np.ndarray: ...


def evaluate(data: Path, load: Callable[[str], Draws], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods; `limit` makes about so many digits and tiles."""
    fixed = {"date": today(), "command": command, "machine": machine()}
    reader, real = load_reader(READER, "cpu"), read_digits(data, "test")
    held = read_digits(data, "choose")[0]
    digits, tiles = (max(2, min(each, -(-(limit or 10**6) // kinds))) for each, kinds in ((EACH, 10), (EACH_TILE, 5)))
    learnt, others = (read_tiles(data, part)[0] for part in ("learn", "choose"))
    figures = []
    for key in methods:
        model = load(key)
        figures += on_digits(key, model, digits, reader, real, held, fixed)
        figures += [on_tiles(key, model, tiles, learnt, others, fixed), speed(key, model, fixed)]
    return figures


def as_grey(pictures: np.ndarray) -> np.ndarray:
    """`(n, 28, 28, 1)` uint8 of pictures `(n, 1, 28, 28)` from -1 to 1: as a visitor sees them."""
    return as_pictures(pictures)[..., :1]


def on_digits(key: str, model: Draws, each: int, reader: Reader, real: tuple[np.ndarray, np.ndarray],
              held: np.ndarray, fixed: dict[str, str]) -> list[Figure]:
    """How many digits the reader reads as asked, and the Fréchet distance to real ones."""
    made = np.concatenate([as_grey(model.draw(what, SEED + kind, each)) for kind, what in enumerate(DIGITS)])
    asked = np.repeat(np.arange(10), each)
    said, measured = reader.read(made)
    right, (read, truth) = said == asked, reader.read(real[0])
    floor = frechet(reader.read(held[:len(made)])[1], truth)
    low, high = wilson(int(right.sum()), len(right))
    about = {"data": MADE, "items": len(made), **fixed}
    note = (f"Read by a network trained apart, on other digits; of {len(read):,} real ones (MNIST's test part, on this "
            f"copy) it reads {100 * (read == real[1]).mean():.1f} in 100 rightly.")
    return [Figure(key, "read_as_asked", float(right.mean()), things="digits made", low=low, high=high, note=note,
                   **about),
            Figure(key, "frechet_distance", frechet(measured, truth), things="digits made", **about,
                   note=f"In {measured.shape[1]} measurements of the same network, against MNIST's test part; "
                        f"as many real digits that were held back are {floor:.3f} away from it.")]


def nearest(pictures: np.ndarray, learnt: np.ndarray) -> np.ndarray:
    """For each of pictures `(n, h, w, c)` uint8 the root mean squared difference to the most similar learnt one."""
    many, few = (one.reshape(len(one), -1).astype(np.float64) for one in (learnt, pictures))
    squares = (few ** 2).sum(axis=1)[:, None] + (many ** 2).sum(axis=1) - 2 * few @ many.T
    return np.sqrt(squares.min(axis=1).clip(0) / few.shape[1])


def on_tiles(key: str, model: Draws, each: int, learnt: np.ndarray, held: np.ndarray,
             fixed: dict[str, str]) -> Figure:
    """How many tiles are nearer to a learnt one than all but a few of the held back ones: learnt by heart."""
    both = np.concatenate([learnt, learnt[:, :, ::-1]])
    limit = np.quantile(nearest(held, both), NEAR)
    made = np.concatenate([as_pictures(model.draw(what, SEED + kind, each)) for kind, what in enumerate(TILES)])
    copied = nearest(made, both) < limit
    low, high = wilson(int(copied.sum()), len(copied))
    return Figure(key, "learnt_by_heart", float(copied.mean()), TILES_MADE, len(copied), "tiles made", low=low,
                  high=high, **fixed, note=f"So near to a tile that it learnt from, or its mirror image, as only "
                                           f"{100 * NEAR:.0f} in 100 of {len(held):,} tiles are that were held back.")


def speed(key: str, model: Draws, fixed: dict[str, str]) -> Figure:
    """Seconds for sixteen pictures, the middle one of five times; digits and tiles in turn."""
    took = []
    for what in ("3", TILES[0]) * 3:
        began = time.perf_counter()
        model.draw(what, SEED, COUNT)
        took.append(time.perf_counter() - began)
    return Figure(key, "seconds_for_16", float(np.median(took[1:])), "16 digits or tiles", len(took) - 1, "times",
                  **fixed)
