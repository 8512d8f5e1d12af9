"""A worker process that is started again whenever it ends, and the thread that listens to it.

A program of its own rather than a child of `multiprocessing`: Streamlit puts the running page in
place of `__main__`, and multiprocessing would run that page in the child.
"""

from __future__ import annotations

import fcntl
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

log = logging.getLogger("demos.process")
ROOT = Path(__file__).resolve().parents[1]
TICK_S = 0.1
LONGEST_PAUSE_S = 30.0  # between starts of a worker that dies at once
PIPE_BYTES = 2**20  # the most that Linux gives to everybody
MOST_S = 5.0  # where none can be started at all: for want of files or of memory, which may be there again soon

# The worker keeps what a model call freed for the next call: one EfficientNet pass takes 18 ms so, 26 ms with
# glibc's own thresholds, and 53 ms with the small one that the server is started with (for its uploads).
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": str(512 * 2**20),
               "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20), "TOKENIZERS_PARALLELISM": "false", "PYTHONUNBUFFERED": "1"}


def widen(pipe: Any) -> None:
    """Let a pipe hold a whole page's pictures, where the system can, so that who writes need not wait for who reads."""
    with suppress(AttributeError, OSError):  # not Linux, or too many wide pipes already
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)


class Process:
    """Keeps one worker running. `heard` gets its messages, `ended` is told when it is gone, and
    `tick` is called several times a second; all three run in this object's thread."""

    def __init__(self, heard: Callable[[tuple[Any, ...]], None], ended: Callable[[], None],
                 tick: Callable[[], None]) -> None:
        self._heard, self._ended, self._tick = heard, ended, tick
        self._letters: queue.SimpleQueue[tuple[Any, tuple[Any, ...] | None]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._asking: Any = None
        self._answers: Any = None
        self._start()
        self._thread = threading.Thread(target=self._listen, name="engine", daemon=True)
        self._thread.start()
        threading.Thread(target=self._post, name="engine-post", daemon=True).start()

    @staticmethod
    def now() -> float:
        """Seconds of a clock that never jumps."""
        return time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether there is a worker to send to."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        """The worker's process id; 0 when there is none."""
        return self._child.pid if self._child is not None and self.alive else 0

    def send(self, message: tuple[Any, ...]) -> None:
        """Have it sent, in the order of the calls. A worker at work may read late, so nobody waits for that; one that has
        just gone is noticed by the listening thread."""
        self._letters.put((self._asking, message))

    def _post(self) -> None:
        while self._send(*self._letters.get()):  # nothing that was sent is held on to here
            pass

    @staticmethod
    def _send(asking: Any, message: tuple[Any, ...] | None) -> bool:
        """Whether there is more to come."""
        with suppress(OSError, ValueError):
            asking.send(message) if message is not None else asking.close()
        return message is not None

    def kill(self) -> None:
        """End the worker at once; `ended` follows, and a new one is started."""
        if self._child is not None:
            self._child.kill()

    def close(self) -> None:
        """End the worker for good."""
        self._closing.set()
        if self._child is None:
            return
        self._letters.put((self._asking, None))
        try:
            self._child.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._thread.join(timeout=1.0)
        self._answers.close()

    def _start(self) -> None:
        """Start a worker; raises OSError where the machine gives no process or no files for it."""
        (asked, asking), (answers, answered) = Pipe(duplex=False), Pipe(duplex=False)
        widen(asking)
        widen(answered)
        # the worker finds the same packages as this process, extra demos of tests included
        path = os.pathsep.join(dict.fromkeys([str(ROOT), *filter(None, sys.path)]))
        theirs = [asked.fileno(), answered.fileno()]
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "demos.worker", *map(str, theirs)], pass_fds=theirs,
                stdin=subprocess.DEVNULL, start_new_session=True, cwd=ROOT,
                env={**os.environ, **ENVIRONMENT, "PYTHONPATH": path})
        except OSError:
            asking.close()
            answers.close()
            raise
        finally:
            asked.close()
            answered.close()
        self._asking, self._answers = asking, answers
        log.info("worker %d started", self._child.pid)

    def _listen(self) -> None:
        pause = 0.0
        while not self._closing.is_set():
            try:
                if self._answers.poll(TICK_S):
                    message = self._answers.recv()
                    pause = 0.0 if message[0] == "done" else pause
                    self._heard(message)
                    del message  # an answer is held on to by those only who asked
                self._tick()
            except (EOFError, OSError):
                if self._closing.is_set():
                    return
                code = self._child.wait() if self._child else None
                log.warning("the worker ended with code %s", code)
                self._ended()
                pause = self._start_again(pause)
            except Exception:
                log.exception("the engine's listener stumbled")

    def _start_again(self, pause: float) -> float:
        """Start the next worker after a pause, as often as it takes; return the pause before the one after it."""
        while not self._closing.wait(pause):  # none at first; a worker that keeps dying is not hammered
            pause = min(LONGEST_PAUSE_S, 2 * pause + 0.1)
            try:
                self._start()
            except OSError as error:
                log.warning("no worker can be started: %s", os.strerror(error.errno or 0))
                pause = min(pause, MOST_S)
                continue
            self._heard(("started", 0))  # it may be sent to at once; it reads when it is up
            break
        return pause
