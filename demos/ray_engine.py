"""The engine for more than one machine: `LocalEngine`'s calls, carried out by Ray Serve on a cluster.

Chosen by LIVE_ENGINE (demos/settings.py); which methods share which processes is in `demos/ray_pools.py`.
Serve keeps the queues, adds and takes away processes, and refuses when a queue is full; this file follows
each job's messages. `place` counts the jobs of this process: those of other servers are not known here.
"""

from __future__ import annotations

import asyncio
import atexit
import itertools
import logging
import threading
import time
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from typing import Any

from demos import errors, get_demo
from demos.decoding import DEFECT
from demos.engine import LOAD_LIMIT_S, SLOW
from demos.errors import STOPPED, Broken, Busy, DemoError, TooSlow, WorkerLost
from demos.history import History
from demos.jobs import Job, Request, Want
from demos.ray_cluster import NO_RAY, address_of, join, leave, put
from demos.ray_pools import read_pools
from demos.ray_replica import NO_MODEL
from demos.remembered import Remembered, key_of
from demos.settings import settings
from demos.worker import Task

log = logging.getLogger("demos.ray_engine")
LOOK_EVERY_S = 2.0  # at the cluster: who is there, what is loaded
RETRY_S = 5.0  # until the cluster is tried again
START_LIMIT_S = 60.0  # that a job waits for the cluster
FORGET_S = 10.0  # after which a pool that does not answer counts as gone
SILENT_S = 15.0  # more than a replica itself allows: it, or its machine, no longer says anything
LOST = ("The computer that worked on this stopped in the middle, perhaps for want of memory. Another one takes over: "
        "please try once more, or try a smaller input.")
STARTING = "The program is just starting. Please try again in a few seconds."
FULL = "Too many others are waiting already. Please try again in a minute."


