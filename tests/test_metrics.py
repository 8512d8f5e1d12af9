"""What is counted for Prometheus: it rises with the jobs, holds nothing of a visitor, costs nothing, and is on the board."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from conftest import ROOT
from demos.engine import InlineEngine, LocalEngine, set_engine
from demos.jobs import Job, Request
from demos.metrics import ended, refused

CANARY = "canary-of-a-visitor-7f3e"


@pytest.fixture
def engine(fake_demos: None) -> Iterator[LocalEngine]:
    one = LocalEngine()
    set_engine(one)
    yield one
    set_engine(None)


def read() -> dict[tuple[str, ...], float]:
    """Every row of the route by its name and labels."""
    import app

    answer = asyncio.run(app.counts(None))  # type: ignore[arg-type]
    assert answer.status_code == 200 and answer.media_type.startswith("text/plain")
    families = text_string_to_metric_families(answer.body.decode())
    return {(row.name, *(row.labels[name] for name in sorted(row.labels))): row.value
            for family in families for row in family.samples}


def risen(before: dict[tuple[str, ...], float], *row: str) -> float:
    return read().get(row, 0.0) - before.get(row, 0.0)


def test_counts_and_seconds_rise_with_a_job_by_method_and_end(engine: LocalEngine) -> None:
    before = read()
    engine.submit("misbehaving", "one", {"text": f"slow 3 {CANARY}"}).wait(20)
    engine.submit("misbehaving", "one", {"text": f"echo {CANARY}"}).result(20)
    engine.submit("misbehaving", "one", {"text": f"defect {CANARY}"}).wait(20)
    engine.submit("misbehaving", "one", {"text": "crash"}).wait(20)
    rows = ("misbehaving", "done"), ("misbehaving", "Broken"), ("misbehaving", "WorkerLost")
    for (demo, end), count in zip(rows, (1, 2, 1)):
        assert risen(before, "live_jobs_total", demo, end, "one", "answer") == count, end
    assert risen(before, "live_job_seconds_count", "misbehaving", "one", "answer") == 1
    assert risen(before, "live_job_seconds_bucket", "misbehaving", "300.0", "one", "answer") == 1
    assert 0 < risen(before, "live_work_seconds_sum", "misbehaving", "one", "answer") <= risen(
        before, "live_job_seconds_sum", "misbehaving", "one", "answer") < 20


def test_the_queue_the_models_and_the_memory_are_those_of_now(engine: LocalEngine) -> None:
    assert engine.submit("misbehaving", "one", {"text": "echo warm"}).result(20)
    running = engine.submit("misbehaving", "one", {"text": "slow 600"})
    waiting = [engine.submit("misbehaving", "one", {"text": f"echo {n}"}) for n in range(3)]
    while running.partial is None:
        assert not running.wait(0.02)
    rows = read()
    assert (rows[("live_waiting_jobs",)], rows[("live_running_jobs",)], rows[("live_engine_up",)]) == (3, 1, 1)
    assert rows[("live_model_bytes", "misbehaving", "one")] > 80e6
    assert rows[("live_worker_resident_bytes",)] > 100e6 and rows[("process_resident_memory_bytes",)] > 50e6
    running.cancel()
    assert [job.result(20).result.text for job in waiting] == ["0", "1", "2"]
    assert read()[("live_waiting_jobs",)] == 0


def test_a_refusal_is_counted(engine: LocalEngine) -> None:
    before = read()
    refused("misbehaving", "one", "answer")
    assert risen(before, "live_jobs_total", "misbehaving", "Busy", "one", "answer") == 1


def test_nothing_that_was_given_is_in_it(engine: LocalEngine) -> None:
    import app

    for text in (f"echo {CANARY}", f"defect {CANARY}", f"oom {CANARY}"):
        engine.submit("misbehaving", "one", {"text": text}, change="", strength=0.0).wait(20)
    body = asyncio.run(app.counts(None)).body.decode()  # type: ignore[arg-type]
    assert CANARY not in body
    known = {"done", "answer", "look", "explain", "load", "sweep", "part", "forget", "fetch"}
    from demos import errors, list_demos

    known |= {name for demo in list_demos() for name in (demo.name, *(method.key for method in demo.methods))}
    known |= {name for name in vars(errors) if name[0].isupper()}
    words = {word for line in body.splitlines() if line.startswith("live_")
             for name, word in re.findall(r'(\w+)="([^"]*)"', line) if name != "le"}
    assert words <= known


def test_counting_a_job_costs_next_to_nothing() -> None:
    job = Job(1, Request("misbehaving", "one"), lambda _: 0, lambda _: 0.0, lambda _: None)
    ended(job)
    began = time.process_time()
    for _ in range(1000):
        ended(job)
    assert (time.process_time() - began) / 1000 < 0.001, "a millisecond of processor for counting one job"


def test_every_row_of_the_board_asks_for_what_is_counted(engine: LocalEngine) -> None:
    assert engine.submit("misbehaving", "one", {"text": "echo once"}).result(20)
    end = time.monotonic() + 10
    while not engine.status()["loaded"] and time.monotonic() < end:
        time.sleep(0.05)  # it is told after the answer
    board = json.loads((ROOT / "deploy" / "grafana.json").read_text())
    there = {row[0] for row in read()}
    asked: list[str] = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    assert len(asked) >= 8
    for expression in asked:
        names = set(re.findall(r"\b(?:live|process)_\w+", expression))
        assert names and names <= there | {"live_replicas"}, expression


def test_the_board_is_whole() -> None:
    board: dict[str, Any] = json.loads((ROOT / "deploy" / "grafana.json").read_text())
    numbers = [panel["id"] for panel in board["panels"]]
    assert len(set(numbers)) == len(numbers) and board["uid"] and board["title"]
    places = [panel["gridPos"] for panel in board["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    cells = [(x, y) for place in places for x in range(place["x"], place["x"] + place["w"])
             for y in range(place["y"], place["y"] + place["h"])]
    assert len(set(cells)) == len(cells), "two panels lie over each other"
    assert all(panel["title"] and panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
               for panel in board["panels"])


def test_a_job_in_this_process_is_counted_too(fake_demos: None) -> None:
    set_engine(InlineEngine())
    try:
        before = read()
        from demos.engine import get_engine

        get_engine().submit("misbehaving", "one", {"text": "echo here"})
        assert risen(before, "live_jobs_total", "misbehaving", "done", "one", "answer") == 1
    finally:
        set_engine(None)
