"""What every demo and every method promises, checked on all of them."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from demos import demo_folder, get_demo, list_demos
from demos.base import Demo, Method, Sample
from demos.engine import InlineEngine
from demos.figures import Figure, read_figures
from demos.perturb import CHANGES
from demos.results import View
from demos.samples import sample_inputs
from demos.weights import method_state

DEMOS = list_demos()
METHODS = [(demo, method) for demo in DEMOS for method in demo.methods]
READY = [(d, m) for d, m in METHODS if method_state(m, demo_folder(d.name)) == "ready" and not m.larger]


def name_of(value: object) -> str:
    return getattr(value, "key", "") or getattr(value, "name", "")


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_the_card_is_complete(demo: Demo) -> None:
    assert get_demo(demo.name) is demo and demo_folder(demo.name).name == demo.name
    assert demo.question[0].isupper() and demo.title and demo.icon.startswith(":material/") and demo.task and demo.summary.endswith(".")
    assert {m.family for m in demo.methods} == {"classical", "deep"}
    assert len({m.key for m in demo.methods}) == len(demo.methods)
    assert not demo.method("deep").larger and demo.method("deep").tier != "hub", "the default must be here offline"
    assert len(demo.samples) >= 4 and len({s.key for s in demo.samples}) == len(demo.samples)
    card = demo.card
    assert card.learnt_from and card.never_for and card.licence and len(card.weak_at) >= 2
    assert any(sample.fails for sample in demo.samples), "no example of a real mistake"
    assert set(demo.changes) <= set(CHANGES) and demo.changes
    assert all(CHANGES[key].kind == demo.inputs[0].kind for key in demo.changes)


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_the_demo_has_its_page_its_tests_and_its_figures(demo: Demo) -> None:
    assert (ROOT / "pages" / f"{demo.name}.py").exists()
    assert (ROOT / "tests" / f"test_{demo.name}.py").exists()
    folder = demo_folder(demo.name)
    assert (folder / "evaluate.py").exists()
    measured = {figure.method for figure in read_figures(folder)}
    assert {demo.method("classical").key, demo.method("deep").key} <= measured


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_figures_say_how_they_were_measured(demo: Demo) -> None:
    for figure in read_figures(demo_folder(demo.name)):
        for field in dataclasses.fields(Figure):
            if field.name not in ("low", "high", "note", "setup"):
                assert getattr(figure, field.name) not in ("", None), f"{figure.method}: no {field.name}"
        assert figure.command.startswith(f"python -m demos evaluate {demo.name}")
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", figure.date) and figure.items > 0
        assert figure.method in {m.key for m in demo.methods}


@pytest.mark.parametrize(("demo", "method"), METHODS, ids=name_of)
def test_weights_are_described(demo: Demo, method: Method) -> None:
    for row in method.weights:
        assert row.license and row.source and row.size_mb > 0
        for file in row.files:
            if row.tier != "hub" or row.revision:
                assert re.fullmatch(r"[0-9a-f]{64}", file.sha256), f"{row.name}/{file.name}: no digest"


@pytest.mark.parametrize(("demo", "method"), METHODS, ids=name_of)
def test_bundled_weights_are_what_the_card_says(demo: Demo, method: Method) -> None:
    for row in (row for row in method.weights if row.tier == "bundled"):
        for file in row.files:
            (part,) = file.parts
            path = demo_folder(demo.name) / part
            assert path.suffix in (".safetensors", ".json", ".onnx") and path.stat().st_size < 20e6
            assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_samples_can_be_read_and_say_whose_they_are(demo: Demo) -> None:
    for sample in demo.samples:
        given = sample_inputs(demo, sample)
        assert set(given) >= {item.name for item in demo.inputs} and sample.source and sample.title
        for item in demo.inputs:
            item.read(given[item.name])


def sample_runs() -> list[tuple[Demo, Method, Sample]]:
    return [(demo, method, sample) for demo, method in READY for sample in demo.samples[:2]]


@pytest.mark.parametrize(("demo", "method", "sample"), sample_runs(), ids=name_of)
def test_every_method_answers_samples_with_the_declared_kind(demo: Demo, method: Method, sample: Sample,
                                                             engine: InlineEngine) -> None:
    answer = engine.submit(demo.name, method.key, sample_inputs(demo, sample)).result()
    assert type(answer.result) is demo.result
    assert answer.result.as_json()["type"] == demo.result.__name__
    assert answer.seconds > 0 and answer.device


@pytest.mark.parametrize(("demo", "method"), READY, ids=name_of)
def test_asking_twice_gives_the_same_and_changes_nothing(demo: Demo, method: Method, engine: InlineEngine) -> None:
    model = engine.load(demo.name, method.key)
    before = fingerprint(model)
    given = sample_inputs(demo, demo.samples[0])
    first, second = (engine.submit(demo.name, method.key, given).result().result.as_json() for _ in range(2))
    assert first == second
    assert fingerprint(model) == before, "predict wrote to the model"


def fingerprint(model: object) -> dict[str, str]:
    """What a model's own plain attributes and arrays hold; libraries' objects by identity."""
    def one(value: object) -> str:
        if isinstance(value, np.ndarray):
            return hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
        return repr(value) if isinstance(value, (int, float, str, bool, tuple)) else str(id(value))
    return {name: one(value) for name, value in getattr(model, "__dict__", {}).items()}


@pytest.mark.parametrize(("demo", "method"), READY, ids=name_of)
def test_explanations_are_views_with_a_sentence(demo: Demo, method: Method, engine: InlineEngine) -> None:
    model = engine.load(demo.name, method.key)
    if not hasattr(model, "explain"):
        assert method.family == "classical", "a deep method shows what it looked at"
        return
    views = engine.submit(demo.name, method.key, sample_inputs(demo, demo.samples[0]), want="explain").result().views
    assert views and all(isinstance(view, View) for view in views)
    assert len({view.key for view in views}) == len(views)
    for view in views:
        assert view.title and view.sentence.rstrip().endswith((".", "?")), view.key


def test_adding_a_demo_is_one_folder() -> None:
    folders = {p.parent.name for p in Path(ROOT / "demos").glob("*/__init__.py")} - {"lessons", "reading"}
    assert folders == {demo.name for demo in DEMOS}
