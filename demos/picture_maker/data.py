"""Pictures to learn from and to measure on: hand-written digits, and small painted tiles sorted by what they show.

Digits: MNIST (LeCun et al. 1998), mnist.npz. Of its training part the first 40,000 teach the generators, the next
15,000 teach the reader that judges them, and the last 5,000 choose; so the reader never saw what the generators
learnt from. One writer wrote many digits, and the order of this copy is kept.
Tiles: Dungeon Crawl Stone Soup (CC0), crawl_tiles_32_rgba.npz, 32 px on white. Those are taken that show a whole
thing; a folder's name says which kind. Tiles whose names differ only by a number are variants of one: all go to
the same part, one name in ten (seed 0) to the part that chooses.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

SEED = 0
DIGIT_PARTS = {"learn": (0, 40_000), "reader": (40_000, 55_000), "choose": (55_000, 60_000)}
KINDS = {  # in words -> how the names of its tiles begin
    "creature": r"mon/(?!tentacles|vault)|player/base|player/felids|player/transform|UNUSED/monsters",
    "weapon": r"item/(weapon|staff|rod|wand)|UNUSED/weapons",
    "clothing": r"item/armour|UNUSED/armour",
    "treasure": r"item/(potion|amulet|ring|scroll|book|food|gold|misc)|UNUSED/food",
    "wall or floor": r"dngn/(floor|wall)|UNUSED/floor",
}
SMALLEST = 20  # pixels, in its longer direction: a smaller thing is a badge to lay over another tile
FULL = 0.9  # of a wall or floor is painted: an emptier one is lines to lay over another tile


def read_digits(data: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures `(n, 28, 28, 1)` uint8, bright on black, and digits `(n,)`: learn, reader, choose or test."""
    with np.load(data / "mnist.npz", allow_pickle=False) as file:
        if part == "test":
            pictures, digits = file["test_images"], file["test_labels"]
        else:
            rows = slice(*DIGIT_PARTS[part])
            pictures, digits = file["train_images"][rows], file["train_labels"][rows]
    return pictures[..., None], digits.astype(np.int64)


def on_white(tiles: np.ndarray) -> np.ndarray:
    """`(n, 32, 32, 4)` uint8 with alpha -> `(n, 32, 32, 3)` uint8."""
    alpha = tiles[..., 3:].astype(np.float32) / 255
    return np.rint(tiles[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)


def kind_of(name: str) -> int:
    """The number of a tile's kind by its name; -1 for the pieces that are no whole thing."""
    return next((number for number, begins in enumerate(KINDS.values()) if re.match(begins, name)), -1)


def _span(rows: np.ndarray) -> np.ndarray:
    """`(n,)`: how far it is from the first true of each row of `(n, k)` to its last; 0 where none is."""
    length = rows.shape[1] - rows[:, ::-1].argmax(axis=1) - rows.argmax(axis=1)
    return np.where(rows.any(axis=1), length, 0)


def read_tiles(data: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    """Pictures `(n, 32, 32, 3)` uint8 and numbers of kinds `(n,)`: learn or choose."""
    with np.load(data / "crawl_tiles_32_rgba.npz", allow_pickle=False) as file:
        tiles, names = file["images"], [str(name) for name in file["names"]]
    kinds = np.array([kind_of(name) for name in names])
    things = [re.sub(r"[\d_]+(?=\.png$)", "", name) for name in names]
    different = sorted(set(things))
    chance = np.random.default_rng(SEED).permutation(len(different)) < len(different) // 10
    chooses = dict(zip(different, chance.tolist()))
    painted = tiles[..., 3] > 127
    spans = np.stack([_span(painted.any(axis=axis)) for axis in (1, 2)])
    taken = (kinds >= 0) & (spans.max(axis=0) >= SMALLEST)
    taken &= (kinds != len(KINDS) - 1) | (painted.mean(axis=(1, 2)) > FULL)
    pictures = on_white(tiles)
    seen: set[bytes] = set()
    for row in np.flatnonzero(taken):  # some tiles lie there twice, under two names
        taken[row] = pictures[row].tobytes() not in seen
        seen.add(pictures[row].tobytes())
    taken &= np.array([chooses[thing] == (part == "choose") for thing in things])
    return pictures[taken], kinds[taken]


def scaled(pictures: np.ndarray) -> np.ndarray:
    """`(n, h, w, colours)` uint8 -> `(n, colours, h, w)` float32 from -1 to 1."""
    return pictures.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1


def as_pictures(values: np.ndarray) -> np.ndarray:
    """`(..., colours, h, w)` from -1 to 1 -> `(..., h, w, 3)` uint8; what lies outside is cut off."""
    pixels = np.rint((np.moveaxis(values, -3, -1).clip(-1, 1) + 1) * 127.5).astype(np.uint8)
    return np.repeat(pixels, 3, axis=-1) if pixels.shape[-1] == 1 else pixels
