"""The worker's own line of tasks: the engine must hear of one job's end before it hears of the next one."""

from __future__ import annotations

import random
import time
from types import SimpleNamespace
from typing import Any

from demos.jobs import Request
from demos.worker import Task


def test_a_stopped_task_lets_the_next_one_begin_only_when_its_end_was_told() -> None:
    worker, sent, left = SimpleNamespace(work=lambda *_: iter([(1.0, "answer")])), [], []
    stopped, whole = (Task(number, Request("any", "one"), worker, sent.append, left.append) for number in (1, 2))  # type: Any
    stopped.stop_now()
    stopped.run()
    assert (sent, left) == ([], [])
    whole.run()
    assert (sent, left) == ([("done", 2, "answer")], [whole])


def test_none_is_lost_among_jobs_that_are_stopped_at_any_moment(fake_demos: None) -> None:
    """One that is stopped while it ends must not let the next one's answer come before its own end."""
    from demos.engine import LocalEngine

    engine, chance, end = LocalEngine(), random.Random(3), time.monotonic() + 4
    try:
        engine.submit("misbehaving", "one", {"text": "echo up"}).result(60)
        while time.monotonic() < end:
            first, second = (engine.submit("misbehaving", "one", {"text": f"echo {way} {end}"}, fresh=True) for way in "ab")
            time.sleep(0.004 * chance.random())
            first.cancel()
            assert second.wait(5), "its answer was lost"
    finally:
        engine.close()
