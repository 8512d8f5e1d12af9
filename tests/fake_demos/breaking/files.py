"""Reads a file by doing what its first word says, and a model that tells what was read and how often it was loaded."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from demos.errors import BadInput
from demos.inputs import Input
from demos.results import Text

loads = 0


def tried(what: Callable[[], Any]) -> bool:
    """Whether it could be done."""
    with suppress(OSError, RuntimeError):
        what()
        return True
    return False


def thread() -> None:
    """Starts one and waits for it."""
    one = threading.Thread(target=time.sleep, args=(0,))
    one.start()
    one.join()


POWERS = {  # what a decoder that was taken over would like to do
    "connect": lambda: socket.create_connection(("127.0.0.1", 1), timeout=1), "socket": socket.socket,
    "unix": lambda: socket.socket(socket.AF_UNIX), "pair": socket.socketpair,
    "write": lambda: open("/tmp/written-by-a-decoder", "wb"), "remove": lambda: os.remove("/tmp/not-there"),
    "append": lambda: open(__file__, "ab"), "rename": lambda: os.rename(__file__, __file__ + "x"),
    "fork": os.fork, "program": lambda: subprocess.run(["true"]), "signal": lambda: os.kill(os.getppid(), 0),
    "many_files": lambda: [open(os.devnull) for _ in range(100)], "folder": lambda: os.mkdir("/tmp/made-by-a-decoder")}
ALLOWED = {"read": lambda: open(__file__).read(), "thread": thread, "itself": lambda: os.kill(os.getpid(), 0)}


@dataclass(frozen=True)
class BadFile(Input):
    """Anything; what comes out is what could be done, or nothing ever."""

    name: str = "file"
    label: str = "A file"
    kind: ClassVar[str] = "bad"
    is_file: ClassVar[bool] = True
    seconds: ClassVar[float] = 3.0

    def read(self, raw: Any) -> np.ndarray:
        way = bytes(raw).decode().split()[0]
        if way == "crash":
            ctypes.string_at(0)
        elif way == "abort":
            os.abort()
        elif way == "exit":
            os._exit(0)
        elif way == "hang":
            while True:
                pass
        elif way == "sleep":
            time.sleep(3600)
        elif way == "eat":
            return np.ones(2**34, np.uint8)
        elif way == "eat_slowly":
            kept = []
            while True:
                kept.append(np.empty(100 * 2**20, np.uint8))  # address space, untouched: a busy machine takes long to fill it
        elif way == "eat_in_c":  # a library that does not look at what it was given
            ctypes.memset(ctypes.CDLL(None).malloc(2**34), 1, 100)
        elif way == "huge":
            return np.zeros(2**28, np.uint8)
        elif way == "refuse":
            raise BadInput("This is refused.")
        elif way == "defect":
            raise ValueError("a defect with the visitor's words in it: my-secret-words")
        elif way in ("powers", "allowed"):
            return np.array([tried(what) for what in (POWERS if way == "powers" else ALLOWED).values()], np.uint8)
        return np.frombuffer(bytes(raw), np.uint8)

    def preview(self, value: Any) -> tuple[bytes, tuple[float, ...]]:
        return bytes(value), (float(len(value)),)


class Telling:
    """Says what was read, and which load of which process this is."""

    def __init__(self) -> None:
        global loads
        loads += 1
        self.number = loads

    def predict(self, file: np.ndarray) -> Text:
        """The bytes, the worker and the load."""
        return Text(f"{file.tolist()} {os.getpid()} {self.number}")


def load(weights: Any, device: str) -> Telling:
    """No weights are needed."""
    return Telling()
