"""The worker process: holds the models, answers one job after another; beside it runs the one that decodes uploads.

Started by `LocalEngine` as a program of its own, with its ends of two pipes as arguments. The main
thread reads one of them, so that Stop is heard at once; jobs run in a thread beside it, and the next
one, which may have come already, begins as soon as one has ended. The worker ends when the pipe
closes, so none is left behind when the server goes.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from demos import counted, demo_folder, get_demo
from demos.decoding import DEFECT, Decoder
from demos.drawn import drawn
from demos.errors import STOPPED, Broken, DemoError, Stopped
from demos.jobs import ASIDE, Answer, Request
from demos.loaded import LoadedModels
from demos.settings import settings
from demos.work import Worker

log = logging.getLogger("demos.worker")
FORGET_AFTER_S = 120  # idle seconds after which decoded uploads are dropped
STUCK_AFTER_S = 10  # a stopped job should have ended long before


class Task(threading.Thread):
    """One job in its own thread, so that a job that was stopped may end by itself in peace."""

    def __init__(self, number: int, request: Request, worker: Worker, send: Any,
                 ended: Callable[[Task], None] = lambda _: None) -> None:
        super().__init__(name=f"job-{number}", daemon=True)
        self.number, self.request, self.worker, self._send, self._ended = number, request, worker, send, ended
        self.stop = threading.Event()
        self.stopped_at: float | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended, or was stopped before it began."""
        return not self.is_alive() if self.ident else self.stop.is_set()

    def stop_now(self) -> None:
        """Ask the thread to end at its next breath; what it still says is not passed on."""
        self.stopped_at = time.monotonic()
        self.stop.set()

    def send(self, kind: str, *rest: Any) -> None:
        """Tell the engine, unless the job was stopped meanwhile."""
        if not self.stop.is_set():
            self._send((kind, self.number, *rest))

    def run(self) -> None:
        """Carry the request out and report its end, whatever it is."""
        try:
            if self.request.want == "fetch":
                with counted.aside():
                    self._fetch()
                self.send("done", None)
            else:
                self._work()
        except DemoError as error:
            self.send("failed", type(error).__name__, str(error))
        except BaseException as error:  # a defect of ours must not take the worker along
            self.send("failed", Broken.__name__, describe(error, self.number))
        finally:
            if not self.stop.is_set():  # who stops it tells of its end first, and then lets the next one begin
                self._ended(self)

    def _work(self) -> None:
        value = None
        for fraction, value in self.worker.work(self.request, lambda units: self.send("started", units)):
            if self.stop.is_set():
                return
            if fraction < 1.0:
                self.send("part", fraction, value)
        self.send("done", drawn(value) if isinstance(value, Answer) and value.views else value)

    def _fetch(self) -> None:
        from demos.weights import fetch, state

        folder = demo_folder(self.request.demo)
        method = get_demo(self.request.demo).method(self.request.method)
        for row in method.weights:
            if state(row, folder) != "ready":
                fetch(row, lambda have, total: self.send("part", have / max(total, 1), (have, total)), self.stop)


class Line:
    """Tasks in the order in which they came, one at a time; those that wait for nobody begin at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._running: Task | None = None

    def add(self, task: Task) -> None:
        """Begin it, now or when its turn comes."""
        if task.request.want in ASIDE:
            task.start()
            return
        with self._lock:
            self._waiting.append(task)
            self._begin()

    def leave(self, task: Task) -> None:
        """It has ended, or is not wanted any more: the next one may begin."""
        with self._lock:
            if task in self._waiting:
                self._waiting.remove(task)
            if task is self._running:
                self._running = None
            self._begin()

    def _begin(self) -> None:
        if self._running is None and self._waiting:
            self._running = self._waiting.popleft()
            self._running.start()


def describe(error: BaseException, number: int) -> str:
    """Log a defect by its kind and place, never its message: that may hold what a visitor gave."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
    log.error("job %d broke: %s at %s", number, type(error).__name__, where)
    return DEFECT


class Telling:
    """Sends one message at a time, and after a job's end what the worker holds, where that changed."""

    def __init__(self, answered: Connection, worker: Worker, decoder: Decoder) -> None:
        self._answered, self._worker, self._decoder = answered, worker, decoder
        self._lock = threading.Lock()
        self._told: dict[str, Any] = {}

    def __call__(self, message: tuple[Any, ...]) -> None:
        """Send; the process ends where nobody reads any more."""
        with self._lock:
            try:
                self._answered.send(message)
                if message[0] in ("done", "failed") and (state := self._state()) != self._told:
                    self._told = state
                    self._answered.send(("state", 0, state))
            except OSError:
                os._exit(0)  # the server is gone

    def _state(self) -> dict[str, Any]:
        return {"device": self._worker.models._wanted, "loaded": self._worker.models.loaded(),
                "decoder": self._decoder.confined or "", "decoded": len(self._worker.decoded)}


def serve(asked: Connection, answered: Connection) -> None:
    """Answer until the pipe closes."""
    decoder = Decoder()
    worker = Worker(LoadedModels(settings().memory_mb, settings().device), decoder)
    tell, line = Telling(answered, worker, decoder), Line()
    tasks: dict[int, Task] = {}

    def obey(kind: str, number: int, request: Request | None = None) -> None:  # what came is held on to no longer than this takes
        if request is not None:
            tasks[number] = Task(number, request, worker, tell, line.leave)
            line.add(tasks[number])
        elif kind == "stop":
            task = tasks.get(number)
            if task is not None:
                task.stop_now()
                decoder.stop(task)
            tell(("failed", number, Stopped.__name__, str(STOPPED)))
            if task is not None:
                line.leave(task)  # only now: the engine hears of one job's end before it hears of the next one

    while True:
        heard = asked.poll(1.0 if tasks else FORGET_AFTER_S)
        for number in [number for number, task in tasks.items() if task.over]:
            del tasks[number]
        if heard:
            obey(*asked.recv())
            continue
        leave_if_stuck(list(tasks.values()))
        if not tasks:
            worker.decoded.forget()


def leave_if_stuck(tasks: list[Task]) -> None:
    """End this process, to be started anew, when all that is left is a stopped job that does not end."""
    waited = [time.monotonic() - task.stopped_at for task in tasks if task.stopped_at is not None]
    if waited and len(waited) == len(tasks) and max(waited) > STUCK_AFTER_S:
        log.warning("a stopped job does not end; starting anew")
        os._exit(3)


def main() -> None:
    """Take the pipes from the command line and serve them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    logging.basicConfig(level=logging.INFO, stream=sys.stderr,
                        format="%(asctime)s %(name)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("faster_whisper").setLevel(logging.WARNING)
    try:  # when the machine runs out of memory, this process is the one to go, not the pages
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("600")
    except OSError:
        pass
    counted.begin()
    asked, answered = (Connection(int(handle)) for handle in sys.argv[1:3])
    try:
        serve(asked, answered)
    except (EOFError, OSError):
        log.info("the server closed the pipe at %s", time.strftime("%H:%M:%S"))
    os._exit(0)  # without waiting for a job in the middle of a long call


if __name__ == "__main__":
    main()
