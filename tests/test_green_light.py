"""The check beside the server: one at a time, patient in the queue, stopped at once, and its page."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app_pages import html, open_page
from demos import green_light
from demos.check import Planned, Row
from demos.engine import InlineEngine
from demos.errors import STOPPED, Busy, Stopped
from demos.green_light import GreenLight, last_check, start_check
from demos.jobs import Job, Request
from grades import grade
from pages.ui import green_light_words as said


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(green_light, "_last", None)


class Queue:
    """An engine whose jobs wait until they are let go; the first `full` calls find the queue full."""

    def __init__(self, full: int = 0) -> None:
        self.full, self.jobs = full, []

    def submit(self, demo: str, method: str, inputs: Any = None, want: Any = "answer", fresh: bool = False) -> Job:
        if self.full:
            self.full -= 1
            raise Busy("full")
        job = Job(len(self.jobs), Request(demo, method), lambda _: 0, lambda _: None, lambda one: one.finish(error=STOPPED))
        self.jobs.append(job)
        return job

    def status(self) -> dict[str, Any]:
        return {"device": "cpu", "loaded": {}}


def planned(monkeypatch: pytest.MonkeyPatch, *states: str, hold: bool = True) -> Queue:
    """A plan of one job for each state in place of the real one."""
    def step(engine: Any, number: int, state: Any) -> Row:
        if hold:
            engine.submit("spam", "bayes", {}).result(10)
        red = state == "wrong"
        return Row("talk", "mine", str(number), f"Step {number}", state, "it said no" if red else "answered", "Try a second time." if red else "",
                   1.5, 20.0)

    def plan(engine: Any) -> list[Planned]:
        return [Planned(f"step {number}", lambda number=number, state=state: step(engine, number, state))
                for number, state in enumerate(states, start=1)]

    monkeypatch.setattr(green_light, "plan", plan)
    return Queue()


def until(holds: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def test_it_asks_one_after_another_and_only_one_check_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = planned(monkeypatch, "fine", "wrong", "slow")
    check = start_check(queue)
    assert last_check() is check
    for number in range(3):
        until(lambda: len(queue.jobs) == number + 1)
        assert check.running and len(check.rows) == number and check.now == f"step {number + 1}"
        with pytest.raises(Busy, match="running already"):
            start_check(queue)
        time.sleep(0.05)
        assert len(queue.jobs) == number + 1, "visitors have no room between its jobs"
        queue.jobs[-1].finish()
    until(lambda: not check.running)
    assert [row.state for row in check.rows] == ["fine", "wrong", "slow"] and check.ended and not check.was_stopped
    again = start_check(queue)
    assert again is not check
    again.stop()


def test_stop_ends_the_job_under_way_and_lets_none_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = planned(monkeypatch, "fine", "fine")
    check = start_check(queue)
    until(lambda: queue.jobs)
    began = time.monotonic()
    check.stop()
    until(lambda: not check.running)
    assert time.monotonic() - began < 2 and check.was_stopped and not check.rows and len(queue.jobs) == 1
    assert isinstance(queue.jobs[0].error, Stopped)


def test_a_full_queue_is_waited_for_and_stop_is_heard_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(green_light, "AGAIN_S", 0.05)
    queue = planned(monkeypatch, "fine")
    queue.full = 3
    check = start_check(queue)
    until(lambda: queue.jobs)
    queue.jobs[0].finish()
    until(lambda: not check.running)
    assert [row.state for row in check.rows] == ["fine"]
    queue.full = 10**9
    check = start_check(queue)
    check.stop()
    until(lambda: not check.running)
    assert check.was_stopped


def test_a_defect_of_the_check_is_a_red_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Row:
        raise RuntimeError("/a/path")

    monkeypatch.setattr(green_light, "plan", lambda engine: [Planned("step 1", broken)])
    check = start_check(Queue())
    until(lambda: not check.running)
    assert check.rows[0].state == "wrong" and "RuntimeError" in check.rows[0].says and "/a/path" not in check.rows[0].says


@pytest.mark.usefixtures("fake_demos")
def test_it_runs_through_an_engine_of_visitors(engine: InlineEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from demos import check as checking
    from demos import get_demo, stage

    monkeypatch.setattr(stage, "FOLDER", tmp_path)
    monkeypatch.setattr(checking, "list_demos", lambda: [get_demo("shouting")])
    check = start_check(engine)
    until(lambda: not check.running)
    assert [(row.part, row.state) for row in check.rows] == [("rule", "fine"), ("voice", "fine"), ("named", "fine"),
                                                            ("far", "left out"), ("device", "fine"), ("memory", "fine"), ("disk", "fine")]
    assert len(check.rows) == check.planned


# --- the page -------------------------------------------------------------------------------------

@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    queue = planned(monkeypatch, "wrong", "slow", "fine")
    monkeypatch.setattr("pages.ui.green_light.get_engine", lambda: queue)
    yield queue
    if last_check():
        last_check().stop()


def test_a_press_starts_it_rows_fill_and_the_total_stands_at_the_top(held: Queue) -> None:
    at = open_page("green_light")
    assert said.NEVER_RAN in html(at)
    at.button(key="green_start").click().run()
    until(lambda: held.jobs)
    held.jobs[0].finish()
    until(lambda: len(held.jobs) == 2)
    at.run()
    drawn = html(at)
    assert "1 of 3 done" in drawn and "Now: step 2" in drawn and 'aria-valuenow="1"' in drawn
    assert said.STATES["wrong"] in drawn and "What to do: Try a second time." in drawn and said.RED in [one.value for one in at.subheader]
    for _ in range(2):
        held.jobs[-1].finish()
        until(lambda: held.jobs[-1].done)
        time.sleep(0.1)
    until(lambda: not last_check().running)
    at.run()
    drawn = html(at)
    assert "1 row is red. " in drawn and "the 3 steps of “mine” took 4.5 s" in drawn and said.STATES["slow"] in drawn
    assert at.button(key="green_start").label == said.AGAIN and not at.exception


def test_stop_is_for_who_began_and_others_watch(held: Queue) -> None:
    mine, other = open_page("green_light"), open_page("green_light")
    mine.button(key="green_start").click().run()
    until(lambda: held.jobs)
    other.run()
    assert said.ANOTHER in html(other) and not [one for one in other.button if one.key in ("green_stop", "green_start")]
    mine.run()
    mine.button(key="green_stop").click().run()
    until(lambda: not last_check().running)
    mine.run()
    assert "Stopped at" in html(mine) and mine.button(key="green_start").label == said.AGAIN


def test_two_who_press_at_once_get_one_check(held: Queue) -> None:
    first, second = open_page("green_light"), open_page("green_light")
    first.button(key="green_start").click().run()
    until(lambda: held.jobs)
    running = last_check()
    second.button(key="green_start").click().run()
    assert last_check() is running and not second.exception and said.ANOTHER in html(second)


def test_the_page_is_plain_and_the_page_for_speakers_leads_to_it() -> None:
    own = [said.LEDE, said.MODELS_SAID, said.BROWSER_SAID, said.WALK_SAID, *said.IN_BROWSER.values()]
    assert grade(" ".join(one.rstrip(".") + "." for one in own)) < 8
    assert any(said.FROM_STAGE in str(one.proto) for one in open_page("stage").get("page_link"))


def test_a_thread_is_not_left_behind() -> None:
    until(lambda: not [one for one in threading.enumerate() if one.name == "green-light"])
