"""The worker process: holds the models, answers one job after another; beside it runs the one that decodes uploads.

Started by `LocalEngine` as a program of its own, with one end of a pipe as its only argument. The
main thread reads the pipe, so that Stop is heard at once; jobs run in a thread beside it. It ends
when the pipe closes, so none is left behind when the server goes.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from typing import Any

from demos import counted, demo_folder, get_demo
from demos.decoding import DEFECT, Decoder
from demos.errors import STOPPED, Broken, DemoError, Stopped
from demos.jobs import Request
from demos.loaded import LoadedModels
from demos.settings import settings
from demos.work import Worker

log = logging.getLogger("demos.worker")
FORGET_AFTER_S = 120  # idle seconds after which decoded uploads are dropped
STUCK_AFTER_S = 10  # a stopped job should have ended long before


class Task(threading.Thread):
    """One job in its own thread, so that a job that was stopped may end by itself in peace."""

    def __init__(self, number: int, request: Request, worker: Worker, send: Any) -> None:
        super().__init__(name=f"job-{number}", daemon=True)
        self.number, self.request, self.worker, self._send = number, request, worker, send
        self.stop = threading.Event()
        self.stopped_at: float | None = None

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

    def _work(self) -> None:
        value = None
        for fraction, value in self.worker.work(self.request, lambda units: self.send("started", units)):
            if self.stop.is_set():
                return
            if fraction < 1.0:
                self.send("part", fraction, value)
        self.send("done", value)

    def _fetch(self) -> None:
        from demos.weights import fetch, state

        folder = demo_folder(self.request.demo)
        method = get_demo(self.request.demo).method(self.request.method)
        for row in method.weights:
            if state(row, folder) != "ready":
                fetch(row, lambda have, total: self.send("part", have / max(total, 1), (have, total)), self.stop)


def describe(error: BaseException, number: int) -> str:
    """Log a defect by its kind and place, never its message: that may hold what a visitor gave."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
    log.error("job %d broke: %s at %s", number, type(error).__name__, where)
    return DEFECT


def serve(connection: Connection) -> None:
    """Answer until the pipe closes."""
    lock = threading.Lock()
    decoder = Decoder()
    worker = Worker(LoadedModels(settings().memory_mb, settings().device), decoder)
    tasks: dict[int, Task] = {}

    def send(message: tuple[Any, ...]) -> None:
        with lock:
            try:
                connection.send(message)
            except OSError:
                os._exit(0)  # the server is gone
        if message[0] in ("done", "failed"):
            tell_state()

    def tell_state() -> None:
        state = {"device": worker.models._wanted, "loaded": worker.models.loaded(), "decoder": decoder.confined or "",
                 "decoded": len(worker.decoded)}
        with lock:
            connection.send(("state", 0, state))

    while True:
        heard = connection.poll(1.0 if tasks else FORGET_AFTER_S)
        tasks = {number: task for number, task in tasks.items() if task.is_alive()}
        if not heard:
            leave_if_stuck(list(tasks.values()))
            if not tasks:
                worker.decoded.forget()
            continue
        kind, number, *rest = connection.recv()
        if kind == "job":
            tasks[number] = Task(number, rest[0], worker, send)
            tasks[number].start()
        elif kind == "stop":
            if number in tasks:
                tasks[number].stop_now()
                decoder.stop(tasks[number])
            send(("failed", number, Stopped.__name__, str(STOPPED)))


def leave_if_stuck(tasks: list[Task]) -> None:
    """End this process, to be started anew, when all that is left is a stopped job that does not end."""
    waited = [time.monotonic() - task.stopped_at for task in tasks if task.stopped_at is not None]
    if waited and len(waited) == len(tasks) and max(waited) > STUCK_AFTER_S:
        log.warning("a stopped job does not end; starting anew")
        os._exit(3)


def main() -> None:
    """Take the pipe from the command line and serve it."""
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
    connection = Connection(int(sys.argv[1]))
    try:
        serve(connection)
    except (EOFError, OSError):
        log.info("the server closed the pipe at %s", time.strftime("%H:%M:%S"))
    os._exit(0)  # without waiting for a job in the middle of a long call


if __name__ == "__main__":
    main()
