"""The lesson on data and computing: curves that were measured, products that are timed, models with their sources."""

from __future__ import annotations

import numpy as np
import pytest

from demos.lessons.curves import Curve, curves
from demos.lessons.known_models import MODELS, powers
from demos.products import Timed, time_product


@pytest.mark.parametrize("name", ["spam", "churn", "digits", "pictures"])
def test_a_curve_rises_and_its_middle_lies_within_its_range(name: str) -> None:
    curve = curves()[name]
    assert list(curve.counts) == sorted(curve.counts) and len(curve.counts) >= 6
    for family in ("classical", "deep"):
        low, middle, high = (part[family] for part in (curve.low, curve.middle, curve.high))
        assert (low <= middle).all() and (middle <= high).all() and (low > 0).all() and (high <= 1).all()
        assert middle[-1] > middle[0]


def test_between_two_counts_a_curve_lies_between_them_and_crosses_where_it_must() -> None:
    both = {"classical": np.array([0.5, 0.6]), "deep": np.array([0.4, 0.8])}
    curve = Curve(np.array([10.0, 1000.0]), both, both, both)
    assert curve.at(100) == pytest.approx({"classical": 0.55, "deep": 0.6})
    assert curve.crossings == [round(10 ** (1 + 2 / 3))]
    assert Curve(curve.counts, {**both, "deep": both["classical"] + 0.1}, both, both).crossings == []


def test_what_the_lesson_says_of_its_curves_holds() -> None:
    digits, churn, spam = (curves()[name] for name in ("digits", "churn", "spam"))
    assert digits.middle["classical"][0] > digits.middle["deep"][0] and digits.middle["deep"][-1] > digits.middle["classical"][-1]
    assert (churn.middle["deep"] - churn.middle["classical"] < 0.01).all()
    assert (spam.middle["deep"] <= spam.middle["classical"]).all()
    assert (curves()["pictures"].middle["deep"] > curves()["pictures"].middle["classical"]).all()


def test_a_product_is_timed_and_larger_ones_take_longer() -> None:
    small, large = time_product(64, "cpu"), time_product(1024, "cpu")
    assert small.operations == 2 * 64**3 and 0 < small.seconds < large.seconds
    with pytest.raises(ValueError):
        Timed(0, 1.0, "cpu")


def test_models_have_sources_and_stand_on_the_scale() -> None:
    assert len({model.name for model in MODELS}) == len(MODELS)
    for model in MODELS:
        assert model.source and model.read and 0 <= powers(model.weights) <= 1


def test_what_a_training_took_names_who_says_so_and_the_lesson_tells_the_truth_about_it() -> None:
    told = [model for model in MODELS if model.energy or model.carbon]
    assert len(told) >= 10 and all("arXiv" in model.source for model in told)
    found = {model.name: model for model in MODELS}
    assert max(MODELS, key=lambda model: model.weights).name == "GShard, largest"

    def tons(name: str) -> float:
        return float(found[name].carbon.split(" t")[0].replace(",", ""))

    def energy(name: str) -> float:
        return float(found[name].energy.split(" MWh")[0].replace(",", ""))

    assert energy("GShard, largest") < energy("Meena") < energy("BLOOM") < energy("GPT-3")
    assert tons("BLOOM") < 0.1 * tons("GPT-3") and tons("BLOOM") < 0.2 * tons("LLaMA, largest")
    assert energy("BLOOM") == pytest.approx(energy("LLaMA, largest"), rel=0.1), "the same energy, another amount of carbon dioxide"
