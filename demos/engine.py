"""Engines: where models run. `submit` gives a `Job`; what it yields is in `demos/jobs.py`.

`LocalEngine` runs one worker process (`demos/worker.py`) with a bounded queue before it, so that no
model and no decoder of uploads runs in the process that draws pages. `InlineEngine` has the same
calls and runs in this process, for the command line and for tests; `demos/ray_engine.py` on more than one machine.
"""

from __future__ import annotations

import atexit
import itertools
import logging
import threading
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from demos import get_demo
from demos import errors
from demos.errors import STOPPED, Broken, Busy, DemoError, TooSlow, WorkerLost
from demos.history import History
from demos.jobs import ASIDE, Job, Request, Want
from demos.process import Process
from demos.remembered import Key, Remembered, key_of
from demos.settings import settings
from demos.waiting import Flight, Waiting

if TYPE_CHECKING:
    from demos.ray_engine import RayEngine

log = logging.getLogger("demos.engine")
STOP_WITHIN_S = 0.5  # a worker that has not let go of a stopped job by then is ended
AHEAD = 3  # jobs that the worker knows: a busy server hears of an end as late as a few short ones take
LOAD_LIMIT_S = 60  # more while decoding and loading: a large model on a slow disk takes long
LOST = ("The part of the program that runs the models stopped in the middle of this, perhaps for want of "
        "memory. It is starting again: please try once more, or try a smaller input.")
SLOW = "This took longer than {limit:.0f} seconds, so it was ended. Please try a smaller or shorter input."


