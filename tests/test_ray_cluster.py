"""The engine on a real Ray cluster of two nodes: equal answers, lost nodes and processes, more under load, Stop, a full queue.

`make test-scale` installs Ray and runs these; they take minutes. Ray gives a node 15 seconds to come up, so a machine that is
busy with much else shows errors of the cluster's start instead of results.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.pages import photos
from bench.served import served
from browsing import Watched, upload
from demos import get_demo
from demos.engine import LocalEngine
from demos.errors import Busy, Stopped, TooSlow, WorkerLost
from demos.results import Text
from demos.samples import sample_inputs
from demos.settings import settings
from pages.ui.asks import digest

ray = pytest.importorskip("ray", reason="Ray is not installed; make test-scale installs it")
pytestmark = pytest.mark.slow
POOLS = """
[[pool]]
name = "wrong"
methods = ["misbehaving/*"]
highest = 2
wanted = 1.5
queue = 5
cpus = 1
up_after_s = 1
down_after_s = 600

[[pool]]
name = "together"
methods = ["image_recognition/lite0", "traffic_signs/networks"]
at_once = 8
batch = 8
batch_wait_s = 0.2
cpus = 0.1
"""
ASKED = [("image_recognition", "lite0"), ("image_recognition", "hog_svm"), ("traffic_signs", "networks"),
         ("sentiment", "minilm"), ("spam", "bayes"), ("credit_decision", "network"), ("translation", "marian")]
CANARY = "canary-of-a-visitor-7f3e"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A head that takes no jobs and two nodes that do, each with processors for one replica of "wrong"."""
    from ray.cluster_utils import Cluster

    from demos import _found
    from demos.ray_cluster import ENVIRONMENT_OF_RAY

    patch = pytest.MonkeyPatch()
    for name, value in ENVIRONMENT_OF_RAY.items():
        patch.setenv(name, value)
    pools = tmp_path_factory.mktemp("pools") / "pools.toml"
    pools.write_text(POOLS)
    patch.setenv("LIVE_POOLS", str(pools))
    patch.setenv("LIVE_EXTRA_DEMOS", "fake_demos")
    patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))  # the nodes find what this process finds
    settings.cache_clear()
    _found.cache_clear()
    patch.setenv("RAY_worker_niceness", "0")  # Ray's 15 gives way to all else, of which a test's machine may have much
    one = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    for _ in range(2):
        one.add_node(num_cpus=6)  # either alone has room for all pools with two replicas each
    yield one
    one.shutdown()
    patch.undo()
    settings.cache_clear()
    _found.cache_clear()


@pytest.fixture(scope="module")
def engine(cluster: Any) -> Iterator[Any]:
    from demos.ray_engine import RayEngine

    one = RayEngine(f"ray://{cluster.address}")
    yield one
    one.close()


def ask(engine: Any, text: str, method: str = "one", **options: Any) -> Any:
    return engine.submit("misbehaving", method, {"text": text}, **options)


def answer_of(job: Any, timeout: float = 240.0) -> str:
    return job.result(timeout).result.text


def until(holds: Callable[[], Any], timeout: float) -> float:
    """Seconds until something holds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < timeout, "it did not come to hold"
        time.sleep(0.05)
    return time.monotonic() - began


def pid_of(engine: Any, pool: str = "wrong") -> int:
    """The process of the pool's only replica, as it says itself."""
    until(lambda: len(engine._states.get(pool, [])) == 1, 60)
    return engine._states[pool][0]["pid"]


def test_the_answers_are_those_of_the_worker_on_one_machine(engine: Any) -> None:
    local = LocalEngine()
    try:
        for demo, method in ASKED:
            given = sample_inputs(get_demo(demo), get_demo(demo).samples[0])
            for want in ("answer", "look"):
                ours = engine.submit(demo, method, given, want).result(400)
                theirs = local.submit(demo, method, given, want).result(400)
                if want == "look":
                    assert ours == theirs
                else:
                    assert ours.result.as_json() == near(theirs.result.as_json()), demo
                    assert ours.seconds > 0 and ours.device == "cpu"
        given = sample_inputs(get_demo("image_recognition"), get_demo("image_recognition").samples[0])
        ours, theirs = (one.submit("image_recognition", "hog_svm", given, "sweep", "blur").result(120) for one in (engine, local))
        assert [step.kept for step in ours.steps] == pytest.approx([step.kept for step in theirs.steps], abs=1e-4)
    finally:
        local.close()


def near(value: Any) -> Any:
    """Equal but for the last digits of numbers: other threads may add in another order."""
    if isinstance(value, dict):
        return {key: near(one) for key, one in value.items()}
    if isinstance(value, list):
        return [near(one) for one in value]
    return pytest.approx(value, rel=1e-3, abs=1e-4) if isinstance(value, float) else value


def test_many_pictures_at_once_are_answered_together_each_with_its_own(engine: Any) -> None:
    demo = get_demo("traffic_signs")
    samples = [sample for sample in demo.samples[:4]] * 3
    jobs = [engine.submit(demo.name, "networks", sample_inputs(demo, sample)) for sample in samples]
    names = [job.result(120).result.names[0] for job in jobs]
    assert names[:4] * 3 == names and len(set(names)) > 1


def test_progress_place_and_estimate_are_seen(engine: Any) -> None:
    assert answer_of(ask(engine, "slow 10")) == "10"
    running, waiting = ask(engine, "slow 20"), ask(engine, "echo next")
    until(lambda: running.partial is not None, 20)
    assert (running.place, waiting.place) == (0, 1) and waiting.estimate_s > 0
    assert answer_of(waiting) == "next" and running.fraction == 1.0


