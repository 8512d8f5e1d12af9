"""What travels between a page and an engine: the request, the answers, and the job in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from demos import metrics
from demos.counted import Count
from demos.errors import DemoError
from demos.results import Result, View

Want = Literal["answer", "explain", "look", "sweep", "part", "load", "fetch", "forget"]
ASIDE = ("fetch", "forget")  # wants that wait for no other job
State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True)
class Request:
    """One job: whom to ask, what with, and which kind of answer is wanted.

    `inputs` hold bytes for files and text or numbers for the rest. `change` and `strength` name
    what "Break it" does to the main input; a sweep goes through all strengths of the change. For a
    part, `change` is its key, and the inputs are the part's own.
    """

    demo: str
    method: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    want: Want = "answer"
    change: str = ""
    strength: float = 0.0


@dataclass(frozen=True)
class Answer:
    """A model's result, the seconds of the bare model call, where it ran, and what to tell about it."""

    result: Result | None
    seconds: float
    device: str
    notes: tuple[str, ...] = ()
    views: tuple[View, ...] = ()  # from a worker process, those that are plain pictures as files (demos/drawn.py)
    from_cache: bool = False  # given before: the seconds are those of the first time
    left: Count = Count()  # what left the worker meanwhile: requests to other machines, files written


@dataclass(frozen=True)
class Look:
    """What was decoded, ready to be shown: a JPEG, a WAV or text; its size in pixels or seconds."""

    kind: str
    preview: bytes
    size: tuple[float, ...]
    others: tuple[Look, ...] = ()  # where several files were given, those after the first


@dataclass(frozen=True)
class Step:
    """One strength of a sweep: the result or the sentence why there is none, and the changed input.

    `kept` is how much of the unchanged input's answer is left, in [0, 1]; `same` whether it still stands.
    """

    strength: float
    result: Result | None
    error: str
    look: Look
    kept: float
    same: bool


@dataclass(frozen=True)
class Sweep:
    """A change at rising strengths; `cut_s` says to how many seconds a sound was cut, 0 for none."""

    change: str
    steps: tuple[Step, ...]
    cut_s: float = 0.0


class Job:
    """One request on its way. The engine fills it in; a page reads it as often as it likes."""

    def __init__(self, number: int, request: Request, place: Callable[[Job], int],
                 estimate: Callable[[Job], float | None], cancel: Callable[[Job], None]) -> None:
        self.number = number
        self.request = request
        self.state: State = "waiting"
        self.fraction = 0.0
        self.partial: Any = None
        self.units: float | None = None
        self.began: float | None = None  # time.monotonic() when the model began
        self.alive: float = time.monotonic()  # last sign of life
        self.asked = self.alive
        self._place, self._estimate, self._cancel = place, estimate, cancel
        self._ended = threading.Event()
        self._value: Any = None
        self._error: DemoError | None = None

    @property
    def place(self) -> int:
        """How many jobs come before this one; 0 when it is running or ended."""
        return self._place(self)

    @property
    def estimate_s(self) -> float | None:
        """Seconds until the answer, from this machine's own history; None when it has none."""
        return self._estimate(self)

    @property
    def done(self) -> bool:
        """Whether there is an answer or an error."""
        return self._ended.is_set()

    @property
    def error(self) -> DemoError | None:
        """The sentence why there is no answer, once the job has ended so."""
        return self._error

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end; False when it has not come in `timeout` seconds."""
        return self._ended.wait(timeout)

    def result(self, timeout: float | None = None) -> Any:
        """The answer: an `Answer`, `Look` or `Sweep`. Raises the job's DemoError, or TimeoutError."""
        if not self._ended.wait(timeout):
            raise TimeoutError("the job is not done yet")
        if self._error is not None:
            raise self._error
        return self._value

    def cancel(self) -> None:
        """Stop: the job ends with `Stopped`, and the worker is free for the next one."""
        self._cancel(self)

    def finish(self, value: Any = None, error: DemoError | None = None) -> None:
        """For engines: the end, once; later ones are ignored."""
        if self.done:
            return
        self._value, self._error = value, error
        self.request = replace(self.request, inputs={})  # what was given is held no longer than needed
        self.state = "failed" if error else "done"
        self.fraction = self.fraction if error else 1.0
        metrics.ended(self)
        self._ended.set()
