"""Where teaching pictures and teaching sounds differ on a page: their words, and how examples are kept, shown and tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np

from demos.base import Demo
from demos.drawn import colours
from demos.media import as_jpeg, as_wav
from demos.teach_it import examples as of_pictures
from demos.teach_it import page_words as picture_words
from demos.teach_it.sheets import names_of, read_sheet, read_tiles
from demos.teach_sounds import examples as of_sounds
from demos.teach_sounds import page_words as sound_words
from demos.teach_sounds.seconds import heard
from pages.ui.images import data_uri

SHOWN = 64  # px of an example on the page
QUALITY = 92
Kept = tuple[bytes, str]  # an example as the worker is given it, and as a data address to be shown
Ready = tuple[tuple[str, tuple[Kept, ...]], ...]  # names with their examples


@dataclass(frozen=True)
class Ways:
    """How one kind of lesson is given: `keep` what `take` answered, `as_file` an example to be tried like an upload.

    `said` are the page's words, `sets` the ready-made lessons, `ready` gives one of them; `other` is the demo of the other kind.
    """

    said: ModuleType
    sets: tuple[str, ...]
    ready: Callable[[str], Ready]
    keep: Callable[[Any], list[Kept]]
    as_file: Callable[[bytes], bytes]
    other: str


def _kept_square(square: np.ndarray) -> Kept:
    return as_jpeg(square, quality=QUALITY), data_uri(square, SHOWN)


@lru_cache(maxsize=len(of_pictures.SETS))
def _ready_pictures(key: str) -> Ready:
    """A ready-made lesson's pictures. They are ours, so they may be read here."""
    squares, tiles = read_sheet(key), read_tiles(key)
    each = tiles.shape[1]
    return tuple((name, tuple((_kept_square(square)[0], data_uri(tile, SHOWN))
                              for square, tile in zip(squares[row * each:(row + 1) * each], tiles[row])))
                 for row, name in enumerate(names_of(key)))


@lru_cache(maxsize=len(of_sounds.SETS))
def _ready_sounds(key: str) -> Ready:
    """A ready-made lesson's sounds, which its own file holds."""
    taught = of_sounds.ready_made(key)
    rows = [_kept_sounds(taught.kept["sounds"][taught.labels == label], taught.thumbs[taught.labels == label])
            for label in range(len(taught.names))]
    return tuple((name, tuple(kept)) for name, kept in zip(taught.names, rows))


def _kept_sounds(sounds: np.ndarray, thumbs: np.ndarray) -> list[Kept]:
    return [(sound.tobytes(), data_uri(in_colour(thumb), SHOWN)) for sound, thumb in zip(sounds, thumbs)]


def in_colour(thumb: np.ndarray) -> np.ndarray:
    """A sound's small picture `(h, w, 3)` uint8, grey, in the colours of the page's other pictures of sounds."""
    return colours("Inferno")[thumb[..., 0]]


def wav_of(kept: bytes | np.ndarray) -> bytes:
    """Seconds as they are kept, as a WAV file."""
    return as_wav(heard(np.frombuffer(kept, np.uint8) if isinstance(kept, bytes) else kept))


WAYS = {
    "teach_it": Ways(picture_words, of_pictures.SETS, _ready_pictures, lambda taken: [_kept_square(taken.image)], bytes,
                     "teach_sounds"),
    "teach_sounds": Ways(sound_words, of_sounds.SETS, _ready_sounds, lambda taken: _kept_sounds(taken.sounds, taken.thumbs), wav_of,
                         "teach_it"),
}


def ways(demo: Demo) -> Ways:
    """Those of this demo."""
    return WAYS[demo.name]
