"""What a replica does, and the engine's side of a cluster, with replicas in this process; all of it without Ray."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from demos import ray_replica
from demos.errors import Stopped, TooSlow
from demos.jobs import Request
from demos.ray_engine import RayEngine
from demos.ray_pools import Pool
from demos.ray_replica import Replica
from demos.results import Text

# --- a replica ------------------------------------------------------------------------------------

def messages(replica: Replica, text: str, stop_after_s: float = 60.0, method: str = "one") -> list[tuple[Any, ...]]:
    """What one job's messages are, until it ends or is cancelled as Serve cancels."""
    heard: list[tuple[Any, ...]] = []

    async def listen() -> None:
        async for message in replica.ask(1, Request("misbehaving", method, {"text": text})):
            heard.append(message)

    async def whole() -> None:
        task = asyncio.create_task(listen())
        await asyncio.wait([task], timeout=stop_after_s)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(whole())
    return heard


def test_a_replica_tells_a_job_from_begin_to_end(fake_demos: None) -> None:
    replica = Replica(Pool("one", members=("misbehaving/one",)))
    assert list(replica.models.loaded()) == ["misbehaving/one"], "a process for one method is ready with its model"
    heard = messages(replica, "slow 5")
    assert [kind for kind, *_ in heard] == ["begun", "started", *["part"] * 7, "done"]
    assert heard[-1][2].result == Text("5")


def test_a_cancelled_job_is_held_until_its_thread_has_ended(fake_demos: None) -> None:
    replica = Replica(Pool("one", members=("misbehaving/one",)))
    began = time.monotonic()
    heard = messages(replica, "slow 600", stop_after_s=0.6)
    assert heard[-1][0] == "part" and time.monotonic() - began < 1.5
    assert not [thread for thread in threading.enumerate() if thread.name == "job-1"]


def test_a_hang_ends_at_the_limit_of_the_demo(fake_demos: None, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []

    def leave(code: int) -> None:
        left.append(code)
        raise SystemExit

    monkeypatch.setattr(ray_replica, "STUCK_AFTER_S", 0.3)
    monkeypatch.setattr(ray_replica.os, "_exit", leave)
    replica = Replica(Pool("one", members=("misbehaving/one",)))
    with pytest.raises(SystemExit):
        messages(replica, "hang")
    assert left == [3], "a process whose job never ends makes room for a new one"


def test_errors_come_as_their_kind_and_sentence_and_a_defect_without_what_was_given(fake_demos: None) -> None:
    replica = Replica(Pool("rest", members=("misbehaving/one", "misbehaving/broken")))
    assert messages(replica, "echo", method="broken")[-1][2] == "WeightsMissing"
    broken = messages(replica, "defect my-secret-words")[-1]
    assert broken[:3] == ("failed", 1, "Broken") and "secret" not in broken[3]


# --- the engine, with replicas in this process ----------------------------------------------------

class Handle:
    """Stands for Serve's handle: one replica here, one job at a time, nothing refused."""

    def __init__(self, pool: Pool) -> None:
        self.replica, self.free = Replica(pool), asyncio.Lock()

    def options(self, **_: Any) -> "Handle":
        return self

    def remote(self, number: int, request: Request) -> "Stream":
        return Stream(self, number, request)

    def broadcast(self, _: str) -> "Handle":
        return self

    def results(self, timeout_s: float) -> list[dict[str, Any]]:
        return [asyncio.run(self.replica.state())]


class Stream:
    """Stands for Serve's stream of answers."""

    def __init__(self, handle: Handle, number: int, request: Request) -> None:
        self.given, self.stopped = (handle, number, request), False

    async def __aiter__(self) -> AsyncIterator[Any]:
        handle, number, request = self.given
        async with handle.free:
            async for message in handle.replica.ask(number, request):
                yield message

    def cancel(self) -> None:
        self.stopped = True


@pytest.fixture
def engine(fake_demos: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[RayEngine]:
    monkeypatch.setattr("demos.ray_engine.find_spec", lambda name: True)
    monkeypatch.setattr("demos.ray_engine.join", lambda address: None)
    monkeypatch.setattr("demos.ray_engine.leave", lambda address, handles: None)
    monkeypatch.setattr("demos.ray_engine.put", lambda pools: {pool.name: Handle(pool) for pool in pools})
    one = RayEngine("ray://local")
    yield one
    one.close()


def ask(engine: RayEngine, text: str, **options: Any) -> Any:
    return engine.submit("misbehaving", "one", {"text": text}, **options)


def test_jobs_wait_for_their_turn_with_place_estimate_and_partial_results(engine: RayEngine) -> None:
    assert ask(engine, "slow 5").result(60).result == Text("5")
    running, first, second = ask(engine, "slow 20"), ask(engine, "echo 1"), ask(engine, "echo 2")
    while running.partial is None:
        assert not running.wait(0.02)
    assert (running.place, first.place, second.place) == (0, 1, 2)
    assert second.estimate_s > first.estimate_s > 0
    status = engine.status()
    assert (status["waiting"], status["running"], status["alive"]) == (2, 1, True)
    assert second.result(60).result == Text("2") and running.fraction == 1.0


def test_stop_reaches_a_running_and_a_waiting_job(engine: RayEngine) -> None:
    running, waiting, last = ask(engine, "slow 600"), ask(engine, "echo 1"), ask(engine, "echo 2")
    while running.partial is None:
        assert not running.wait(0.02)
    waiting.cancel()
    running.cancel()
    for job in (running, waiting):
        with pytest.raises(Stopped):
            job.result(0)
    assert last.result(60).result == Text("2")
    assert engine.status()["waiting"] == engine.status()["running"] == 0


def test_a_hang_is_said_and_nothing_given_is_held_after_the_end(engine: RayEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demos.ray_replica.STUCK_AFTER_S", 1e9)  # else it would take this very process along
    job = ask(engine, "hang")
    with pytest.raises(TooSlow, match="2 seconds"):
        job.result(60)
    assert job.request.inputs == {} and not engine._jobs


def test_loading_for_later_and_forgetting_end_at_once_and_an_unknown_name_is_refused(engine: RayEngine) -> None:
    assert [engine.submit("misbehaving", "one", want=want).result(0) for want in ("load", "forget")] == [None, None]
    with pytest.raises(KeyError):
        engine.submit("misbehaving", "seven")


def test_what_was_answered_is_answered_from_memory_until_it_is_forgotten(engine: RayEngine) -> None:
    first = ask(engine, "echo mine")
    assert not first.result(60).from_cache
    again = ask(engine, "echo mine")
    assert again.done and again.result(0).from_cache and engine.status()["answers"] == 1
    assert not ask(engine, "echo mine", fresh=True).result(60).from_cache
    engine.submit("misbehaving", "one", want="forget")
    assert not ask(engine, "echo mine").result(60).from_cache
