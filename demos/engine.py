"""Engines: where models run. `submit` gives a `Job`; what it yields is in `demos/jobs.py`.

`LocalEngine` runs one worker process (`demos/worker.py`) with a bounded queue before it, so that no
model and no decoder of uploads runs in the process that draws pages. `InlineEngine` has the same
calls and runs in this process, for the command line and for tests. `RayEngine` (`demos/ray_engine.py`)
has them too, for more than one machine.
"""

from __future__ import annotations

import atexit
import itertools
import logging
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from demos import get_demo
from demos import errors
from demos.errors import STOPPED, Broken, Busy, DemoError, TooSlow, WorkerLost
from demos.history import History
from demos.jobs import Job, Request, Want
from demos.process import Process
from demos.settings import settings

if TYPE_CHECKING:
    from demos.ray_engine import RayEngine

log = logging.getLogger("demos.engine")
STOP_WITHIN_S = 0.5  # a worker that has not let go of a stopped job by then is ended
LOAD_LIMIT_S = 60  # more while decoding and loading: a large model on a slow disk takes long
LOST = ("The part of the program that runs the models stopped in the middle of this, perhaps for want of "
        "memory. It is starting again: please try once more, or try a smaller input.")
SLOW = "This took longer than {limit:.0f} seconds, so it was ended. Please try a smaller or shorter input."


