"""The fraud game: known answers, real mistakes, reasons, odd input, a thief's series, what was measured, the stored week."""

from __future__ import annotations

from pathlib import Path

import pytest

from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import classical_wins, comparable, in_hundred, read_figures
from demos.fraud_game import evaluate, week
from demos.fraud_game.moment import BROKEN, INPUTS, WHO, read_series
from demos.fraud_game.payments import write_payments
from demos.fraud_game.simulate import simulate
from demos.fraud_game.verdict import Verdict
from demos.fraud_game.words import TRICK_WORDS
from demos.results import Labels
from demos.tabular_results import Pushes
from demos.text_results import Words

DEMO = get_demo("fraud_game")
KEYS = ("boosting", "gru", "forest")
SAMPLES = {sample.key: sample for sample in DEMO.samples}


def answer(engine: InlineEngine, key: str, **values: object) -> Labels:
    given = {**{one.name: one.preset for one in INPUTS}, **values}
    return engine.submit("fraud_game", key, given).result().result


def stolen(labels: Labels) -> float:
    return float(labels.scores[labels.names.index("stolen")])


# --- answers --------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", KEYS)
def test_a_plain_theft_is_looked_at_and_groceries_are_not(engine: InlineEngine, key: str) -> None:
    theft, groceries = (answer(engine, key, **SAMPLES[name].inputs) for name in ("far", "groceries"))
    assert "people would look at this payment" in theft.note and stolen(theft) > 0.2
    assert "nobody would look" in groceries.note and stolen(groceries) < 0.01
    assert set(theft.names) == {"stolen", "honest"} and theft.scores.sum() == pytest.approx(1)


def test_the_network_and_the_trees_are_sure_of_a_plain_theft(engine: InlineEngine) -> None:
    assert all(answer(engine, key, **SAMPLES["far"].inputs).names[0] == "stolen" for key in ("boosting", "gru"))


def test_the_same_place_is_honest_for_somebody_on_a_journey(engine: InlineEngine) -> None:
    where = {"amount": 120, "shop": "clothes", "hour": 15, "distance": 2230, "minutes": 900}
    for key in ("boosting", "gru"):
        assert stolen(answer(engine, key, customer="david", **where)) < stolen(answer(engine, key, customer="ana", **where)) / 5


def test_the_samples_that_are_said_to_fail_do(engine: InlineEngine) -> None:
    failing = [sample for sample in DEMO.samples if sample.fails]
    assert len(failing) >= 3
    for sample in failing:
        wrong = {key for key in ("boosting", "gru") if answer(engine, key, **sample.inputs).names[0] != sample.expect}
        assert wrong == ({"boosting", "gru"} if sample.fails.startswith("Both") else
                         {"boosting"} if sample.fails.startswith("The boosted trees") else {"gru"}), sample.key


@pytest.mark.parametrize("key", KEYS)
def test_reasons_lead_from_a_usual_payment_to_this_one(engine: InlineEngine, key: str) -> None:
    views = engine.submit("fraud_game", key, dict(SAMPLES["far"].inputs), want="explain").result().views
    assert isinstance(views[0].result, Pushes)
    pushes = views[0].result
    assert pushes.end == pytest.approx(stolen(answer(engine, key, **SAMPLES["far"].inputs)), abs=1e-5)
    assert pushes.start + pushes.shares.sum() == pytest.approx(pushes.end, abs=1e-4)
    assert len(views) == (2 if key == "gru" else 1)
    if key == "gru":
        assert isinstance(views[1].result, Words) and len(views[1].result.words) == 10


@pytest.mark.parametrize(("values", "says"), [
    ({"amount": "1e9"}, "from 1 to 1500"), ({"amount": "nan"}, "from 1 to 1500"), ({"amount": "much"}, "give a number"),
    ({"shop": "bank"}, "choose one of"), ({"customer": "eve"}, "choose one of"), ({"hour": 24}, "from 0 to 23"),
    ({"minutes": 0}, "from 1 to 2880"), ({"iban": "x"}, "no input named iban")])
