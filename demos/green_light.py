"""The check of the show beside the server: one at a time, in the queue like every visitor, to be watched and stopped."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime
from typing import Any

from demos.check import ELSEWHERE, Planned, Row, plan
from demos.errors import STOPPED, Busy, Stopped
from demos.jobs import Job

log = logging.getLogger("demos.green_light")
AGAIN_S = 1.0  # a full queue is asked again after so long
RUNNING = "A check is running already. Please wait for its end: its rows are shown here too."


class _Patient:
    """An engine for the check: one job after another, waiting when the queue is full, until Stop is pressed."""

    def __init__(self, engine: Any) -> None:
        self._engine, self._job = engine, None
        self.stopped = threading.Event()
        self.status = engine.status

    def submit(self, *asked: Any, **how: Any) -> Job:
        """As the engine's own, once the job has ended. Raises Stopped after `stop`."""
        while not self.stopped.is_set():
            try:
                self._job = job = self._engine.submit(*asked, **how)
                if self.stopped.is_set():
                    job.cancel()
                job.wait()
                if not isinstance(job.error, Busy):
                    return job
            except Busy:
                pass
            self.stopped.wait(AGAIN_S)
        raise STOPPED

    def stop(self) -> None:
        """End the job under way, and let none follow."""
        self.stopped.set()
        if self._job is not None:
            self._job.cancel()


class GreenLight:
    """One check: its rows so far, how many there will be, what it is at, and when it ended.

    `rows` only grows while it runs, so that a page may read it at any time.
    """

    def __init__(self, engine: Any) -> None:
        self._engine = _Patient(engine)
        self._plan: list[Planned] = plan(self._engine)
        self.rows: list[Row] = []
        self.planned = len(self._plan)
        self.now = self._plan[0].title if self._plan else ""
        self.running, self.was_stopped = True, False
        self.ended: datetime | None = None
        self._began, self._took = time.monotonic(), 0.0
        threading.Thread(target=self._go, name="green-light", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._began if self.running else self._took

    def stop(self) -> None:
        """End it within a moment; the rows that came stay."""
        self._engine.stop()

    def _go(self) -> None:
        try:
            for planned in self._plan:
                self.now = planned.title
                if self._engine.stopped.is_set():
                    raise STOPPED
                self.rows.append(planned.run())
        except Stopped:
            self.was_stopped = True
        except Exception as error:  # a defect of the check itself: said, and no visitor's concern
            log.exception("the check broke")
            self.rows.append(Row("machine", "machine", "check", self.now, "wrong",
                                 f"the check itself broke ({type(error).__name__})", ELSEWHERE))
        finally:
            self._took = self.seconds
            self.ended, self.running = datetime.now(), False


_last: GreenLight | None = None
_lock = threading.Lock()


def last_check() -> GreenLight | None:
    """The check that runs or the last that ran since the program began; None when there was none."""
    return _last


def start_check(engine: Any) -> GreenLight:
    """Begin one. Raises Busy while another runs."""
    global _last
    with _lock:
        if _last is not None and _last.running:
            raise Busy(RUNNING)
        _last = GreenLight(engine)
        return _last
