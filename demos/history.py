"""How long jobs took on this machine, so that a visitor can be told how long the next one will take.

Only names and seconds are kept, in a small file in the cache folder; nothing of what was given.
"""

from __future__ import annotations

import json
import os
import statistics
import threading
from pathlib import Path

from demos.jobs import Request

KEPT = 20  # the last few: the machine may have become faster or slower since


class History:
    """Seconds by kind of job; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        try:
            rows = json.loads(path.read_text())
            self._rows = {key: [(float(u), float(s)) for u, s in pairs] for key, pairs in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            self._rows = {}  # no file yet, or not ours: begin anew

    @staticmethod
    def _key(request: Request) -> str:
        part = (request.change,) if request.want == "part" else ()
        return "/".join((request.demo, request.method, request.want, *part))

    def add(self, request: Request, units: float, seconds: float) -> None:
        """Remember one job: its units of work (seconds of sound, or 1) and its seconds."""
        with self._lock:
            rows = self._rows.setdefault(self._key(request), [])
            rows.append((round(units, 2), round(seconds, 4)))
            del rows[:-KEPT]
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                half = self.path.with_suffix(f".{os.getpid()}.part")
                half.write_text(json.dumps(self._rows))
                os.replace(half, self.path)
            except OSError:
                pass  # a read-only or full disk costs the memory of past jobs, nothing else

    def estimate(self, request: Request, units: float | None = None) -> float | None:
        """Median seconds for such a job, scaled to its units where they are known; None if never done."""
        rows = self._rows.get(self._key(request))
        if not rows:
            return None
        if units is None:
            return statistics.median(seconds for _, seconds in rows)
        return units * statistics.median(seconds / max(u, 1e-6) for u, seconds in rows)