class LocalEngine:
    """One worker process, one piece of work at a time, first come first served; loads for later come last.

    The worker knows the next few, so that it need not wait for this process between two. What was answered already is
    answered from memory at once (`demos/remembered.py`), and who asks what somebody else is waiting for waits for the
    same piece of work.
    """

    def __init__(self) -> None:
        self.history = History(settings().cache / "history.json")
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._waiting = Waiting(self.history)
        self._remembered = Remembered(settings().answers_mb * 2**20)
        self._shared: dict[Key, Flight] = {}  # what others may join
        self._running: Flight | None = None
        self._ahead: list[Flight] = []  # the next ones: first in the queue, and known to the worker
        self._aside: dict[int, Flight] = {}  # downloads and forgetting: they do not wait for the worker
        self._state: dict[str, Any] = {"device": "", "loaded": {}, "decoder": "", "decoded": 0}
        self._process = Process(self._heard, self._ended, self._tick)
        atexit.register(self.close)

    def submit(self, demo: str, method: str, inputs: Mapping[str, Any] | None = None, want: Want = "answer",
               change: str = "", strength: float = 0.0, fresh: bool = False) -> Job:
        """Answer from memory, or put a job in the queue; a `fresh` one is always worked out, and by no one else's job.

        Raises Busy when the queue is full, KeyError for unknown names.
        """
        request = Request(demo, get_demo(demo).method(method).key, dict(inputs or {}), want, change, strength)
        key = None if fresh else key_of(request)
        with self._lock:
            if want == "forget":
                self._remembered.forget()
            known = self._remembered.get(key)
            if known is not None:
                job = Job(next(self._numbers), request, lambda _: 0, lambda _: 0.0, lambda _: None)
                job.finish(known)
                self._remembered.hold(key, [job])
            else:
                flight = self._shared.get(key) or self._begin(request, key)
                job = flight.join(Job(next(self._numbers), request, partial(self._place, flight),
                                      partial(self._estimate, flight), partial(self._cancel, flight)))
                self._next()
        log.info("job %d: %s %s%s, %s", job.number, f"{demo}/{request.method}", want, " from memory" if job.done else "",
                 {k: f"{len(v)} bytes" for k, v in (inputs or {}).items() if isinstance(v, bytes)})
        return job

    def status(self) -> dict[str, Any]:
        """device, loaded (megabytes by 'demo/method'), decoder (what closes its network), decoded (uploads held in
        the worker), waiting, running, alive, pid, answers and answers_mb (those found in memory)."""
        with self._lock:
            return {**self._state, "waiting": len(self._waiting.flights), "running": self._running is not None,
                    "alive": self._process.alive, "pid": self._process.pid,
                    "answers": len(self._remembered), "answers_mb": round(self._remembered.megabytes, 1)}

    def close(self) -> None:
        """End the worker and every job."""
        atexit.unregister(self.close)
        self._process.close()
        self.history.save()
        with self._lock:
            for flight in [*self._waiting.flights, *self._aside.values(), *filter(None, [self._running])]:
                flight.finish(error=STOPPED)
            self._waiting.flights.clear()
            self._shared.clear()

    def _begin(self, request: Request, key: Key | None) -> Flight:
        """A new piece of work: on its way to the worker, or in the queue."""
        flight = Flight(next(self._numbers), request, key)
        if request.want in ASIDE:
            if not self._process.alive:
                raise Busy("The program is just starting. Please try again in a few seconds.")
            self._aside[flight.number] = flight
            self._process.send(("job", flight.number, request))
        else:
            self._waiting.add(flight, self._running, self._state["loaded"])
        if key is not None:
            self._shared[key] = flight
        return flight

    def _next(self) -> None:
        """Tell the worker what to do now, if it is free, and what to do after that; called with the lock held."""
        if not self._process.alive:
            return
        if self._running is None:
            ahead = self._ahead.pop(0) if self._ahead else None
            flight = self._running = self._waiting.take(ahead)
            if flight is None:
                return  # nobody waits
            flight.sent = flight.alive = self._process.now()
            flight.cold = flight.name not in self._state["loaded"]
            flight.tell(state="running")
            if flight is not ahead:
                self._process.send(("job", flight.number, flight.request))
        for flight in self._waiting.first(AHEAD)[len(self._ahead):]:
            self._ahead.append(flight)
            self._process.send(("job", flight.number, flight.request))

    def _place(self, flight: Flight, _: Job) -> int:
        return self._waiting.place(flight, self._running)  # without the lock: every waiting page asks many times a second

    def _estimate(self, flight: Flight, _: Job) -> float | None:
        with self._lock:
            return self._waiting.estimate(flight, self._running, self._state["loaded"])

    def _cancel(self, flight: Flight, job: Job) -> None:
        """One visitor does not want it any more; the work ends when nobody does."""
        with self._lock:
            if job in flight.jobs:
                flight.jobs.remove(job)
                if not flight.jobs:
                    self._leave(flight)
            job.finish(error=STOPPED)

    def _leave(self, flight: Flight) -> None:
        """Nobody waits for this any more, and nobody may join it."""
        if self._shared.get(flight.key) is flight:
            del self._shared[flight.key]
        if flight in self._waiting.flights:
            self._waiting.flights.remove(flight)
        if flight in (self._running, *self._ahead) or flight.number in self._aside:
            flight.alive = self._process.now()  # the clock of STOP_WITHIN_S
            self._process.send(("stop", flight.number))
        if flight in self._ahead:
            self._ahead.remove(flight)

    def _heard(self, message: tuple[Any, ...]) -> None:
        """A message from the worker; runs in the process's reading thread."""
        kind, number, *rest = message
        with self._lock:
            if kind == "state":
                self._state = rest[0]
            elif not number:  # a new worker
                self._next()
            flight = self._aside.get(number) or self._running
            if flight is None or flight.number != number:
                return  # no job's word, or a late one of a job that was stopped
            flight.alive = self._process.now()
            if kind == "started":
                flight.units, flight.began = rest[0], flight.alive
                flight.tell(units=flight.units, began=flight.began)
            elif kind == "part":
                flight.tell(fraction=rest[0], partial=rest[1])
            elif kind in ("done", "failed"):
                self._finish(flight, kind, rest)

    def _finish(self, flight: Flight, kind: str, rest: list[Any]) -> None:
        if kind == "done":
            if flight.jobs:
                self.history.add(flight.request, flight.units or 1.0, flight.seconds(),
                                  flight.began - flight.sent if flight.cold and flight.began and flight.sent else None)
            jobs, request = list(flight.jobs), flight.request
            self._end(flight, rest[0])
            if flight.key is not None and jobs:
                self._remembered.add(flight.key, request, rest[0], jobs)
        else:
            self._end(flight, error=getattr(errors, rest[0], Broken)(rest[1]))
        if self._aside.pop(flight.number, None) is None:
            self._running = None
            self._next()

    def _ended(self) -> None:
        """The worker process is gone: end its job with a sentence; the process starts the next worker."""
        with self._lock:
            lost = [*self._aside.values(), *filter(None, [self._running])]
            self._running, self._ahead = None, []
            self._state = {**self._state, "loaded": {}, "decoded": 0}
            self._aside.clear()
            for flight in lost:
                self._end(flight, error=WorkerLost(LOST))

    def _end(self, flight: Flight, value: Any = None, error: DemoError | None = None) -> None:
        """The end of a flight, which nobody can join any more."""
        if self._shared.get(flight.key) is flight:
            del self._shared[flight.key]
        flight.finish(value, error)

    def _tick(self) -> None:
        """Several times a second: end a worker that does not let go, or hangs."""
        with self._lock:
            flight = self._running
            if flight is None:
                return
            silent_s = self._process.now() - flight.alive
            limit_s = get_demo(flight.request.demo).time_limit_s + (0 if flight.began else LOAD_LIMIT_S)
            if not flight.jobs and silent_s > STOP_WITHIN_S:
                self._process.kill()
            elif flight.jobs and silent_s > limit_s:
                self._end(flight, error=TooSlow(SLOW.format(limit=limit_s)))
                self._process.kill()


