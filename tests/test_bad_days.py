"""Bad days: a worker that dies, hangs or starves in the middle of many visitors, and a machine that gives it nothing."""

from __future__ import annotations

import ast
import asyncio
import os
import random
import resource
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from conftest import ROOT, gone
from demos import get_demo
from demos.engine import LocalEngine
from demos.errors import Broken, Busy, DemoError, Stopped, TooSlow, WeightsMissing, WorkerLost
from demos.jobs import Job
from demos.results import Text
from demos.samples import sample_inputs
from demos.settings import settings

OF_TIME = ("engine", "process", "worker", "work", "waiting", "remembered", "jobs", "history", "loaded", "decoding")


@pytest.fixture
def engine(fake_demos: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalEngine]:
    monkeypatch.setenv("LIVE_CACHE", str(tmp_path))
    monkeypatch.setenv("LIVE_DEVICE", "pretended")  # a graphics card that exists by name only
    monkeypatch.setenv("LIVE_QUEUE", "40")
    settings.cache_clear()
    engine = LocalEngine()
    yield engine
    engine.close()


def ask(engine: LocalEngine, text: str, method: str = "one") -> Job:
    return engine.submit("misbehaving", method, {"text": text})


class Ledger:
    """Every request by its number, and each end that it came to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: dict[int, tuple[str, Job]] = {}
        self.ends: list[tuple[int, str]] = []
        self.refused: list[str] = []
        self._lock = threading.Lock()
        finish = Job.finish

        def noting(job: Job, value: Any = None, error: DemoError | None = None) -> None:
            with self._lock:
                if not job.done:
                    self.ends.append((job.number, type(error).__name__ if error else "result"))
                finish(job, value, error)

        monkeypatch.setattr(Job, "finish", noting)

    def ask(self, engine: LocalEngine, text: str, method: str = "one") -> Job | None:
        try:
            job = ask(engine, text, method)
        except Busy as error:
            with self._lock:
                self.refused.append(str(error))
            return None
        with self._lock:
            self.asked[job.number] = (text, job)
        return job


MAY_END = {"echo": {"result", "WorkerLost"}, "crash": {"WorkerLost"}, "hang": {"TooSlow", "WorkerLost"},
           "oom": {"DemoError", "WorkerLost"}, "card_oom": {"result", "WorkerLost"}, "defect": {"Broken", "WorkerLost"},
           "slow": {"Stopped", "WorkerLost"}}


def test_every_accepted_job_comes_to_exactly_one_end(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four visitors' threads ask for good and bad things at once, while the worker is killed from outside as well."""
    ledger, chance = Ledger(monkeypatch), random.Random(5)
    things = ["crash", "hang"] + ["oom", "card_oom", "defect", "slow"] * 4 + ["echo"] * 60
    chance.shuffle(things)

    def visitor(mine: list[str], number: int) -> None:
        for n, way in enumerate(mine):
            job = ledger.ask(engine, f"{way} {600 if way == 'slow' else f'{number}-{n}'}", "two" if way == "card_oom" else "one")
            if way == "slow" and job is not None:
                time.sleep(0.05)
                job.cancel()
            time.sleep(0.02)

    assert ask(engine, "echo warm").wait(60)
    threads = [threading.Thread(target=visitor, args=(things[n::4], n)) for n in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    if pid := engine.status()["pid"]:
        os.kill(pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    for text, job in ledger.asked.values():
        assert job.wait(180), f"{text} never ended"
    of_asked = [number for number, _ in ledger.ends if number in ledger.asked]
    assert sorted(of_asked) == sorted(ledger.asked), "each once, none left, none twice"
    assert len(ledger.asked) + len(ledger.refused) == len(things)
    assert all("try again in about" in said for said in ledger.refused)
    for number, end in ledger.ends:
        if number in ledger.asked:
            way, _, rest = ledger.asked[number][0].partition(" ")
            assert end in MAY_END[way], f"{way} ended as {end}"
            if end == "result":
                assert ledger.asked[number][1].result(0).result == Text(rest), "somebody else's answer"
    counted = Counter(end for number, end in ledger.ends if number in ledger.asked)
    assert counted["result"] >= 20 and counted["WorkerLost"] >= 1 and counted["DemoError"] >= 1
    assert ask(engine, "echo afterwards").result(20).result == Text("afterwards")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_worker_that_is_killed_is_back(engine: LocalEngine, how: signal.Signals) -> None:
    job = ask(engine, "slow 600")
    while job.partial is None:
        assert not job.wait(0.02)
    os.kill(engine.status()["pid"], how)
    with pytest.raises(WorkerLost):
        job.result(10)
    assert ask(engine, "echo again").result(20).result == Text("again")


def test_nobody_waits_for_a_worker_that_reads_late(engine: LocalEngine) -> None:
    """Large files are given while the worker takes nothing: every page goes on, and all are answered in the end."""
    assert ask(engine, "echo warm").wait(60)
    pid = engine.status()["pid"]
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    jobs = [ask(engine, f"echo {number} {'x' * 3_000_000}") for number in range(4)]
    assert engine.status()["waiting"] == 3 and time.monotonic() - began < 0.5
    os.kill(pid, signal.SIGCONT)
    assert all(job.wait(20) for job in jobs) and engine.status()["pid"] == pid


@contextmanager
def limited(pid: int, what: int, most: int) -> Iterator[None]:
    """A limit on a running process, as a container or a shell would set it."""
    before = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, what, before)


def test_a_worker_that_gets_no_more_memory_says_so_and_lives(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(60)
    pid = engine.status()["pid"]
    with limited(pid, resource.RLIMIT_AS, psutil.Process(pid).memory_info().vms + 2**28):
        with pytest.raises(DemoError, match="ran out of memory"):
            ask(engine, "eat 4000").result(60)
        assert ask(engine, "echo small").result(60).result == Text("small")
    assert engine.status()["pid"] == pid


def test_a_full_graphics_card_is_met_by_the_processor(engine: LocalEngine) -> None:
    answer = ask(engine, "card_oom fine", "two").result(60)
    assert answer.result == Text("fine") and answer.device == "cpu" and "processor" in answer.notes[0]
    assert not ask(engine, "card_oom fine", "two").done, "an answer of that moment is not kept"


def test_a_worker_without_file_descriptors_ends_one_job(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(60)
    pid = engine.status()["pid"]
    with limited(pid, resource.RLIMIT_NOFILE, psutil.Process(pid).num_fds()):
        with pytest.raises((Broken, WeightsMissing)):
            ask(engine, "open nothing").result(60)
        assert ask(engine, "echo without files").result(60).result == Text("without files")
    assert ask(engine, "open again").result(60).result == Text("again")
    assert engine.status()["pid"] == pid


def test_a_server_without_file_descriptors_starts_its_worker_as_soon_as_it_can(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(60)
    with limited(os.getpid(), resource.RLIMIT_NOFILE, 3):
        os.kill(engine.status()["pid"], signal.SIGKILL)
        time.sleep(0.5)
        assert not engine.status()["alive"]
    assert ask(engine, "echo back").result(30).result == Text("back")


def test_a_clock_that_jumps_changes_nothing(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(engine, "echo warm").wait(60)
    day = 86_400
    now = time.time
    for steps, jump in ((5, day), (6, -day), (7, 365 * day)):
        job = ask(engine, f"slow {steps}")
        monkeypatch.setattr(time, "time", lambda jump=jump: now() + jump)
        assert job.result(60).result == Text(str(steps))
    with pytest.raises(TooSlow):
        ask(engine, "hang").result(60)


@pytest.mark.parametrize("module", OF_TIME)
def test_what_counts_time_never_reads_the_clock_on_the_wall(module: str) -> None:
    tree = ast.parse((ROOT / "demos" / f"{module}.py").read_text())
    read = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not read & {"time.time", "time.time_ns", "datetime.now", "datetime.datetime.now", "date.today"}


def test_an_engine_that_is_stopped_in_the_middle_ends_every_job(engine: LocalEngine) -> None:
    running = ask(engine, "slow 600")
    waiting = [ask(engine, f"echo {n}") for n in range(5)]
    while running.partial is None:
        assert not running.wait(0.02)
    pid, began = engine.status()["pid"], time.monotonic()
    engine.close()
    assert time.monotonic() - began < 5
    for job in (running, *waiting):
        with pytest.raises(Stopped):
            job.result(0)
    assert not psutil.pid_exists(pid)


def test_a_cache_that_cannot_be_written_costs_only_the_memory_of_past_jobs(fake_demos: None,
                                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVE_CACHE", "/proc/nowhere")  # where even the superuser may not write
    monkeypatch.setenv("LIVE_DEVICE", "cpu")
    settings.cache_clear()
    engine = LocalEngine()
    try:
        job = ask(engine, "echo read only")
        assert job.result(60).result == Text("read only")
        engine.history.save()
        assert ask(engine, "echo and another").estimate_s is not None
    finally:
        engine.close()


def test_a_full_disk_costs_only_the_memory_of_past_jobs(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(60)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the kernel then answers as a full disk does
    try:
        with limited(os.getpid(), resource.RLIMIT_FSIZE, 10):
            engine.history.save()
            assert ask(engine, "echo on a full disk").result(60).result == Text("on a full disk")
    finally:
        signal.signal(signal.SIGXFSZ, before)
    assert not [path for path in engine.history.path.parent.glob("*.part")], "no half file is left"


async def first_page(url: str) -> float:
    """Seconds until a visitor sees the home page; the server may still be starting."""
    from bench.visitor import Visitor

    began = time.monotonic()
    while True:
        visitor = Visitor(url)
        try:
            await visitor.connect()
            seen = await visitor.open("")
            await visitor.close()
            assert seen.first
            return time.monotonic() - began
        except OSError:
            await asyncio.sleep(0.1)


async def leave_in_the_middle(url: str) -> None:
    """Hand in a recording, and be gone while it is heard."""
    from bench.visitor import Visitor

    visitor = Visitor(url)
    await visitor.connect()
    await visitor.open("speech_recognition")
    demo = get_demo("speech_recognition")
    given = sample_inputs(demo, demo.samples[0])["audio"]
    await asyncio.wait_for(visitor.upload("speech_recognition", given + b"mine", "mine", "never"), 1.0)


def test_a_server_that_is_stopped_in_the_middle_is_there_again_within_15_s() -> None:
    """The whole app, ended while somebody's recording is heard: no process is left, and the next one's page comes."""
    from bench.served import served

    with served(wait=False) as server:
        asyncio.run(first_page(server.url))
        server.wait_until(lambda said: said["alive"], 60)
        worker = server.ready()["pid"]
        with pytest.raises(TimeoutError):
            asyncio.run(leave_in_the_middle(server.url))
    assert gone(worker, 5.0), "the worker outlived its server"
    with served(wait=False) as server:
        assert asyncio.run(first_page(server.url)) < 15
