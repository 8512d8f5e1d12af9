"""Pools of a Ray cluster, the choice of the engine, and answers computed together; all of it without Ray."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from demos import get_demo, list_demos
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.jobs import Answer, Request
from demos.ray_batches import answer_together, can_be_together
from demos.ray_cluster import address_of
from demos.ray_engine import RayEngine
from demos.ray_pools import WrongPools, read_pools
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