class RayEngine:
    """Jobs on a Ray cluster; everything of Ray's runs in this object's thread."""

    def __init__(self, engine: str = "") -> None:
        if find_spec("ray") is None:
            raise RuntimeError(NO_RAY)
        self._address = address_of(engine or settings().engine)
        self._pools = read_pools()
        self._pool_of = {member: pool for pool in self._pools for member in pool.members}
        self.history = History(settings().cache / "history.json")
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()
        self._remembered = Remembered(settings().answers_mb * 2**20)
        self._jobs: dict[int, Job] = {}  # all that have not ended
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._states: dict[str, list[dict[str, Any]]] = {}  # by pool: what each of its replicas says of itself
        self._handles: dict[str, Any] = {}
        self._fetches: dict[int, Task] = {}
        self._seen: dict[str, float] = {}  # when each pool last answered
        self._connected = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ray-engine", daemon=True)
        self._thread.start()
        self._looking = asyncio.run_coroutine_threadsafe(self._connect(), self._loop)
        atexit.register(self.close)

    def submit(self, demo: str, method: str, inputs: Mapping[str, Any] | None = None, want: Want = "answer",
               change: str = "", strength: float = 0.0, fresh: bool = False) -> Job:
        """Answer from memory, unless a `fresh` one is wanted, or send a job to the cluster; a full queue ends it with Busy.

        Raises KeyError for unknown names.
        """
        request = Request(demo, get_demo(demo).method(method).key, dict(inputs or {}), want, change, strength)
        job, key = Job(next(self._numbers), request, self._place, self._estimate, self._cancel), None if fresh else key_of(request)
        with self._lock:
            if want == "forget":
                self._remembered.forget()
            known = self._remembered.get(key)
            # Serve loads what is asked for, and a replica keeps nothing that was given
            if known is not None or want in ("load", "forget"):
                job.finish(known)
                self._remembered.hold(key, [job] if known is not None else [])
                return job
            self._jobs[job.number] = job
        log.info("job %d: %s/%s %s, %s", job.number, demo, request.method, want,
                 {k: f"{len(v)} bytes" for k, v in request.inputs.items() if isinstance(v, bytes)})
        self._loop.call_soon_threadsafe(self._begin, job)
        return job

    def status(self) -> dict[str, Any]:
        """As LocalEngine.status, for the whole cluster; `running` is a number, `replicas` are counted by pool."""
        with self._lock:
            replicas = [state for states in self._states.values() for state in states]
            loaded: dict[str, float] = {}
            for state in replicas:
                for key, megabytes in state["loaded"].items():
                    loaded[key] = loaded.get(key, 0.0) + megabytes
            states = [job.state for job in self._jobs.values()]
            devices = [state["device"] for state in replicas if state["device"]]
            asleep = self._connected.is_set() and not any(pool.lowest for pool in self._pools)  # until somebody asks
            return {"device": max(devices, default="cpu", key=("cpu", "mps", "cuda").index), "loaded": loaded,
                    "decoder": replicas[0]["decoder"] if replicas else "", "decoded": 0,
                    "waiting": states.count("waiting"), "running": states.count("running"),
                    "alive": bool(replicas) or asleep, "pid": 0,
                    "answers": len(self._remembered), "answers_mb": round(self._remembered.megabytes, 1),
                    "replicas": {name: len(found) for name, found in self._states.items()}}

    def close(self) -> None:
        """End every job of this process and leave the cluster, which goes on; a local one ends."""
        atexit.unregister(self.close)
        self.history.save()
        if not self._thread.is_alive():
            return
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            self._cancel(job)
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    # --- in the loop's thread from here -------------------------------------------------------------

    async def _connect(self) -> None:
        """Join the cluster, as often as it takes; then look at it now and then."""
        while not self._handles:
            try:
                self._handles = await asyncio.to_thread(self._join)
                log.info("on the cluster at %s with %d pools", self._address, len(self._handles))
            except Exception as error:
                log.warning("no cluster at %s yet: %s: %s", self._address, type(error).__name__, error)
                await asyncio.sleep(RETRY_S)
        self._connected.set()
        while True:
            await asyncio.gather(*map(self._look, self._handles))
            await asyncio.sleep(LOOK_EVERY_S)

    def _join(self) -> dict[str, Any]:
        join(self._address)
        return put(self._pools)

    async def _look(self, name: str) -> None:
        """Ask each replica of a pool how it is; what cannot answer in the midst of a change is asked again."""
        try:
            said = await asyncio.to_thread(self._handles[name].broadcast("state").results, timeout_s=LOOK_EVERY_S)
        except Exception:
            if time.monotonic() - self._seen.get(name, 0.0) < FORGET_S:
                return
            said = []
        else:
            self._seen[name] = time.monotonic()
        with self._lock:
            self._states[name] = said

    async def _leave(self) -> None:
        self._looking.cancel()
        await asyncio.to_thread(leave, self._address, self._handles)

    def _begin(self, job: Job) -> None:
        if job.request.want == "fetch":  # into LIVE_CACHE, which the machines of a cluster share
            fetch = Task(job.number, job.request, None, partial(self._loop.call_soon_threadsafe, self._heard, job))
            self._fetches[job.number] = fetch
            fetch.start()
        elif not job.done:
            self._tasks[job.number] = self._loop.create_task(self._carry(job))

    async def _carry(self, job: Job) -> None:
        """One job from its way into Serve's queue to its end, whatever that is."""
        stream = None
        try:
            async with asyncio.timeout(START_LIMIT_S):
                await self._connected.wait()
            stream = self._send(job.request, job.number)
            await self._follow(job, stream)
        except asyncio.CancelledError:
            job.finish(error=STOPPED)
        except Exception as error:
            job.finish(error=self._sentence(job, error))
        finally:
            if stream is not None and job.error is not None:
                stream.cancel()
            self._forget(job)

    def _send(self, request: Request, number: int) -> Any:
        """Hand a request to Serve, which streams its messages."""
        pool = self._pool_of[f"{request.demo}/{request.method}"]
        model = f"{request.demo}/{request.method}" if len(pool.members) > 1 and request.want not in NO_MODEL else ""
        handle = self._handles[pool.name].options(stream=True, method_name="ask", multiplexed_model_id=model)
        return handle.remote(number, request)

    async def _follow(self, job: Job, stream: Any) -> None:
        """Take a job's messages until it has ended."""
        limit_s = get_demo(job.request.demo).time_limit_s + SILENT_S
        messages = aiter(stream)
        while not job.done:
            waits_s = None if job.state == "waiting" else limit_s + (0 if job.began else 2 * LOAD_LIMIT_S)
            async with asyncio.timeout(waits_s):
                self._heard(job, await anext(messages))

    def _heard(self, job: Job, message: tuple[Any, ...]) -> None:
        """A message of `demos/ray_replica.py`, or of a download."""
        kind, _, *rest = message
        with self._lock:
            job.alive = time.monotonic()
            if job.state == "waiting":
                job.state = "running"
            if kind == "started":
                job.units, job.began = rest[0], job.alive
            elif kind == "part":
                job.fraction, job.partial = rest
            elif kind == "done":
                if job.began is not None and not job.done:
                    self.history.add(job.request, job.units or 1.0, job.alive - job.began)
                request = job.request  # with what was given, which ends with the job
                job.finish(rest[0])
                if job.error is None and (key := key_of(request)) is not None:
                    self._remembered.add(key, request, rest[0], [job])
            elif kind == "failed":
                job.finish(error=getattr(errors, rest[0], Broken)(rest[1]))
        if job.done:
            self._forget(job)

    def _forget(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.number, None)
            self._tasks.pop(job.number, None)
            self._fetches.pop(job.number, None)

    def _sentence(self, job: Job, error: Exception) -> DemoError:
        """What a visitor reads when Ray ends a job."""
        from ray.exceptions import RayTaskError
        from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError, RequestCancelledError

        if not isinstance(error, BackPressureError):
            log.warning("job %d: %s", job.number, type(error).__name__)
        if isinstance(error, BackPressureError):
            return Busy(FULL)
        if isinstance(error, RequestCancelledError):
            return STOPPED
        if isinstance(error, DeploymentUnavailableError) or not self._connected.is_set():
            return Busy(STARTING)
        if isinstance(error, TimeoutError):
            return TooSlow(SLOW.format(limit=get_demo(job.request.demo).time_limit_s))
        return Broken(DEFECT) if isinstance(error, RayTaskError) else WorkerLost(LOST)

    # --- in the caller's thread ---------------------------------------------------------------------

    def _cancel(self, job: Job) -> None:
        job.finish(error=STOPPED)
        self._loop.call_soon_threadsafe(self._stop, job.number)

    def _stop(self, number: int) -> None:
        if task := self._tasks.get(number):
            task.cancel()
        elif fetch := self._fetches.get(number):
            fetch.stop_now()
            self._fetches.pop(number)
        with self._lock:
            self._jobs.pop(number, None)

    def _with(self, job: Job, state: str) -> list[Job]:
        """The jobs of the same pool in this state that came before."""
        pool = self._pool_of[f"{job.request.demo}/{job.request.method}"]
        return [other for other in self._jobs.values() if other.state == state and other.number < job.number
                and self._pool_of[f"{other.request.demo}/{other.request.method}"] is pool]

    def _place(self, job: Job) -> int:
        with self._lock:
            if job.state != "waiting":
                return 0
            return len(self._with(job, "waiting")) + bool(self._with(job, "running"))

    def _estimate(self, job: Job) -> float | None:
        with self._lock:
            own = self._left(job)
            if own is None or job.state != "waiting":
                return own
            pool = self._pool_of[f"{job.request.demo}/{job.request.method}"]
            others = [self._left(other) or 0.0 for state in ("waiting", "running") for other in self._with(job, state)]
            return own + sum(others) / max(1, len(self._states.get(pool.name, [])) * pool.at_once)

    def _left(self, job: Job) -> float | None:
        whole = self.history.estimate(job.request, job.units)
        return whole if whole is None or job.began is None else max(0.0, whole - (time.monotonic() - job.began))
