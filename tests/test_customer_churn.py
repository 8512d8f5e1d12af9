"""Churn: known answers, real mistakes, answers that cannot go together, and figures that agree with the counts."""

from __future__ import annotations

import numpy as np
import pytest

from demos import demo_folder, get_demo
from demos.customer_churn.words import TOLD
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import read_figures
from demos.tabular_outcomes import STEPS, read_outcomes

DEMO = get_demo("customer_churn")
KEYS = [method.key for method in DEMO.methods]
SAMPLES = {sample.key: dict(sample.inputs) for sample in DEMO.samples}
CURVED = [key for key in KEYS if key != "tree"]


def chance(engine: InlineEngine, key: str, **answers: object) -> float:
    """The chance of leaving, by a method, through the engine."""
    labels = engine.submit(DEMO.name, key, answers).result().result
    return dict(zip(labels.names, map(float, labels.scores)))["leaves"]


@pytest.mark.parametrize("key", KEYS)
def test_ready_made_customers_are_judged_as_known(engine: InlineEngine, key: str) -> None:
    of = {name: chance(engine, key, **inputs) for name, inputs in SAMPLES.items()}
    assert of["fresh"] > 0.5 and of["films"] > 0.5
    assert of["faithful"] < 0.1 and of["telephone"] < 0.1 and of["switch"] < 0.5


@pytest.mark.parametrize("key", CURVED)
def test_the_samples_that_are_said_to_fail_do(engine: InlineEngine, key: str) -> None:
    assert {sample.key for sample in DEMO.samples if sample.fails} == {"ordinary", "films"}
    ordinary, films = SAMPLES["ordinary"], SAMPLES["films"]
    assert chance(engine, key, **ordinary) > chance(engine, key, **{**ordinary, "paperless": "no"}) + 0.05
    assert chance(engine, key, **films) > chance(engine, key, **{**films, "television": "no", "films": "no"}) + 0.05
    assert chance(engine, "tree", **films) == chance(engine, "tree", **{**films, "television": "no", "films": "no"})


def test_neither_internet_nor_telephone_is_refused_by_every_method_and_part(engine: InlineEngine) -> None:
    nothing = {**SAMPLES["ordinary"], "internet": "none", "lines": "none"}
    for key in KEYS:
        for want, part in (("answer", ""), ("explain", ""), ("part", "ways")):
            with pytest.raises(BadInput, match="at least one of them"):
                engine.submit(DEMO.name, key, nothing, want, part).result()


def test_staying_longer_and_shorter_turns_answers_round(engine: InlineEngine) -> None:
    newer = engine.submit(DEMO.name, "network", SAMPLES["ordinary"], "sweep", "newer_customer").result()
    assert newer.steps[0].look.preview == b"Customer for: 29 months" and newer.steps[-1].look.preview == b"Customer for: 0 months"
    assert newer.steps[0].same and not newer.steps[-1].same and not any(step.error for step in newer.steps)
    older = engine.submit(DEMO.name, "network", SAMPLES["fresh"], "sweep", "older_customer").result()
    assert older.steps[-1].look.preview == b"Customer for: 62 months" and not older.steps[-1].same


def test_what_would_have_kept_them_is_within_reach(engine: InlineEngine) -> None:
    for key in KEYS:
        found = engine.submit(DEMO.name, key, {**SAMPLES["fresh"], "bar": 0.5}, "part", "ways").result().result
        assert found.ways and (found.shares < 0.5).all() and found.now >= 0.5
        assert not {name for way in found.ways for name, *_ in way} & {"tenure", "senior", "partner", "dependents", "lines"}


def test_figures_agree_with_the_counts_that_the_page_moves() -> None:
    figures = {(f.method, f.metric): f for f in read_figures(demo_folder(DEMO.name))}
    counted = read_outcomes(demo_folder(DEMO.name))
    assert {(one.method, one.by) for one in counted} == {(key, by) for key in KEYS for by in ("sex", "age")}
    for one in counted:
        counts, accuracy = np.array(one.counts), figures[one.method, "accuracy"]
        right = counts[:, 0, :STEPS // 2].sum() + counts[:, 1, STEPS // 2:].sum()
        assert counts.sum() == accuracy.items == 7043 and right / accuracy.items == pytest.approx(accuracy.value, abs=1e-4)
    assert figures["logistic", "price_explained_by_services"].value > 0.9, "so that the price is left out"


def test_what_the_words_say_of_the_groups_was_counted() -> None:
    assert [groups.by for groups in TOLD.groups] == ["sex", "age"]
    left = {}
    for one in read_outcomes(demo_folder(DEMO.name)):
        counts = np.array(one.counts)
        left[one.by] = [counts[group, 1].sum() / counts[group].sum() for group in (0, 1)]
    assert left["sex"][0] == pytest.approx(left["sex"][1], abs=0.02) and left["age"][1] > left["age"][0] + 0.1
    assert "said “leaves” of" in " ".join(DEMO.card.weak_at)
