"""Reads what visitors gave in a process of its own, so that a file that breaks a decoder takes no model along.

The process is kept and used again; when a file has ended it, or it had to be ended, the next file finds a new one.
"""

from __future__ import annotations

import hashlib
import logging
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from multiprocessing.connection import Connection
from typing import Any

from demos import carried, errors
from demos.errors import STOPPED, BadInput, Broken, DemoError, TooSlow
from demos.inputs import Input

log = logging.getLogger("demos.decoding")
Reading = Callable[[Input, Any, Mapping[str, Any]], Any]
START_S = 30.0
WORDS = 500  # characters of an error that are passed on
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
               "MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20)}
DIED = ("Reading this file broke the program that reads files, so it was left. It may be damaged: please save or send it "
        "again, or give another one.")
SLOW = "Reading this file took too long, so it was left. Please give a shorter or smaller one."
DEFECT = "Something went wrong on our side with this input. Please try another one; the rest still works."


def read_here(item: Input, raw: Any, settings: Mapping[str, Any]) -> Any:
    """Read in this process: for the command line, whose files are its user's own, and for samples."""
    return item.read(raw, **settings)


class Decoded:
    """The last few decoded uploads by digest, so that one picture is decoded once for all methods.

    Held in memory only, and dropped when whoever gave it leaves or the worker is idle. What could not be read is remembered too: a file
    that takes long to be refused, or breaks the decoder, does so once.
    """

    def __init__(self, read: Reading = read_here, limit_bytes: int = 300_000_000) -> None:
        self.read, self.limit_bytes = read, limit_bytes
        self._values: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._lock = threading.Lock()  # a visitor may be forgotten while another one's job runs

    def __len__(self) -> int:
        return len(self._values)

    def get(self, item: Input, raw: bytes, settings: Mapping[str, Any]) -> Any:
        """The decoded value, read now when it is not here. Raises what reading it raised."""
        # two inputs of one kind may accept different files, so the class is part of the name
        key = (repr((type(item).__name__, *settings.values())), hashlib.sha256(raw).hexdigest())
        value = self._values.get(key)
        if value is None:
            value = self._read(item, raw, settings)
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > 1 and sum(map(_size, self._values.values())) > self.limit_bytes:
                self._values.popitem(last=False)
        if isinstance(value, DemoError):
            raise value.with_traceback(None)
        return value

    def _read(self, item: Input, raw: bytes, settings: Mapping[str, Any]) -> Any:
        try:
            value = self.read(item, raw, settings)
        except (BadInput, TooSlow) as error:
            return error
        if hasattr(value, "setflags"):
            value.setflags(write=False)  # models share it
        return value

    def forget(self, digests: Collection[str] = ()) -> None:
        """Forget the files of these SHA-256 digests, or everything that visitors gave."""
        with self._lock:
            for key in [key for key in self._values if not digests or key[1] in digests]:
                del self._values[key]


def _size(value: Any) -> int:
    """Bytes; a refusal counts as much as a small picture, so that there are never very many."""
    return 100_000 if isinstance(value, DemoError) else value.nbytes


class Decoder:
    """The process, and the one place where it is asked; one file at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._asking: Connection | None = None
        self._answers: socket.socket | None = None
        self._for: threading.Thread | None = None
        self._stopped = False
        self.confined: str | None = None  # what closes its network; None until it says so
        self._start()

    def __call__(self, item: Input, raw: Any, settings: Mapping[str, Any]) -> Any:
        """What the input makes of it. Raises a DemoError: the input's own, or that the process broke or took too long."""
        with self._lock:
            self._for, self._stopped = threading.current_thread(), False
            try:
                return self._ask(item, raw, settings)
            finally:
                self._for = None

    def stop(self, thread: threading.Thread) -> None:
        """End what is read for this thread, if anything is."""
        if self._for is thread and self._child is not None:
            self._stopped = True
            self._child.kill()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._asking.close()
            self._answers.close()
            self._child = None

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * 2**20)  # fewer turns from one process to the other
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LIVE_EXTRA_DEMOS", "LIVE_CACHE") if name in os.environ}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "demos.decoder", str(theirs.fileno())], pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,  # decoders' words quote the file
            env={**kept, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})
        theirs.close()
        self._asking, self._answers, self.confined = Connection(os.dup(ours.fileno())), ours, None

    def _ask(self, item: Input, raw: Any, settings: Mapping[str, Any]) -> Any:
        if self._child is None or self._child.poll() is not None:
            self._again()
        try:
            if self.confined is None:
                self.confined = self._answer(START_S)
                log.info("decoder %d ready; its network is closed by %s", self._child.pid, self.confined or "nothing but lists")
            self._asking.send((item, raw, dict(settings)))
            answer = self._answer(item.seconds, item.gives)
        except TimeoutError:
            self._again()
            raise TooSlow(SLOW) from None
        except (EOFError, OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("the decoder was lost over a %s: %s, code %s", item.kind, type(error).__name__, self._child.poll())
            self._again()
            raise (STOPPED if self._stopped else BadInput(DIED)) from None
        if "value" in answer:
            return answer["value"]
        said = str(answer["said"])[:WORDS]
        if answer["error"] == Broken.__name__:
            log.error("reading a %s broke: %s", item.kind, said)
            raise Broken(DEFECT)
        raise getattr(errors, str(answer["error"]), BadInput)(said)

    def _answer(self, seconds: float, made_of: tuple[str, ...] = ()) -> Any:
        """The next answer. Raises TimeoutError when it does not begin within the time."""
        end = time.monotonic() + seconds
        while not select.select([self._answers], [], [], 0.5)[0]:
            if time.monotonic() > end:
                raise TimeoutError
        self._answers.settimeout(START_S)  # and once it has begun, it comes at once
        return carried.receive(self._answers, made_of)

    def _again(self) -> None:
        self.close()
        self._start()
