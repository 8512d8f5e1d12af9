"""The engine under crash, hang, Stop, a full queue, too little memory, and when all is well."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from conftest import ROOT, gone, run_apart
from demos.errors import Busy, DemoError, Stopped, TooSlow, WeightsMissing, WorkerLost
from demos.results import Text


@pytest.fixture
def engine(fake_demos: None) -> Iterator["LocalEngine"]:  # noqa: F821
    from demos.engine import LocalEngine

    engine = LocalEngine()
    yield engine
    engine.close()


def ask(engine, text: str, method: str = "one", **options):
    return engine.submit("misbehaving", method, {"text": text}, **options)


def answer_of(job, timeout: float = 20.0) -> str:
    return job.result(timeout).result.text


def test_an_answer_comes_back_with_its_seconds_and_device(engine) -> None:
    answer = ask(engine, "echo good morning").result(20)
    assert answer.result == Text("good morning")
    assert 0 <= answer.seconds < 1 and answer.device == "cpu"


def test_progress_and_partial_results_are_seen_while_it_runs(engine) -> None:
    job = ask(engine, "slow 10")
    seen = []
    while not job.wait(0.05):
        seen.append((job.fraction, job.partial.result.text if job.partial else ""))
    fractions = [fraction for fraction, _ in seen]
    assert fractions == sorted(fractions) and len(set(fractions)) >= 5
    assert {"2", "5"} <= {text for _, text in seen}
    assert answer_of(job) == "10" and job.fraction == 1.0


def test_a_crash_ends_one_job_with_a_sentence_and_the_next_is_answered_within_10_s(engine) -> None:
    assert answer_of(ask(engine, "echo before")) == "before"
    crashing, waiting = ask(engine, "crash"), ask(engine, "echo after")
    with pytest.raises(WorkerLost, match="try once more"):
        crashing.result(10)
    began = time.monotonic()
    assert answer_of(waiting) == "after"
    assert time.monotonic() - began < 10


def test_a_worker_killed_from_outside_in_the_middle_of_a_job(engine) -> None:
    job = ask(engine, "slow 100")
    while job.partial is None:
        assert not job.wait(0.02)
    os.kill(engine.status()["pid"], 9)
    with pytest.raises(WorkerLost):
        job.result(5)
    assert answer_of(ask(engine, "echo again"), 10) == "again"


def test_a_worker_killed_while_idle_is_back(engine) -> None:
    assert answer_of(ask(engine, "echo one")) == "one"
    old = engine.status()["pid"]
    os.kill(old, 9)
    time.sleep(0.5)
    assert answer_of(ask(engine, "echo two"), 10) == "two"
    assert engine.status()["pid"] not in (0, old)


def test_a_hang_ends_at_the_time_limit_of_the_demo(engine) -> None:
    assert answer_of(ask(engine, "echo warm")) == "warm"
    job = ask(engine, "hang")
    began = time.monotonic()
    with pytest.raises(TooSlow, match="2 seconds"):
        job.result(10)
    assert 1.5 < time.monotonic() - began < 4
    assert answer_of(ask(engine, "echo next"), 10) == "next"


@pytest.mark.parametrize("way", ["slow 600", "hang", "stubborn"])
def test_stop_frees_the_worker_within_a_second(engine, way: str) -> None:
    assert answer_of(ask(engine, "echo warm")) == "warm"
    job = ask(engine, way)
    while job.partial is None:
        assert not job.wait(0.02)
    following = ask(engine, "echo free")
    began = time.monotonic()
    job.cancel()
    with pytest.raises(Stopped):
        job.result(1)
    while following.state == "waiting" or not engine.status()["alive"]:
        assert time.monotonic() - began < 1.0, "the worker was not free within a second"
        time.sleep(0.01)
    assert answer_of(following, 10) == "free"


def test_a_stopped_job_keeps_the_loaded_models(engine) -> None:
    assert answer_of(ask(engine, "echo warm")) == "warm"
    pid = engine.status()["pid"]
    job = ask(engine, "slow 600")
    time.sleep(0.5)
    job.cancel()
    assert answer_of(ask(engine, "echo on"), 5) == "on"
    assert engine.status()["pid"] == pid


def test_a_waiting_job_can_be_stopped_and_places_are_counted(engine) -> None:
    running, first, second = ask(engine, "slow 30"), ask(engine, "echo 1"), ask(engine, "echo 2")
    assert (running.place, first.place, second.place) == (0, 1, 2)
    first.cancel()
    assert second.place == 1
    with pytest.raises(Stopped):
        first.result(0)
    running.cancel()
    assert answer_of(second) == "2"


def running(job) -> None:
    while job.state != "running":
        assert not job.wait(0.01)


def test_the_worker_begins_the_next_job_without_being_told(engine) -> None:
    assert answer_of(ask(engine, "echo up")) == "up"
    first, second = ask(engine, "slow 4"), ask(engine, "slow 12")
    running(first)
    with engine._lock:  # the server is busy and hears nothing
        time.sleep(2.0)
    assert first.wait(0.2) and second.wait(0.2) and answer_of(second) == "12"


def test_jobs_that_the_worker_knows_ahead_can_be_stopped(engine) -> None:
    assert answer_of(ask(engine, "echo up")) == "up"
    first, *others, last = (ask(engine, way) for way in ("slow 10", *(f"slow {n}" for n in range(600, 604)), "echo last"))
    running(first)
    for job in others:
        job.cancel()
        assert isinstance(job.error, Stopped)
    assert answer_of(first) == "10" and answer_of(last, 2) == "last"


def test_a_job_that_has_begun_before_the_server_knows_can_be_stopped(engine) -> None:
    assert answer_of(ask(engine, "echo up")) == "up"
    pid = engine.status()["pid"]
    first, second, third = ask(engine, "slow 4"), ask(engine, "slow 600"), ask(engine, "echo third")
    running(first)
    with engine._lock:
        time.sleep(1.0)  # the second has begun, and the first still counts as running
        assert second.state == "waiting"
        second.cancel()
    assert answer_of(first, 1) == "4" and answer_of(third, 2) == "third"
    assert engine.status()["pid"] == pid


def test_a_full_queue_says_so(engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from demos.settings import settings

    monkeypatch.setenv("LIVE_QUEUE", "32")
    monkeypatch.setenv("LIVE_QUEUE_S", "1000000")
    settings.cache_clear()
    running = ask(engine, "slow 600")
    for _ in range(settings().queue):  # loads for later take no visitor's place
        engine.submit("misbehaving", "two", want="load")
    waiting = [ask(engine, f"echo {n}") for n in range(settings().queue)]
    with pytest.raises(Busy, match=r"32 jobs are waiting already, .* Please try again in about \d+ seconds"):
        ask(engine, "echo one too many")
    running.cancel()
    assert [answer_of(job) for job in waiting] == [str(n) for n in range(settings().queue)]


def test_loading_for_later_waits_for_visitors(engine) -> None:
    running = ask(engine, "slow 20")
    later = engine.submit("misbehaving", "two", want="load")
    visitor = ask(engine, "echo me first")
    running.cancel()
    assert answer_of(visitor) == "me first"
    assert later.result(20) is None


def test_the_estimate_comes_from_this_machines_history(engine) -> None:
    assert ask(engine, "echo warm").result(20)
    assert answer_of(ask(engine, "slow 10")) == "10"
    again = ask(engine, "slow 11")
    behind = ask(engine, "slow 12")
    assert again.estimate_s is not None and behind.estimate_s >= again.estimate_s
    from demos.history import History

    engine.history.save()
    assert History(engine.history.path).estimate(again.request) is not None, "it is kept for the next start"


def test_running_out_of_memory_is_said(engine) -> None:
    with pytest.raises(DemoError, match="ran out of memory"):
        ask(engine, "oom").result(20)
    assert answer_of(ask(engine, "echo on")) == "on"


def test_a_full_graphics_card_falls_back_to_the_processor_and_says_so(fake_demos: None) -> None:
    from demos.engine import InlineEngine

    engine = InlineEngine(device="pretended")
    answer = engine.submit("misbehaving", "two", {"text": "card_oom fine"}).result()
    assert answer.result == Text("fine") and answer.device == "cpu"
    assert any("processor" in note for note in answer.notes)


def test_a_defect_is_logged_by_kind_and_place_but_never_with_what_was_given(fake_demos: None) -> None:
    code = ("from demos.engine import LocalEngine\ne = LocalEngine()\n"
            "job = e.submit('misbehaving', 'one', {'text': 'defect my-secret-words'})\n"
            "job.wait(20)\nprint(type(job.error).__name__, job.error)\ne.close()")
    run = run_apart(code)
    assert run.stdout.startswith("Broken Something went wrong on our side")
    assert "ValueError" in run.stderr and "ways.py" in run.stderr
    assert "my-secret-words" not in run.stderr + run.stdout


def test_a_method_that_cannot_be_loaded_says_so(engine) -> None:
    with pytest.raises(WeightsMissing, match="install the requirements"):
        ask(engine, "echo", method="broken").result(20)


def test_models_leave_when_the_budget_is_full(fake_demos: None) -> None:
    # in a process of its own: what other tests let go of would be counted as room
    code = ("from demos import get_demo\nfrom demos.loaded import LoadedModels\ndemo = get_demo('misbehaving')\n"
            "models = LoadedModels(budget_mb=150, device='cpu')\n"
            "models.get(demo, demo.method('one'))\nmodels.get(demo, demo.method('two'))\nprint(models.loaded())")
    run = run_apart(code)
    (loaded,) = ast.literal_eval(run.stdout).items()
    assert loaded[0] == "misbehaving/two" and 80 < loaded[1] < 150


def test_no_worker_is_left_when_its_server_is_killed(tmp_path) -> None:
    code = ("import time\nfrom demos.engine import LocalEngine\ne = LocalEngine()\n"
            "print(e.status()['pid'], flush=True)\ntime.sleep(60)")
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    worker = int(server.stdout.readline())
    time.sleep(1.0)
    server.kill()
    server.wait()
    assert gone(worker, 10.0), "the worker outlived its server"


def test_forgetting_empties_the_memory_of_decoded_files() -> None:
    from demos import get_demo
    from demos.jobs import Request
    from demos.loaded import LoadedModels
    from demos.samples import sample_inputs
    from demos.work import Worker

    worker, demo = Worker(LoadedModels(100)), get_demo("image_recognition")
    given = sample_inputs(demo, demo.samples[0])
    assert [look.kind for _, look in worker.work(Request(demo.name, "hog_svm", given, "look"))] == ["picture"]
    assert len(worker.decoded) == 1
    for digests, left in ((["another's"], 1), ([hashlib.sha256(given["image"]).hexdigest()], 0)):
        assert list(worker.work(Request(demo.name, "hog_svm", {"digests": digests}, "forget"))) == [(1.0, None)]
        assert len(worker.decoded) == left
    assert not worker.models.loaded()


def test_forgetting_waits_for_nobody(engine) -> None:
    running = ask(engine, "slow 600")
    while running.partial is None:
        assert not running.wait(0.02)
    assert engine.submit("misbehaving", "one", {"digests": ["x"]}, "forget").result(20) is None
    assert not running.done
    running.cancel()


def test_places_are_counted_right_whoever_comes_and_goes(tmp_path) -> None:
    import random

    from demos.history import History
    from demos.jobs import Request
    from demos.waiting import Flight, Waiting

    chance, waiting, left = random.Random(3), Waiting(History(tmp_path / "history")), []
    for number in range(1, 400):
        what = chance.random()
        if what < 0.5:
            waiting.flights.append(Flight(number, Request("a", "b", {}, chance.choice(["answer", "load"])), None))
        elif what < 0.75:
            left += filter(None, [waiting.take()])
        elif waiting.flights:
            left.append(waiting.flights.pop(chance.randrange(len(waiting.flights))))
        for n, flight in enumerate(waiting.flights):
            assert waiting.place(flight, None) == sum(not other.later for other in waiting.flights[:n])
        assert all(waiting.place(flight, None) == 0 for flight in left)
