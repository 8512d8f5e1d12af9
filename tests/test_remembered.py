"""Answers from memory: the same question is worked out once, samples are kept, a visitor's own are not."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from demos import get_demo, list_demos
from demos.engine import LocalEngine
from demos.errors import Busy, Stopped
from demos.history import History
from demos.jobs import Answer, Job, Request
from demos.remembered import Remembered, digest, is_sample, key_of, size_of
from demos.results import Heatmap, Text, View
from demos.samples import sample_inputs
from demos.settings import settings
from demos.waiting import Flight, Waiting
from pages.ui.duel import card_html


@pytest.fixture
def engine(fake_demos: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalEngine]:
    monkeypatch.setenv("LIVE_CACHE", str(tmp_path))  # a history of its own
    monkeypatch.setenv("LIVE_DEVICE", "cpu")  # finding out which one there is would load torch
    settings.cache_clear()
    engine = LocalEngine()
    yield engine
    engine.close()


def ask(engine: LocalEngine, text: str, method: str = "one", **options: Any) -> Job:
    return engine.submit("misbehaving", method, {"text": text}, **options)


def test_a_sample_is_worked_out_once_and_never_waits_again(engine: LocalEngine) -> None:
    first = ask(engine, "echo hello").result(20)  # the sample's own words
    assert not first.from_cache
    blocking = ask(engine, "slow 600")
    again = ask(engine, "echo hello")
    assert again.done and again.place == 0, "it does not wait behind a long job"
    assert again.result(0) == Answer(first.result, first.seconds, first.device, from_cache=True)
    assert not ask(engine, "echo hello", method="two").done, "another method is another question"
    assert not ask(engine, "echo hello", want="explain").done
    blocking.cancel()


def test_a_fresh_one_is_worked_out_anew_and_shared_with_nobody(engine: LocalEngine) -> None:
    assert ask(engine, "echo hello").wait(20)
    fresh = ask(engine, "echo hello", fresh=True)
    assert not fresh.result(20).from_cache
    first, second = ask(engine, "slow 30", fresh=True), ask(engine, "slow 30", fresh=True)
    first.cancel()
    assert not second.done
    second.cancel()


def test_the_card_says_that_an_answer_comes_from_a_cache(engine: LocalEngine) -> None:
    demo = get_demo("misbehaving")
    jobs = [ask(engine, "echo hello") for _ in range(2) if engine.submit("misbehaving", "one", {"text": "echo hello"}).wait(20)]
    card = card_html(demo, demo.method("one"), jobs[1])
    assert "from a cache" in card and "the first time" in card
    own = ask(engine, "echo my own")
    own.wait(20)
    assert "from a cache" not in card_html(demo, demo.method("one"), own)


def test_a_visitors_answer_is_found_only_while_somebody_holds_it(engine: LocalEngine) -> None:
    mine = ask(engine, "echo my secret")
    assert mine.result(20).result == Text("my secret")
    yours = ask(engine, "echo my secret")
    assert yours.done and yours.result(0).from_cache
    del mine, yours
    assert not ask(engine, "echo my secret").done, "nobody holds it: it is gone, without any collection"


def test_forgetting_drops_what_visitors_gave_and_keeps_the_samples(engine: LocalEngine) -> None:
    sample, mine = ask(engine, "echo hello"), ask(engine, "echo mine")
    assert sample.wait(20) and mine.wait(20)
    engine.submit("misbehaving", "one", {}, "forget").result(20)
    assert ask(engine, "echo hello").done and not ask(engine, "echo mine").done


def test_nothing_given_is_held_once_a_job_has_ended(engine: LocalEngine) -> None:
    text = "echo " + "canary" * 100
    job = ask(engine, text)
    answer = job.result(20)
    del answer
    stopped = [ask(engine, "slow 600"), ask(engine, text + "stopped")]
    for one in stopped:
        one.cancel()
    job = stopped = one = None
    time.sleep(0.3)
    gc.collect()
    held = [thing for thing in gc.get_objects() if isinstance(thing, Request)
            and "canary" in str(thing.inputs)]
    assert not held


def test_who_asks_the_same_at_the_same_time_shares_the_work_and_stops_alone(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(20)
    first, second = ask(engine, "slow 8"), ask(engine, "slow 8")
    behind = ask(engine, "echo behind")
    assert behind.place == 1, "two visitors, one piece of work"
    while first.partial is None:
        assert not first.wait(0.02)
    third = ask(engine, "slow 8")
    assert third.partial is not None and third.state == "running", "who comes later sees what there is"
    first.cancel()
    with pytest.raises(Stopped):
        first.result(0)
    assert second.result(20).result == Text("8") and third.result(0).result == Text("8")
    assert behind.result(20).result == Text("behind")


def test_the_work_ends_when_the_last_visitor_stops(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(20)
    both = [ask(engine, "slow 600"), ask(engine, "slow 600")]
    both[0].cancel()
    next_one = ask(engine, "echo next")
    assert not next_one.wait(0.3)
    both[1].cancel()
    assert next_one.result(2).result == Text("next")
    anew = ask(engine, "slow 600")
    assert anew.place == 0 and not anew.done, "nobody joins work that was stopped"
    anew.cancel()


def test_a_waiting_piece_of_work_stays_for_the_others(engine: LocalEngine) -> None:
    running, first, second = ask(engine, "slow 600"), ask(engine, "echo shared"), ask(engine, "echo shared")
    first.cancel()
    assert first.done and not second.done and second.place == 1
    running.cancel()
    assert second.result(20).result == Text("shared")


def test_what_names_a_question() -> None:
    demo = get_demo("image_recognition")
    given = sample_inputs(demo, demo.samples[0])
    key = key_of(Request(demo.name, "lite0", given))
    assert demo.method("lite0").weights[0].files[0].sha256 in str(key)
    other = [Request(demo.name, "lite2", given), Request(demo.name, "lite0", {"image": given["image"] + b"\0"}),
             Request(demo.name, "lite0", given, "explain"), Request(demo.name, "lite0", given, "look", "blur", 3.0),
             Request(demo.name, "lite0", given, "look", "blur", 5.0)]
    assert len({key, *map(key_of, other)}) == 6
    assert key_of(Request(demo.name, "lite0", want="load")) is None
    assert key_of(Request(demo.name, "lite0", {"size": 64.0}, "part", "product")) is None, "it measures time"
    assert len({digest(b"1"), digest("1"), digest(1), digest(1.0), digest(True)}) == 5


@pytest.mark.parametrize("demo", list_demos(), ids=lambda demo: demo.name)
def test_samples_are_known_by_their_content_and_anything_else_is_a_visitors_own(demo: Any) -> None:
    for sample in demo.samples:
        given = sample_inputs(demo, sample)
        request = Request(demo.name, demo.method("classical").key, given)
        assert is_sample(request, key_of(request)), sample.key
        for name, value in given.items():
            own = value + (b"\0" if isinstance(value, bytes) else "x" if isinstance(value, str) else 0.125)
            changed = Request(request.demo, request.method, {**given, name: own})
            assert not is_sample(changed, key_of(changed)), f"{sample.key}: {name}"


def test_memory_is_bounded_and_the_oldest_leaves_first() -> None:
    demo = get_demo("image_recognition")
    big = Answer(None, 0.1, "cpu", views=(View("a", "A", "a", Heatmap(np.zeros((100, 100), np.float32))),))
    assert 40_000 < size_of(big) < 42_000
    kept = Remembered(limit_bytes=170_000)
    requests = [Request(demo.name, method, sample_inputs(demo, sample), "explain")
                for sample in demo.samples[:3] for method in ("lite0", "lite2")]
    for request in requests:
        kept.add(key_of(request), request, big, [])
    found = [kept.get(key_of(request)) is not None for request in requests]
    assert found == [False, False, True, True, True, True] and kept.megabytes * 2**20 <= 170_000
    noted = Answer(None, 0.1, "cpu", notes=("The graphics card ran out of memory",))
    kept.add(key_of(requests[0]), requests[0], noted, [])
    assert kept.get(key_of(requests[0])) is None, "it holds for that moment only"


def test_a_minute_of_work_fills_the_queue_and_the_refusal_says_how_long(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(20)
    for _ in range(5):
        engine.history.add(Request("misbehaving", "two", {"text": "slow 600"}), 1.0, 7.0)
    jobs, began = [ask(engine, "slow 600", method="two")], time.monotonic()
    refused = []
    for n in range(199):
        try:
            jobs.append(ask(engine, f"slow 6{n:02d}", method="two"))
        except Busy as error:
            refused.append(str(error))
    assert time.monotonic() - began < 2 and len(jobs) + len(refused) == 200
    assert 60 <= 7 * len(jobs) < 75, "about a minute of work"
    assert "Please try again in about 3" in refused[0] and "seconds of work" in refused[0]
    for job in jobs:
        job.cancel()
    began = time.monotonic()
    assert ask(engine, "echo as before").result(10).result == Text("as before")
    assert time.monotonic() - began < 10


def test_an_estimate_knows_the_size_of_the_input_and_the_loading(tmp_path: Any) -> None:
    history = History(tmp_path / "history.json")

    def request(length: int, method: str = "lite0") -> Request:
        return Request("image_recognition", method, {"image": bytes(length)})

    for length in (100_000, 1_000_000) * 10:
        history.add(request(length), 1.0, length / 1e6)
    history.add(request(10, "lite2"), 1.0, 0.5, load_s=3.0)
    assert history.estimate(request(120_000)) == 0.1 and history.estimate(request(800_000)) == 1.0
    assert history.estimate_load(request(10, "lite2")) == 3.0 and history.estimate_load(request(10)) is None
    assert history.estimate(Request("image_recognition", "lite0", want="sweep", change="blur")) is None
    history.save()
    assert History(history.path).estimate(request(120_000)) == 0.1
    history.path.write_text('{"image_recognition/lite0/answer": [[1.0, 0.5]]}')  # as it was written before
    assert History(history.path).estimate(request(1)) is None


def test_a_model_that_is_not_here_yet_is_loaded_once_in_the_estimate(engine: LocalEngine) -> None:
    assert ask(engine, "echo warm").wait(20)
    engine.history.add(Request("misbehaving", "two", {"text": "12345"}), 1.0, 0.5, load_s=4.0)
    running = ask(engine, "slow 600")
    first, second = ask(engine, "12345", method="two"), ask(engine, "54321", method="two")
    assert second.estimate_s - first.estimate_s == pytest.approx(0.5, abs=0.1)
    assert first.estimate_s > 4.0
    running.cancel()
    assert second.wait(20)
    assert ask(engine, "11111", method="two").estimate_s < 2.0


def test_nobody_is_refused_while_nobody_waits() -> None:
    """A first load on a slow machine may take longer than the queue may hold; the next one waits for it all the same."""
    class Slow:
        def estimate(self, request: Request, units: float | None = None) -> float:
            return 500.0

        def estimate_load(self, request: Request) -> float:
            return 500.0

    def flight(number: int) -> Flight:
        return Flight(number, Request("spam", "minilm", {"text": "hello"}), None)

    waiting, running = Waiting(Slow()), flight(1)
    waiting.add(flight(2), running, [])
    with pytest.raises(Busy, match="1 jobs are waiting"):
        waiting.add(flight(3), running, [])
