"""How long jobs took on this machine, so that a visitor can be told how long the next one will take.

Only names, sizes and seconds are kept, in a small file in the cache folder; nothing of what was given.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import threading
import time
from contextlib import suppress
from pathlib import Path

from demos.jobs import Request

KEPT = 40  # the last few: the machine may have become faster or slower since
NEAREST = 5  # of these, the ones whose input was nearest in size
SAVED_EVERY_S = 10.0  # writing after each job took longer than many a job

Row = tuple[float, float, int]  # units of work, seconds, bytes and characters that were given


class History:
    """Seconds by kind of job; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._saved = time.monotonic() - SAVED_EVERY_S
        try:
            rows = json.loads(path.read_text())
            self._rows = {key: [(float(u), float(s), int(b)) for u, s, b in of] for key, of in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self._rows: dict[str, list[Row]] = {}  # no file yet, or not ours: begin anew

    @staticmethod
    def _key(request: Request) -> str:
        change = (request.change,) if request.want in ("part", "sweep") else ()
        return "/".join((request.demo, request.method, request.want, *change))

    @staticmethod
    def _load_key(request: Request) -> str:
        return f"{request.demo}/{request.method}/cold"

    def add(self, request: Request, units: float, seconds: float, load_s: float | None = None) -> None:
        """Remember one job: its units of work (seconds of sound, or 1), its seconds with a loaded model, and
        those of loading it where that was needed."""
        with self._lock:
            self._append(self._key(request), (round(units, 2), round(seconds, 4), size(request)))
            if load_s is not None:
                self._append(self._load_key(request), (1.0, round(load_s, 4), 0))
            late = time.monotonic() - self._saved > SAVED_EVERY_S
        if late:
            self.save()

    def _append(self, key: str, row: Row) -> None:
        rows = self._rows.setdefault(key, [])
        rows.append(row)
        del rows[:-KEPT]

    def save(self) -> None:
        """Write the file now."""
        with self._lock:
            self._saved = time.monotonic()
            half = self.path.with_suffix(f".{os.getpid()}.part")
            with suppress(OSError):  # a read-only or full disk costs the memory of past jobs, nothing else
                try:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    half.write_text(json.dumps(self._rows))
                    os.replace(half, self.path)
                finally:
                    half.unlink(missing_ok=True)

    def estimate(self, request: Request, units: float | None = None) -> float | None:
        """Median seconds of such jobs, with their model loaded; None if there was none.

        Of those whose input was nearest in size to this one's; scaled to the units of work where these are known.
        """
        with self._lock:
            rows = list(self._rows.get(self._key(request), ()))
        if not rows:
            return None
        own = math.log(max(1, size(request)))
        # the newest first where several are as near
        near = sorted(reversed(rows), key=lambda row: round(abs(math.log(max(1, row[2])) - own), 1))[:NEAREST]
        if units is None:
            return statistics.median(seconds for _, seconds, _ in near)
        return units * statistics.median(seconds / max(u, 1e-6) for u, seconds, _ in near)

    def estimate_load(self, request: Request) -> float | None:
        """Median seconds that it took to load this request's model; None if that was never seen."""
        with self._lock:
            rows = self._rows.get(self._load_key(request))
            return statistics.median(seconds for _, seconds, _ in rows) if rows else None


def size(request: Request) -> int:
    """Bytes of the files and characters of the texts that a request gives."""
    return sum(len(value) for value in request.inputs.values() if isinstance(value, (bytes, str)))
