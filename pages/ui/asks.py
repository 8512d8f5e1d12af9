"""A visitor's questions to the engine: each is asked once and remembered for the session.

A page lays out its places first, then `settle` fills them as the answers come. The script may be
interrupted at any moment (the visitor pressed something): the jobs go on, and the next run finds
them here.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st

from demos import list_demos
from demos.engine import get_engine
from demos.errors import Busy, DemoError
from demos.jobs import Job, Want
from pages.ui.pace import pace
from demos.metrics import refused

KEPT = 60  # answers in a session; a sweep with its pictures is about 0.5 MB
POLL_S = 0.03
FAR_POLL_S = 0.25  # where others come before: fifty pages that look at the queue thirty times a second slow each other down
NEAR = 2  # places from the front where the turn may come at any moment
TOLD_PLACES, FAR_TOLD_S = 20, 4.0  # the hundredth in the queue, who may wait ten seconds, is told the place every four


@dataclass(frozen=True)
class Given:
    """What the visitor gave: raw inputs, a digest that names them, a title, and the true answer if known."""

    inputs: dict[str, Any]
    digest: str
    title: str
    truth: str = ""


class Failed:
    """Stands in for a job that could not even be queued."""

    def __init__(self, error: DemoError) -> None:
        self.error, self.done, self.partial, self.fraction, self.place = error, True, None, 0.0, 0
        self.estimate_s, self.state, self.units = None, "failed", None

    def wait(self, timeout: float | None = None) -> bool:
        """It has ended already."""
        return True

    def result(self, timeout: float | None = None) -> Any:
        """Raises the error."""
        raise self.error

    def cancel(self) -> None:
        """Nothing to stop."""


Asked = Job | Failed


def _jobs() -> OrderedDict[tuple[Any, ...], Asked]:
    return st.session_state.setdefault("_jobs", OrderedDict())


def ask(demo: str, method: str, given: Given, want: Want = "answer", change: str = "", strength: float = 0.0,
        options: dict[str, Any] | None = None) -> Asked:
    """The job of this question; asked now if it is new."""
    options = options or {}
    key = (demo, method, given.digest, want, change, strength, tuple(sorted(options.items())))
    jobs = _jobs()
    if key not in jobs:
        try:
            _note(given)
            jobs[key] = get_engine().submit(demo, method, {**given.inputs, **options}, want, change, strength)
        except Busy as error:
            refused(demo, method, want)
            jobs[key] = Failed(error)
        while len(jobs) > KEPT:
            _, old = jobs.popitem(last=False)
            old.cancel()
    jobs.move_to_end(key)
    return jobs[key]


def ask_part(demo: str, method: str, part: str, inputs: dict[str, Any]) -> Asked:
    """The job of one of the demo's parts with these inputs; asked now if it is new."""
    return ask(demo, method, Given(inputs, digest(inputs), ""), "part", part)


def digest(inputs: dict[str, Any]) -> str:
    """A name for inputs: the same for the same bytes and values."""
    whole = hashlib.sha256()
    for name, value in sorted(inputs.items()):
        raw = value if isinstance(value, bytes) else repr(value).encode()
        whole.update(f"{name}:{len(raw)}:".encode() + raw)
    return whole.hexdigest()


def worked() -> list[tuple[str, str, float]]:
    """Demo, method and the model's seconds of each of this visitor's answers that are still remembered, and were worked
    out for this visitor."""
    answers = [(key[0], key[1], job.result(0)) for key, job in _jobs().items()
               if key[3] == "answer" and job.done and job.error is None]
    return [(demo, method, answer.seconds) for demo, method, answer in answers if not answer.from_cache]


def ask_again() -> None:
    """Forget the questions that ended in an error, so that the next run asks them anew."""
    jobs = _jobs()
    for key in [key for key, job in jobs.items() if job.error is not None]:
        del jobs[key]


def forget_parts(demo: str) -> None:
    """Forget everything that a demo's parts were asked, such as faces that were shown to it."""
    for key in [key for key in _jobs() if (key[0], key[3]) == (demo, "part")]:
        _jobs().pop(key).cancel()


def forget_everything(demo: str = "", state: Any = None) -> None:
    """Forget all that this visitor asked (of one demo, where it is named), here and in the worker's memory of decoded files.

    `state` is the session's own; another one's is given when its visitor has left.
    """
    jobs = (st.session_state if state is None else state).get("_jobs", {})
    digests = (st.session_state if state is None else state).get("_digests", {})
    for key in [key for key in jobs if not demo or key[0] == demo]:
        jobs.pop(key).cancel()
    if not digests:
        return
    first = list_demos()[0]
    with suppress(Busy):  # a worker that is just starting holds nothing
        get_engine().submit(first.name, first.methods[0].key, {"digests": [one for some in digests.values() for one in some]}, "forget")
    digests.clear()


def _note(given: Given) -> None:
    """Count one more question, and remember the digests of what is the visitor's own, to have it forgotten by name.

    Raises Busy for too many or too much in a minute.
    """
    noted = st.session_state.setdefault("_digests", {})
    if given.digest in noted or given.digest.startswith("sample:"):
        pace()
        return
    own = [value for value in given.inputs.values() if isinstance(value, bytes)]
    pace(data=sum(map(len, own)))
    noted[given.digest] = [hashlib.sha256(value).hexdigest() for value in own]


def stop_all() -> None:
    """Stop what is under way for this visitor."""
    for job in _jobs().values():
        if not job.done:
            job.cancel()


def drop_others(demo: str, kept: str) -> None:
    """Forget what the visitor has left: answers to their own earlier input, and all that is still under way."""
    for key, job in list(_jobs().items()):
        if (key[0], key[2]) == (demo, kept) or (key[0], key[3]) == (demo, "part"):
            continue
        if not job.done:
            job.cancel()
        if job.error is not None or not key[2].startswith("sample:"):
            del _jobs()[key]


def settle(watched: list[tuple[Asked, Callable[[Asked], None]]], offer_stop: Callable[[bool], None] | None = None,
           ) -> None:
    """Draw each job now, whenever its answer grows, and when it ends; return when all have ended.

    The place in the queue and the waiting time are drawn anew every second, less often far from the front: fifty pages
    that told of each step forward would take the processor from the answers themselves. `offer_stop(True)` is called once
    when the waiting becomes long, `offer_stop(False)` at the end.
    """
    drawn: dict[int, Any] = {}
    began, offered, due = time.monotonic(), False, 0.0
    while True:
        place = next((job.place for job, _ in watched if not job.done), 0)
        tell = time.monotonic() >= due
        for number, (job, draw) in enumerate(watched):
            seen = (True,) if job.done else (False, job.state, id(job.partial))
            if drawn.get(number) != seen or (tell and not job.done):
                drawn[number] = seen
                draw(job)
        if tell:
            due = time.monotonic() + min(max(1.0, place / TOLD_PLACES), FAR_TOLD_S)
        # not by job.done: one may have ended while another, or it itself, was being drawn
        waiting = [job for number, (job, _) in enumerate(watched) if drawn[number] != (True,)]
        if not waiting:
            break
        if not offered and offer_stop and time.monotonic() - began > 0.6:
            offered = True
            offer_stop(True)
        near = place < NEAR or any(job.state == "running" for job in waiting)
        waiting[0].wait(POLL_S if near else FAR_POLL_S)
    if offered and offer_stop:
        offer_stop(False)
