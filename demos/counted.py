"""Counts what leaves this process: connections to other machines, and files opened to be written.

Python tells of each as it happens (an audit hook, PEP 578), whoever does it; libraries in C that go round Python are not seen.
What the program does for itself (a model loaded or fetched, its own timings in its cache) is not what is done with an input,
and is left out.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demos.settings import settings

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True)
class Count:
    """Connections to other machines (a name that was looked up counts too), and files opened to be written."""

    requests: int = 0
    files: int = 0

    def since(self, before: Count) -> Count:
        """What came after an earlier count."""
        return Count(self.requests - before.requests, self.files - before.files)


_now = Count()
_begun = False
_lock = threading.Lock()
_own = threading.local()


def begin() -> None:
    """Count from now on in this process; a second call changes nothing. Until then `so_far` stands still."""
    global _begun
    if not _begun:
        _begun = True
        places = (str(settings().cache), os.devnull, "/proc/", "/dev/", *{sysconfig.get_path(name) for name in ("purelib", "platlib")})
        sys.addaudithook(lambda event, about: _hear(event, about, places))


def so_far() -> Count:
    """The count up to now."""
    return _now


@contextmanager
def aside() -> Iterator[None]:
    """What this thread does meanwhile is the program's own."""
    _own.depth = getattr(_own, "depth", 0) + 1
    try:
        yield
    finally:
        _own.depth -= 1


def _hear(event: str, about: tuple[Any, ...], places: tuple[str, ...]) -> None:
    """One thing that Python tells; nearly all are of no interest, so the quick tests come first."""
    if event == "open":
        if isinstance(about[2], int) and about[2] & WRITING and _elsewhere(about[0], places):
            _add(files=1)
    elif event in ("socket.connect", "socket.sendto"):
        if isinstance(about[1], tuple) and _is_far(about[1][0]):
            _add(requests=1)
    elif event == "socket.getaddrinfo" and _is_far(about[0]):
        _add(requests=1)


def _add(requests: int = 0, files: int = 0) -> None:
    global _now
    if not getattr(_own, "depth", 0):
        with _lock:
            _now = Count(_now.requests + requests, _now.files + files)


def _elsewhere(path: Any, places: tuple[str, ...]) -> bool:
    """Whether a file is none of the program's own: its cache, its packages and their compiled code, no device."""
    if isinstance(path, int):
        return False  # something that is open already
    name = os.path.abspath(os.fsdecode(path))
    return not (name.startswith(places) or Path(name).parent.name == "__pycache__")


def _is_far(host: Any) -> bool:
    """Whether a host is another machine."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "localhost")
    try:
        return not ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return name != "localhost"
