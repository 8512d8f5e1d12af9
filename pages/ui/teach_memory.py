"""What the page of teaching keeps for a visitor: things, their pictures made small, a lesson. In this session's memory only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any

import streamlit as st

from demos.base import Demo
from demos.media import as_jpeg
from demos.samples import sample_inputs
from demos.teach_it.examples import SETS
from demos.teach_it.page_words import FORGOTTEN, SEEN_ALREADY
from demos.teach_it.results import Lesson
from demos.teach_it.sheets import names_of, read_sheet, read_tiles
from demos.teach_it.taught import MOST
from pages.ui.asks import Given, digest, forget_everything
from pages.ui.images import data_uri
from pages.ui.inputs import empty_widgets, press

KEY = "teach_memory"
SHOWN = 64  # px of an example on the page
QUALITY = 92
MOST_MB = 100  # of files in one go
_numbers = count(1)


@dataclass
class Thing:
    """One thing to be taught: its name, its pictures as small JPEGs, and the same to be shown."""

    name: str = ""
    pictures: list[bytes] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))  # for the widgets' names

    def add(self, square: Any) -> None:
        """A square `(256, 256, 3)` uint8 that the worker made of a picture."""
        self.pictures.append(as_jpeg(square, quality=QUALITY))
        self.shown.append(data_uri(square, SHOWN))


@dataclass
class Memory:
    """Everything kept for this visit; `round` changes the names of the widgets, so that forgetting empties them."""

    round: int = 0
    start: str = SETS[0]  # a ready-made lesson, or "" for one's own
    things: list[Thing] = field(default_factory=list)
    waiting: list[tuple[int, int, bytes]] = field(default_factory=list)  # thing's number, file's number, its bytes
    all_waiting: int = 0
    said: list[str] = field(default_factory=list)
    asked: Given | None = None  # the lesson that is being learnt
    lesson: Lesson | None = None
    took_s: float = 0.0
    changed: bool = False  # whether the rest of the page has yet to hear of it

    def thing(self, number: int) -> Thing | None:
        """The thing of this number, if it is still there."""
        return next((one for one in self.things if one.number == number), None)


def memory() -> Memory:
    """This session's; at the first visit a ready-made lesson lies there."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Memory(things=ready_things(SETS[0]))
    return st.session_state[KEY]


@lru_cache(maxsize=len(SETS))
def _ready(key: str) -> tuple[tuple[str, tuple[bytes, ...], tuple[str, ...]], ...]:
    """The names, pictures and shown pictures of a ready-made lesson. They are ours, so they may be read here."""
    squares, tiles = read_sheet(key), read_tiles(key)
    each = tiles.shape[1]
    return tuple((name, tuple(as_jpeg(one, quality=QUALITY) for one in squares[row * each:(row + 1) * each]),
                  tuple(data_uri(tile, SHOWN) for tile in tiles[row])) for row, name in enumerate(names_of(key)))


def ready_things(key: str) -> list[Thing]:
    """A ready-made lesson's things, to be changed as one likes."""
    return [Thing(name, list(pictures), list(shown)) for name, pictures, shown in _ready(key)]


def begin(demo: Demo, key: str) -> None:
    """Lay out a ready-made lesson, which is known already, or two empty things."""
    mine = memory()
    st.session_state[KEY] = Memory(mine.round + 1, key, ready_things(key) if key else [Thing(), Thing()], changed=True)
    if key:
        press(demo, next(one for one in demo.samples if one.inputs["taught"] == key))


def queue(mine: Memory, thing: Thing, files: list[bytes]) -> tuple[int, int]:
    """Put files in the line to be read; how many were too many, and how many too heavy together."""
    room = MOST - len(thing.pictures) - sum(number == thing.number for number, _, _ in mine.waiting)
    taken, heavy, total = [], 0, 0
    for place, data in enumerate(files[:max(room, 0)], start=1):
        total += len(data)
        if total > MOST_MB * 2**20:
            heavy += 1
        else:
            taken.append((thing.number, place, data))
    mine.waiting += taken
    mine.all_waiting = len(mine.waiting)
    return len(files) - max(min(room, len(files)), 0), heavy


def lesson_given(things: list[Thing]) -> Given:
    """The lesson as the worker is asked for it, and a name for it."""
    examples = tuple((thing.name, tuple(thing.pictures)) for thing in things)
    whole = hashlib.sha256()
    for name, pictures in examples:
        whole.update(repr((name, len(pictures))).encode())
        for data in pictures:
            whole.update(hashlib.sha256(data).digest())
    return Given({"examples": examples}, whole.hexdigest(), "")


def use(demo: Demo, now: Given, data: bytes, picture: bytes | None) -> None:
    """Ask about what was taught from now on: with the picture at hand, or with one of the examples."""
    image = picture or now.inputs["image"]
    inputs = {"image": image, "taught": data}
    title = SEEN_ALREADY if picture else now.title
    st.session_state[f"{demo.name}_given"] = Given(inputs, digest(inputs), title, "" if picture else now.truth)
    st.query_params.pop("sample", None)


def sample_of(demo: Demo, key: str) -> bytes:
    """The first picture to try with a ready-made lesson."""
    return sample_inputs(demo, next(one for one in demo.samples if one.inputs["taught"] == key))["image"]  # type: ignore


def forget(demo: Demo) -> None:
    """Wipe names, pictures, lessons, and the worker's copies of them."""
    number = memory().round
    forget_everything(demo.name)
    empty_widgets(demo)
    st.session_state.pop("_views", None)
    st.session_state[KEY] = Memory(round=number + 1, things=ready_things(SETS[0]), said=[FORGOTTEN], changed=True)