def test_odd_values_get_a_sentence(engine: InlineEngine, values: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        answer(engine, "gru", **values)


def test_the_edges_of_what_may_be_given_are_answered(engine: InlineEngine) -> None:
    for key in KEYS:
        for customer in WHO:
            for low in (True, False):
                edge = {one.name: one.low if low else one.high for one in INPUTS if one.kind == "number"}
                assert 0 <= stolen(answer(engine, key, customer=customer, shop="online" if low else "cash", **edge)) <= 1


# --- the game -------------------------------------------------------------------------------------

def judge(engine: InlineEngine, key: str, series: str, customer: str = "ana") -> Verdict:
    return engine.submit("fraud_game", key, {"customer": customer, "series": series}, "part", "judge").result().result


@pytest.mark.parametrize("key", KEYS)
def test_a_greedy_thief_is_stopped_and_a_modest_one_is_not(engine: InlineEngine, key: str) -> None:
    greedy = judge(engine, key, "1500, 5, jeweller, 3000")
    assert greedy.stopped and greedy.chance >= greedy.bar and greedy.reasons[0][1] > 0
    modest = judge(engine, key, "10, 720, supermarket, 5")
    assert not modest.stopped


def test_small_test_payments_before_it_make_a_payment_suspicious_to_the_network(engine: InlineEngine) -> None:
    tried = "1, 60, online, 0\n1, 5, online, 0\n150, 60, online, 0"
    alone, after = judge(engine, "gru", "150, 60, online, 0"), judge(engine, "gru", tried)
    assert not alone.stopped and after.stopped and after.chance > 3 * alone.chance
    assert any("before" in reason for reason, _ in after.reasons)
    assert judge(engine, "boosting", tried.replace("150, 60", "150, 5")).chance > 2 * judge(engine, "boosting", tried).chance


def test_a_patient_thief_gets_everything_as_the_card_says(engine: InlineEngine) -> None:
    series = "\n".join(["500, 1440, electronics, 5"] * 10)
    for key in ("boosting", "gru"):
        assert not any(judge(engine, key, "\n".join(series.splitlines()[:count])).stopped for count in range(1, 11))
    assert "5,000 €" in " ".join(DEMO.card.weak_at)


@pytest.mark.parametrize("text", ["hello", "1, 2, 3", "\n".join(["10, 5, online, 0"] * 11), "10; 5; online; 0"])
def test_what_is_no_list_of_payments_gets_a_sentence(engine: InlineEngine, text: str) -> None:
    with pytest.raises(BadInput, match="no list of payments"):
        judge(engine, "boosting", text)
    with pytest.raises(BadInput, match="Shop: please choose"):
        read_series("10, 5, bank, 0")
    assert "ten lines" in BROKEN


# --- what was measured ----------------------------------------------------------------------------

def test_figures_name_all_three_methods_and_who_wins() -> None:
    rows = read_figures(demo_folder("fraud_game"))
    found = {f.method: f for f in rows if f.metric == "average_precision"}
    assert set(found) == set(KEYS) and all(f.items > 250_000 and f.low < f.value < f.high for f in found.values())
    assert found["forest"].value < min(found["boosting"].value, found["gru"].value)
    lead = next(f for f in rows if (f.metric, f.method) == ("lead_over_boosting", "gru"))
    classical, deep = comparable(rows, "boosting", "gru")
    assert lead.value == pytest.approx(deep.value - classical.value, abs=1e-4)
    assert (classical_wins(DEMO) is not None) == (lead.value < 0.01)


def test_the_card_counts_what_was_measured() -> None:
    rows = read_figures(demo_folder("fraud_game"))
    said = " ".join(DEMO.card.weak_at)
    for trick in ("wallet", "till"):
        mine = {f.method: in_hundred(f.value) for f in rows if f.metric == "theft_stopped" and f.setup == TRICK_WORDS[trick]}
        assert f"{mine['boosting']} in 100 by the boosted trees, {mine['gru']} by the network, {mine['forest']} by" in said
    assert "–" not in said


def test_evaluate_measures_a_small_world(tmp_path: Path, engine: InlineEngine) -> None:
    write_payments(simulate(seed=1, customers=1000), tmp_path, 1)
    figures = evaluate.evaluate(tmp_path, lambda key: engine.load("fraud_game", key), KEYS, "test")
    found = {f.method: f.value for f in figures if f.metric == "average_precision"}
    assert found["boosting"] > 0.3 and found["gru"] > 0.3 and found["forest"] < found["boosting"]
    evaluate.write_beside(tmp_path, tmp_path, lambda key: engine.load("fraud_game", key), KEYS, "test")
    assert (tmp_path / "week.safetensors").stat().st_size > 10_000 and '"gru"' in (tmp_path / "curves.json").read_text()


def test_the_stored_week_is_whole_and_the_methods_stop_as_many_as_they_may() -> None:
    one = week.stored()
    assert len(one.case) > 60_000 and set(one.odds) == set(KEYS) and 0.003 < (one.case >= 0).mean() < 0.007
    for odds in one.odds.values():
        assert abs(week.most_suspicious(odds, 100).sum() - 700) < 70, "ties of rounded odds"
    assert week.FILE.stat().st_size < 3e6
