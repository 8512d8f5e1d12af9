"""A model that does what it is told, for the tests of the engine."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from demos.results import Text


class OutOfMemoryError(RuntimeError):
    """Named as torch's, so that no torch is needed."""


class Obedient:
    """`ballast` makes a loaded model about 100 MB heavy, so that the budget can be seen at work."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.ballast = np.ones(100 * 2**20, dtype=np.uint8)

    def stream(self, text: str) -> Iterator[tuple[float, Text]]:
        """Do what the first word says."""
        way, _, rest = text.partition(" ")
        yield 0.1, Text("begun")
        if way == "slow":  # many short breaths
            for n in range(int(rest)):
                time.sleep(0.1)
                yield 0.1 + 0.8 * n / int(rest), Text(str(n))
        elif way == "hang":  # one long breath
            time.sleep(3600)
        elif way == "stubborn":  # a long call that keeps the interpreter's lock, as some C code does
            sum(range(3_000_000_000))
            previous, _ = sys.getswitchinterval(), sys.setswitchinterval(3600)
            sum(range(3_000_000_000))
            sys.setswitchinterval(previous)
        elif way == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
            time.sleep(10)
        elif way == "oom":
            raise MemoryError
        elif way == "eat":  # as many megabytes
            np.ones(int(rest) * 2**20, dtype=np.uint8)
        elif way == "open":  # some files at once
            for file in [open(os.devnull) for _ in range(40)]:
                file.close()
        elif way == "card_oom" and self.device != "cpu":
            raise OutOfMemoryError("CUDA out of memory")
        elif way == "leak":  # what no model of ours does
            open(rest, "w").close()
            with suppress(OSError), socket.socket() as one:
                one.settimeout(0.01)
                one.connect(("203.0.113.1", 9))  # an address that is nobody's (RFC 5737)
        elif way == "defect":
            raise ValueError(f"a defect with the visitor's words in it: {rest}")
        yield 1.0, Text(rest or way)

    def predict(self, text: str) -> Text:
        """The last answer of the stream."""
        *_, (_, last) = self.stream(text)
        return last


def load(weights: Any, device: str) -> Obedient:
    """No weights are needed."""
    return Obedient(device)
