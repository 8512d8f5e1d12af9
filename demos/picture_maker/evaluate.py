"""Measures both methods: does the reader see what was asked for, how near do the digits come to real ones, how fast.

DATA holds mnist.npz and crawl_tiles_32_rgba.npz. Real digits are those of MNIST's test part, which taught nobody.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from demos.figures import Figure, machine, today, wilson
from demos.picture_maker.asked import COUNT, DIGITS, TILES
from demos.picture_maker.data import as_pictures, read_digits, read_tiles
from demos.picture_maker.reader import Reader, frechet, load_reader

EACH = 100  # pictures of each digit
EACH_TILE = 40  # of each kind of tile
SEED = 1000  # of the first pictures; no page begins there
NEAR = 0.05  # the share of held back pictures that counts as nearest to learnt ones
HELD = 1000  # digits that were held back, to compare with
WORST = 4  # mistakes that are named
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
    digits, tiles = (max(2, min(each, -(-(limit or 10**6) // kinds))) for each, kinds in ((EACH, 10), (EACH_TILE, 5)))
    learnt, held = (read_digits(data, part)[0] for part in ("learn", "choose"))
    painted, others = (read_tiles(data, part)[0] for part in ("learn", "choose"))
    both = np.concatenate([painted, painted[:, :, ::-1]])  # it learnt from their mirror images too
    figures = []
    for key in methods:
        model = load(key)
        written, drawn = made(model, DIGITS, digits)[..., :1], made(model, TILES, tiles)
        figures += on_digits(key, written, reader, real, held, fixed)
        figures += [by_heart(key, written, learnt, held[:HELD], MADE, "digits made", fixed),
                    by_heart(key, drawn, both, others, TILES_MADE, "tiles made", fixed), speed(key, model, fixed)]
    return figures


def made(model: Draws, kinds: tuple[str, ...], each: int) -> np.ndarray:
    """`(kinds * each, side, side, 3)` uint8, kind by kind, as a visitor sees them."""
    return np.concatenate([as_pictures(model.draw(what, SEED + kind, each)) for kind, what in enumerate(kinds)])


def on_digits(key: str, written: np.ndarray, reader: Reader, real: tuple[np.ndarray, np.ndarray],
              held: np.ndarray, fixed: dict[str, str]) -> list[Figure]:
    """How many digits the reader reads as asked, equally many of each, and the Fréchet distance to real ones."""
    asked = np.repeat(np.arange(10), len(written) // 10)
    said, measured = reader.read(written)
    right, (read, truth) = said == asked, reader.read(real[0])
    floor = frechet(reader.read(held[:len(written)])[1], truth)
    low, high = wilson(int(right.sum()), len(right))
    about = {"data": MADE, "items": len(written), **fixed}
    note = (f"Read by a network trained apart, on other digits; of {len(read):,} real ones (MNIST's test part, on this "
            f"copy) it reads {100 * (read == real[1]).mean():.1f} in 100 rightly. {mistaken(asked, said)}")
    return [Figure(key, "read_as_asked", float(right.mean()), things="digits made", low=low, high=high, note=note,
                   **about),
            Figure(key, "frechet_distance", frechet(measured, truth), things="digits made", **about,
                   note=f"In {measured.shape[1]} measurements of the same network, against MNIST's test part; "
                        f"as many real digits that were held back are {floor:.3f} away from it.")]


def mistaken(asked: np.ndarray, said: np.ndarray) -> str:
    """Which digits were most often read as which others."""
    pairs = Counter((one, other) for one, other in zip(asked.tolist(), said.tolist()) if one != other)
    rows = [f"a {one} read as {other}, {count} time{'s' * (count != 1)}" for (one, other), count in pairs.most_common(WORST)]
    return f"Most often mistaken: {'; '.join(rows)}." if rows else "None was mistaken."


def nearest(pictures: np.ndarray, learnt: np.ndarray) -> np.ndarray:
    """For each of pictures `(n, h, w, c)` uint8 the root mean squared difference to the most similar learnt one."""
    many, few = (one.reshape(len(one), -1).astype(np.float64) for one in (learnt, pictures))
    squares = (few ** 2).sum(axis=1)[:, None] + (many ** 2).sum(axis=1) - 2 * few @ many.T
    return np.sqrt(squares.min(axis=1).clip(0) / few.shape[1])


def by_heart(key: str, drawn: np.ndarray, learnt: np.ndarray, held: np.ndarray, data: str, things: str,
             fixed: dict[str, str]) -> Figure:
    """How many pictures are nearer to a learnt one than all but a few of the held back ones: learnt by heart."""
    limit = np.quantile(nearest(held, learnt), NEAR)
    copied = nearest(drawn, learnt) < limit
    low, high = wilson(int(copied.sum()), len(copied))
    return Figure(key, "learnt_by_heart", float(copied.mean()), data, len(copied), things, low=low, high=high, **fixed,
                  note=f"So near to one of the {len(learnt):,} pictures that it learnt from as only {100 * NEAR:.0f} in 100 "
                       f"of {len(held):,} are that were held back.")


def speed(key: str, model: Draws, fixed: dict[str, str]) -> Figure:
    """Seconds of the processor for sixteen pictures, the middle one of five times; digits and tiles in turn."""
    took = []
    for what in ("3", TILES[0]) * 3:
        began = time.process_time()
        model.draw(what, SEED, COUNT)
        took.append(time.process_time() - began)
    return Figure(key, "seconds_for_16", float(np.median(took[1:])), "sixteen pictures on request", len(took) - 1,
                  "rounds of digits and tiles in turn", **fixed)