def test_stop_reaches_the_process_that_works_and_the_queue(engine: Any) -> None:
    running, waiting, following = ask(engine, "slow 600"), ask(engine, "echo no"), ask(engine, "echo free")
    until(lambda: running.partial is not None, 20)
    waiting.cancel()
    running.cancel()
    for job in (running, waiting):
        with pytest.raises(Stopped):
            job.result(1)
    began = time.monotonic()
    assert answer_of(following, 10) == "free"
    assert time.monotonic() - began < 3, "the replica went on with a job that was stopped"


def test_a_full_queue_is_said_and_what_was_accepted_is_answered(engine: Any) -> None:
    running = ask(engine, "slow 600")
    until(lambda: running.partial is not None, 20)
    began = time.monotonic()
    jobs = [ask(engine, f"echo {n}") for n in range(30)]
    until(lambda: sum(job.done for job in jobs) >= 24, 10)
    took = time.monotonic() - began
    refused = [job for job in jobs if job.done]
    assert all(isinstance(job.error, Busy) and "try again" in str(job.error) for job in refused) and took < 3
    running.cancel()
    assert {answer_of(job) for job in jobs if job not in refused} == {str(n) for n, job in enumerate(jobs) if job not in refused}


def test_a_process_that_crashes_ends_its_job_with_a_sentence_and_another_takes_over(engine: Any) -> None:
    old = pid_of(engine) if len(engine._states.get("wrong", [])) == 1 else 0
    with pytest.raises(WorkerLost, match="try once more"):
        ask(engine, "crash").result(30)
    assert answer_of(ask(engine, "echo after")) == "after"
    until(lambda: not old or old not in [state["pid"] for state in engine._states["wrong"]], 60)


def test_a_hang_ends_at_the_time_limit_of_the_demo(engine: Any) -> None:
    assert answer_of(ask(engine, "echo warm")) == "warm"
    with pytest.raises(TooSlow, match="2 seconds"):
        ask(engine, "hang").result(20)
    assert answer_of(ask(engine, "echo next")) == "next"


def test_more_load_brings_a_second_replica(engine: Any) -> None:
    until(lambda: engine.status()["replicas"].get("wrong") is not None, 60)
    jobs = [ask(engine, "slow 100") for _ in range(5)]
    until(lambda: engine.status()["replicas"]["wrong"] == 2, 90)
    until(lambda: [job.state for job in jobs].count("running") == 2 or all(job.done for job in jobs), 60)
    assert {job.result(120).result for job in jobs} == {Text("100")}


def test_a_node_that_dies_in_the_middle_of_a_job(engine: Any, cluster: Any) -> None:
    """With both replicas of the pool at work, one on each node or both on one, the node of the first dies."""
    job = ask(engine, "slow 300")
    until(lambda: job.partial is not None, 60)
    until(lambda: engine._states.get("wrong"), 60)
    nodes = {node.all_processes["raylet"][0].process.pid: node for node in cluster.worker_nodes}
    at = {state["pid"]: psutil.Process(state["pid"]).ppid() for state in engine._states["wrong"]}
    others = [ask(engine, "slow 300") for _ in at][: len(at) - 1]
    until(lambda: all(other.partial is not None for other in others), 60)
    cluster.remove_node(nodes[next(iter(at.values()))], allow_graceful=False)
    under_way = [job, *others]
    began = time.monotonic()
    until(lambda: any(one.done for one in under_way), 60)
    took = time.monotonic() - began
    lost = [one for one in under_way if one.done]
    for one in lost:
        with pytest.raises(WorkerLost, match="Another one takes over"):
            one.result(0)
    for one in under_way:
        one.cancel()
    assert answer_of(ask(engine, "echo the next works")) == "the next works"
    assert took < 30


def test_nothing_that_was_given_is_left_in_files_of_ray(engine: Any, cluster: Any) -> None:
    large = CANARY * 40_000  # about a megabyte: more than Ray sends inside a message
    assert answer_of(ask(engine, f"echo {CANARY}")) == CANARY
    assert ask(engine, f"defect {CANARY}").wait(60)
    assert engine.submit("image_recognition", "hog_svm", {"image": large.encode()}).wait(120)
    folder = Path(cluster.head_node.get_session_dir_path())
    found = [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert folder.is_dir() and not found


@pytest.mark.browser
def test_the_pages_work_on_it_and_none_of_them_knows(cluster: Any, engine: Any, chromium: Any) -> None:
    with served(wait=False, LIVE_ENGINE=f"ray://{cluster.address}") as server:
        server.wait_until(lambda said: said["alive"])
        watched = Watched(chromium.new_page(), server.url)
        page = watched.open_demo("image_recognition", timeout_s=120)
        data = photos()[3]
        upload(page, "mine.jpg", data, "image/jpeg")
        card = f'.dl-duel[data-input="{digest({"image": data})[:16]}"] .dl-card'
        for family in ("classical", "deep"):
            page.wait_for_selector(f"{card}.{family} .dl-answer", timeout=240_000)
        watched.check()
        assert server.ready()["replicas"]["together"] == 1
        page.close()


def test_the_engines_end_leaves_the_cluster_to_others(cluster: Any, engine: Any) -> None:
    from demos.ray_engine import RayEngine

    running = ask(engine, "slow 600")
    until(lambda: running.partial is not None, 60)
    engine.close()
    with pytest.raises(Stopped):
        running.result(0)
    again = RayEngine(f"ray://{cluster.address}")
    try:
        assert answer_of(ask(again, "echo again")) == "again"
    finally:
        again.close()