class LocalEngine:
    """One worker process, one job at a time, first come first served; loads for later come last."""

    def __init__(self) -> None:
        self.history = History(settings().cache / "history.json")
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._aside: dict[int, Job] = {}  # downloads: they wait for the network, not for the worker
        self._state: dict[str, Any] = {"device": "", "loaded": {}, "decoder": ""}
        self._process = Process(self._heard, self._ended, self._tick)
        atexit.register(self.close)

    def submit(self, demo: str, method: str, inputs: Mapping[str, Any] | None = None, want: Want = "answer",
               change: str = "", strength: float = 0.0) -> Job:
        """Put a job in the queue. Raises Busy when it is full, KeyError for unknown names."""
        key = get_demo(demo).method(method).key
        request = Request(demo, key, dict(inputs or {}), want, change, strength)
        with self._lock:
            job = Job(next(self._numbers), request, self._place, self._estimate, self._cancel)
            if want == "fetch":
                if not self._process.alive:
                    raise Busy("The program is just starting. Please try again in a few seconds.")
                self._aside[job.number] = job
                self._process.send(("job", job.number, request))
                return job
            visitors = sum(other.request.want != "load" for other in self._waiting)  # loads for later give way
            if visitors >= settings().queue:
                raise Busy(f"{visitors} others are waiting already. Please try again in a minute.")
            self._waiting.append(job)
            self._next()
        log.info("job %d: %s/%s %s, %s", job.number, demo, key, want,
                 {k: f"{len(v)} bytes" for k, v in request.inputs.items() if isinstance(v, bytes)})
        return job

    def status(self) -> dict[str, Any]:
        """device, loaded (megabytes by 'demo/method'), decoder (what closes its network), waiting, running, alive, pid."""
        with self._lock:
            return {**self._state, "waiting": len(self._waiting), "running": self._running is not None,
                    "alive": self._process.alive, "pid": self._process.pid}

    def close(self) -> None:
        """End the worker and every job."""
        atexit.unregister(self.close)
        self._process.close()
        with self._lock:
            for job in [*self._waiting, *self._aside.values(), *filter(None, [self._running])]:
                job.finish(error=STOPPED)
            self._waiting.clear()

    def _next(self) -> None:
        """Give the worker its next job, if it is free; called with the lock held."""
        if self._running is not None or not self._waiting or not self._process.alive:
            return
        job = min(self._waiting, key=lambda j: (j.request.want == "load", j.number))
        self._waiting.remove(job)
        self._running = job
        job.state = "running"
        job.alive = self._process.now()
        self._process.send(("job", job.number, job.request))

    def _place(self, job: Job) -> int:
        with self._lock:
            if job not in self._waiting:
                return 0
            before = [other for other in self._waiting if other.request.want != "load" and other.number < job.number]
            return len(before) + (self._running is not None)

    def _estimate(self, job: Job) -> float | None:
        with self._lock:
            ahead = [job]
            if job in self._waiting:
                ahead += [other for other in self._waiting if other.number < job.number]
                ahead += [self._running] if self._running else []
            guesses = [self._left(other) for other in ahead]
            return None if guesses[0] is None else sum(guess or 0.0 for guess in guesses)

    def _left(self, job: Job) -> float | None:
        whole = self.history.estimate(job.request, job.units)
        if whole is None or job.began is None:
            return whole
        return max(0.0, whole - (self._process.now() - job.began))

    def _cancel(self, job: Job) -> None:
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)
            elif job is self._running or job.number in self._aside:
                job.alive = self._process.now()  # the clock of STOP_WITHIN_S
                self._process.send(("stop", job.number))
            job.finish(error=STOPPED)

    def _heard(self, message: tuple[Any, ...]) -> None:
        """A message from the worker; runs in the process's reading thread."""
        kind, number, *rest = message
        with self._lock:
            if kind == "state":
                self._state = rest[0]
                return
            if not number:  # a new worker
                self._next()
                return
            job = self._aside.get(number) or self._running
            if job is None or job.number != number:
                return  # a late word of a job that was stopped
            job.alive = self._process.now()
            if kind == "started":
                job.units, job.began = rest[0], job.alive
            elif kind == "part":
                job.fraction, job.partial = rest
            elif kind in ("done", "failed"):
                self._finish(job, kind, rest)

    def _finish(self, job: Job, kind: str, rest: list[Any]) -> None:
        if kind == "done":
            if job.began is not None and not job.done:
                self.history.add(job.request, job.units or 1.0, job.alive - job.began)
            job.finish(rest[0])
        else:
            job.finish(error=getattr(errors, rest[0], Broken)(rest[1]))
        if self._aside.pop(job.number, None) is None:
            self._running = None
            self._next()

    def _ended(self) -> None:
        """The worker process is gone: end its job with a sentence; the process starts the next worker."""
        with self._lock:
            lost = [*self._aside.values(), *filter(None, [self._running])]
            self._running, self._state = None, {**self._state, "loaded": {}}
            self._aside.clear()
            for job in lost:
                job.finish(error=WorkerLost(LOST))

    def _tick(self) -> None:
        """Several times a second: end a worker that does not let go, or hangs."""
        with self._lock:
            job = self._running
            if job is None:
                return
            silent_s = self._process.now() - job.alive
            limit_s = get_demo(job.request.demo).time_limit_s + (0 if job.began else LOAD_LIMIT_S)
            if job.done and silent_s > STOP_WITHIN_S:
                self._process.kill()
            elif not job.done and silent_s > limit_s:
                job.finish(error=TooSlow(SLOW.format(limit=limit_s)))
                self._process.kill()


class InlineEngine:
    """The same calls in this process; `submit` returns when the job is done."""

    def __init__(self, device: str = "") -> None:
        from demos.loaded import LoadedModels
        from demos.work import Worker

        self._worker = Worker(LoadedModels(settings().memory_mb, device or settings().device))
        self._numbers = itertools.count(1)

    def submit(self, demo: str, method: str, inputs: Mapping[str, Any] | None = None, want: Want = "answer",
               change: str = "", strength: float = 0.0) -> Job:
        """Carry the job out now. A DemoError waits in the job; defects are raised at once."""
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
                "waiting": 0, "running": False, "alive": True, "pid": 0}

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
    if not settings().engine:
        return LocalEngine()
    from demos.ray_engine import RayEngine

    return RayEngine()


def set_engine(engine: Engine | None) -> None:
    """Put another engine in place (tests, the command line); the old one is closed."""
    global _engine
    with _engine_lock:
        old, _engine = _engine, engine
    if old is not None and old is not engine:
        old.close()