class InlineEngine:
    """The same calls in this process; `submit` returns when the job is done."""

    def __init__(self, device: str = "") -> None:
        from demos.loaded import LoadedModels
        from demos.work import Worker

        self._worker = Worker(LoadedModels(settings().memory_mb, device or settings().device))
        self._numbers = itertools.count(1)

    def submit(self, demo: str, method: str, inputs: Mapping[str, Any] | None = None, want: Want = "answer",
               change: str = "", strength: float = 0.0, fresh: bool = False) -> Job:
        """Carry the job out now; every one is `fresh`. A DemoError waits in the job; defects are raised at once."""
        key = get_demo(demo).method(method).key
        request = Request(demo, key, dict(inputs or {}), want, change, strength)
        job = Job(next(self._numbers), request, lambda _: 0, lambda _: 0.0, lambda _: None)
        try:
            value = None
            for job.fraction, value in self._worker.work(request):
                job.partial = value
            job.finish(value)
        except DemoError as error:
            job.finish(error=error)
        return job

    def load(self, demo: str, method: str) -> Any:
        """The loaded model itself, for measuring."""
        found = get_demo(demo)
        return self._worker.models.get(found, found.method(method))[0]

    def status(self) -> dict[str, Any]:
        """As LocalEngine.status."""
        return {"device": self._worker.models.device, "loaded": self._worker.models.loaded(), "decoder": "",
                "decoded": len(self._worker.decoded), "waiting": 0, "running": False, "alive": True, "pid": 0}

    def close(self) -> None:
        """Nothing to end."""


Engine: TypeAlias = "LocalEngine | InlineEngine | RayEngine"
_engine: Engine | None = None
_engine_lock = threading.Lock()


def get_engine() -> Engine:
    """The engine of this process, started on first use."""
    global _engine
    with _engine_lock:
        if _engine is None:
            _engine = _chosen()
        return _engine


def _chosen() -> Engine:
    """The engine that LIVE_ENGINE names; a worker process beside this one where it says nothing."""
    if settings().engine:
        from demos.ray_engine import RayEngine

        return RayEngine()
    return LocalEngine()


def set_engine(engine: Engine | None) -> None:
    """Put another engine in place (tests, the command line); the old one is closed."""
    global _engine
    with _engine_lock:
        old, _engine = _engine, engine
    if old is not None and old is not engine:
        old.close()
