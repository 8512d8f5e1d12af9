"""Pools of a Ray cluster, what a replica does, and the engine's side of it; all of it without Ray."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from demos import get_demo, list_demos
from demos.engine import InlineEngine
from demos.errors import BadInput, Stopped, TooSlow
from demos.jobs import Answer, Request
from demos.ray_batches import answer_together, can_be_together
from demos.ray_cluster import address_of
from demos.ray_engine import RayEngine
from demos.ray_pools import Pool, WrongPools, read_pools
from demos.ray_replica import Replica
from demos.results import Text
from demos.samples import sample_inputs
from demos.settings import settings


def written(folder: Path, text: str) -> Path:
    path = folder / "pools.toml"
    path.write_text(text)
    return path


# --- the file -------------------------------------------------------------------------------------

def test_every_method_is_in_exactly_one_pool_whatever_the_file_says(tmp_path: Path) -> None:
    methods = sorted(f"{demo.name}/{method.key}" for demo in list_demos() for method in demo.methods)
    for path in (None, ROOT / "deploy" / "pools.toml", written(tmp_path, '[[pool]]\nname = "all"\nmethods = ["*"]'),
                 written(tmp_path, '[[pool]]\nname = "own"\nmethods = ["*"]\neach = true')):
        pools = read_pools(path)
        assert sorted(member for pool in pools for member in pool.members) == methods
        assert len({pool.application for pool in pools}) == len(pools)


def test_the_first_pool_that_names_a_method_has_it_and_each_makes_one_of_every_method(tmp_path: Path) -> None:
    path = written(tmp_path, '[[pool]]\nname = "own"\nmethods = ["spam/*"]\neach = true\nhighest = 3\n'
                             '[[pool]]\nname = "words"\nmethods = ["spam/*", "sentiment/*"]\ngpus = 1\n')
    pools = {pool.name: pool for pool in read_pools(path)}
    assert pools["own-spam-bayes"].members == ("spam/bayes",) and pools["own-spam-bayes"].highest == 3
    assert pools["words"].members == ("sentiment/tfidf", "sentiment/minilm") and pools["words"].gpus == 1.0
    assert "image_recognition/lite0" in pools["rest"].members


@pytest.mark.parametrize(("text", "said"), [
    ("[[pool]", "cannot be read"), ("[pool]\nname = 'x'", "only"), ("[[other]]\nname = 'x'", "only"),
    ("[[pool]]\nmethods = ['*']", "no name"), ("[[pool]]\nname = 'x'\nmethods = ['nothing/*']", "no method"),
    ("[[pool]]\nname = 'x'\nsize = 3", "size is not known"), ("[[pool]]\nname = 'x'\nhighest = '3'", "must be a number"),
    ("[[pool]]\nname = 'x'\nlowest = 3\nhighest = 2", "at least lowest"), ("[[pool]]\nname = 'x'\nmethods = [3]", "strings"),
    ("[[pool]]\nname = 'x'\nbatch = 8", "batch is larger"), ("[[pool]]\nname = 'x y'", "letters"),
    ("[[pool]]\nname = 'x'\nmembers = ['spam/bayes']", "members is not known"),
    ("[[pool]]\nname = 'rest'\nmethods = ['spam/*']", "one name"), ("[[pool]]\nname = 'x'\nqueue = -1", "at least"),
])
def test_a_wrong_file_is_refused_with_the_key_and_what_is_accepted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongPools, match=said):
        read_pools(written(tmp_path, text))


# --- the choice -----------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["LIVE_ENGINE", "DEMOS_ENGINE"])
def test_the_environment_chooses_the_engine(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from demos import engine, ray_engine

    monkeypatch.setattr(ray_engine, "RayEngine", lambda: "the cluster's")
    monkeypatch.setenv(name, "ray://local")
    settings.cache_clear()
    try:
        assert engine._chosen() == "the cluster's"
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_an_address_is_local_or_a_host_with_its_port() -> None:
    assert (address_of("ray://local"), address_of("ray://head:6379")) == ("local", "head:6379")
    for wrong in ("ray://", "ray://head", "http://head:6379", "local", "ray://:6379", "ray://head:port"):
        with pytest.raises(ValueError, match="LIVE_ENGINE"):
            address_of(wrong)


def test_without_ray_the_server_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demos.ray_engine.find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="requirements-scale.txt"):
        RayEngine("ray://local")


# --- together -------------------------------------------------------------------------------------

def test_answers_computed_together_are_those_computed_alone() -> None:
    engine = InlineEngine("cpu")
    models, requests, alone = engine._worker.models, [], []
    for name, key in (("image_recognition", "lite0"), ("traffic_signs", "networks")):
        demo = get_demo(name)
        for sample in demo.samples[:3]:
            requests.append(Request(name, key, sample_inputs(demo, sample)))
            alone.append(engine.submit(name, key, requests[-1].inputs).result())
    requests.insert(2, Request("image_recognition", "lite0", {"image": b"no picture"}))
    assert all(can_be_together(models, request) for request in requests)
    together = answer_together(models, requests)
    assert isinstance(together.pop(2), BadInput)
    for one, other in zip(together, alone, strict=True):
        assert isinstance(one, Answer) and one.seconds > 0 and one.device == "cpu"
        assert one.result.names == other.result.names
        assert one.result.scores == pytest.approx(other.result.scores, abs=1e-4)


def test_what_streams_is_changed_or_has_two_inputs_is_not_computed_together() -> None:
    models = InlineEngine("cpu")._worker.models
    picture = Request("image_recognition", "lite0", {"image": b""})
    assert not can_be_together(models, Request("image_recognition", "lite0", {}, "explain"))
    assert not can_be_together(models, Request("image_recognition", "lite0", {}, "answer", "blur", 2.0))
    assert not can_be_together(models, Request("spam", "bayes", {"text": "x"}))
    assert can_be_together(models, picture)


def test_a_graphics_card_that_is_too_small_for_a_batch_gets_half_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = InlineEngine("cpu")
    models, demo = engine._worker.models, get_demo("image_recognition")
    network = type(models.get(demo, demo.method("lite0"))[0])
    whole, sizes = network.predict_many, []

    def small(self: Any, images: list[Any]) -> list[Any]:
        sizes.append(len(images))
        if len(images) > 2:
            raise RuntimeError("CUDA out of memory")
        return whole(self, images)

    monkeypatch.setattr(network, "predict_many", small)
    request = Request(demo.name, "lite0", sample_inputs(demo, demo.samples[0]))
    answers = answer_together(models, [request] * 4)
    assert sizes == [4, 2, 2] and len({answer.result.names for answer in answers}) == 1


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
    import threading

    replica = Replica(Pool("one", members=("misbehaving/one",)))
    began = time.monotonic()
    heard = messages(replica, "slow 600", stop_after_s=0.6)
    assert heard[-1][0] == "part" and time.monotonic() - began < 1.5
    assert not [thread for thread in threading.enumerate() if thread.name == "job-1"]


def test_a_hang_ends_at_the_limit_of_the_demo(fake_demos: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from demos import ray_replica

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
