"""What a page of teaching keeps for a visitor: things, their examples made small, a lesson. In this session's memory only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import count

import streamlit as st

from demos.base import Demo
from demos.teach_it.results import Lesson
from demos.teach_it.taught import MOST
from pages.ui.asks import Given, digest, forget_everything
from pages.ui.inputs import empty_widgets, press
from pages.ui.teach_kinds import Kept, ways

MOST_MB = 100  # of files in one go
_numbers = count(1)


@dataclass
class Thing:
    """One thing to be taught: its name, and its examples as the worker is given them and as they are shown."""

    name: str = ""
    examples: list[Kept] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))  # for the widgets' names

    def add(self, kept: list[Kept]) -> int:
        """Examples that the worker made of a file; how many of them were too many."""
        taken = kept[:MOST - len(self.examples)]
        self.examples += taken
        return len(kept) - len(taken)


@dataclass
class Memory:
    """Everything kept for this visit; `round` changes the names of the widgets, so that forgetting empties them."""

    round: int = 0
    start: str = ""  # a ready-made lesson, or "" for one's own
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


def memory_key(demo: Demo) -> str:
    """Where a demo's memory lies in the session."""
    return f"teach_memory_{demo.name}"


def memory(demo: Demo) -> Memory:
    """This session's; at the first visit a ready-made lesson lies there."""
    key, first = memory_key(demo), ways(demo).sets[0]
    if key not in st.session_state:
        st.session_state[key] = Memory(start=first, things=ready_things(demo, first))
    return st.session_state[key]


def ready_things(demo: Demo, key: str) -> list[Thing]:
    """A ready-made lesson's things, to be changed as one likes."""
    return [Thing(name, list(examples)) for name, examples in ways(demo).ready(key)]


def begin(demo: Demo, key: str) -> None:
    """Lay out a ready-made lesson, which is known already, or two empty things."""
    things = ready_things(demo, key) if key else [Thing(), Thing()]
    st.session_state[memory_key(demo)] = Memory(memory(demo).round + 1, key, things, changed=True)
    if key:
        press(demo, next(one for one in demo.samples if one.inputs["taught"] == key))


def queue(mine: Memory, thing: Thing, files: list[bytes]) -> tuple[int, int]:
    """Put files in the line to be read; how many were too many, and how many too heavy together."""
    room = MOST - len(thing.examples) - sum(number == thing.number for number, _, _ in mine.waiting)
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
    examples = tuple((thing.name, tuple(data for data, _ in thing.examples)) for thing in things)
    whole = hashlib.sha256()
    for name, given in examples:
        whole.update(repr((name, len(given))).encode())
        for data in given:
            whole.update(hashlib.sha256(data).digest())
    return Given({"examples": examples}, whole.hexdigest(), "")


def use(demo: Demo, now: Given, data: bytes, example: bytes | None) -> None:
    """Ask about what was taught from now on: with what is at hand, or with one of the examples as a file."""
    main, title = demo.inputs[0].name, ways(demo).said.SEEN_ALREADY if example else now.title
    inputs = {main: example or now.inputs[main], "taught": data}
    st.session_state[f"{demo.name}_given"] = Given(inputs, digest(inputs), title, "" if example else now.truth)
    st.query_params.pop("sample", None)


def forget(demo: Demo) -> None:
    """Wipe names, examples, lessons, and the worker's copies of them."""
    number, first = memory(demo).round, ways(demo).sets[0]
    forget_everything(demo.name)
    empty_widgets(demo)
    st.session_state.pop("_views", None)
    st.session_state[memory_key(demo)] = Memory(number + 1, first, ready_things(demo, first), said=[ways(demo).said.FORGOTTEN],
                                                changed=True)
