"""The credit methods before their page: data is read as corrected, and the stored models answer as the words say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from demos.credit_decision import adult, classical, deep
from demos.credit_decision.data import AGES, by_age, read_loans
from demos.credit_decision.fields import SCHEMA
from demos.credit_decision.words import SAMPLES
from demos.errors import BadInput
from demos.tabular_models import TabularModel

KEYS = ("logistic", "boosting", "tree", "network")
# the first two lines' shape, with made-up answers
LINE = "A14 24 A34 A49 3000 A63 A75 2 A93 A103 4 A124 45 A143 A153 2 A173 1 A192 A201 1"


@lru_cache(maxsize=None)
def model(key: str) -> TabularModel:
    path = ROOT / "demos" / "credit_decision" / "weights" / f"{key}.safetensors"
    return (deep if key == "network" else classical).load(path, "cpu")


def chance(key: str, **answers: object) -> float:
    return float(model(key).chances(SCHEMA.row(answers)[None])[0])


def loans(folder: Path, *lines: str) -> tuple[np.ndarray, np.ndarray]:
    (folder / "german.data").write_text("\n".join(lines) + "\n")
    return read_loans(folder)


def test_codes_are_read_as_they_were_corrected(tmp_path: Path) -> None:
    rows, paid = loans(tmp_path, "", LINE, LINE[:-1] + "2")
    said = {field.name: field.value(code) for field, code in zip(SCHEMA.fields, rows[0])}
    assert said == {"amount": 3000, "duration": 24, "purpose": "training", "rate": "much", "others": "guarantor",
                    "status": "good", "savings": "some", "history": "paid", "plans": "none", "property": "house",
                    "work": "longest", "job": "skilled", "housing": "own", "age": 45}
    assert paid.tolist() == [1, 0]


@pytest.mark.parametrize(("code", "purpose"), [("A40", "other"), ("A46", "repairs"), ("A48", "holiday"), ("A410", "business")])
def test_purposes_are_those_of_their_codes(code: str, purpose: str, tmp_path: Path) -> None:
    rows, _ = loans(tmp_path, LINE.replace("A49", code))
    field = SCHEMA.fields[place := SCHEMA.place("purpose")]
    assert field.value(rows[0, place]) == purpose


@pytest.mark.parametrize("bad", ["", "A14 24", LINE.replace("A49", "A47"), LINE.replace("A14 ", "A15 "),
                                 LINE.replace(" 24 ", " many ")])
def test_another_table_is_refused_in_words(bad: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="german.data"):
        loans(tmp_path, bad)


def test_ages_are_parted_above_25(tmp_path: Path) -> None:
    rows, _ = loans(tmp_path, LINE.replace(" 45 ", " 25 "), LINE.replace(" 45 ", " 26 "))
    assert [AGES[i] for i in by_age(rows)] == ["up to 25 years old", "older than 25"]


def test_the_income_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "adult.data"
    names = ("age, workclass, fnlwgt, education, education-num, marital-status, occupation, relationship, race, sex, "
             "capital-gain, capital-loss, hours-per-week, native-country, classification")
    people = ["36, Private, 1, HS-grad, 9, Divorced, Sales, Unmarried, White, Female, 0, 10, 38, ?, >50K",
              "35, ?, 1, 7th-8th, 4, Widowed, ?, Husband, Black, Male, 5000, 0, 60, Cuba, <=50K"]
    path.write_text("\n".join([names, *people, ""]))
    rows, rich = adult.read_adult(path)
    assert rows.shape == (2, 9) and rich.tolist() == [1, 0]
    assert adult.by_sex(rows).tolist() == [0, 1] and adult.by_age(rows).tolist() == [1, 0]
    for bad in (names.replace("sex", "gender"), names + "\n1, Robot" + ", 1" * 13, names + "\n36, Private"):
        path.write_text("\n".join([bad, *people]))
        with pytest.raises(BadInput, match="adult.data"):
            adult.read_adult(path)


@pytest.mark.parametrize("key", KEYS)
def test_every_method_knows_a_safe_loan_from_a_risky_one(key: str) -> None:
    answers = {sample.key: model(key).predict(**sample.inputs) for sample in SAMPLES}
    assert answers["family"].names[0] == "pays back" and answers["family"].scores[0] > 0.9
    assert answers["shop"].names[0] == "does not pay back" and answers["late"].names[0] == "does not pay back"


@pytest.mark.parametrize("key", ("logistic", "boosting", "network"))
def test_the_corrected_codes_make_sense_of_the_current_account(key: str) -> None:
    none, below, low, good = (chance(key, status=status) for status in ("none", "below", "low", "good"))
    assert none < below < low < good


def test_the_mistakes_of_the_samples_are_there() -> None:
    owner = next(sample for sample in SAMPLES if sample.key == "owner").inputs
    for key in ("logistic", "network"):
        assert chance(key, **owner) < chance(key, **{**owner, "property": "none"})
    careful = next(sample for sample in SAMPLES if sample.key == "careful").inputs
    for key in ("logistic", "boosting", "network"):
        by_rate = [chance(key, **{**careful, "rate": rate}) for rate in ("most", "much", "some", "little")]
        assert min(by_rate) == by_rate[-1]
    assert chance("boosting", status="low", amount=1_000) < chance("boosting", status="low", amount=2_000)


@pytest.mark.parametrize("key", KEYS)
def test_what_would_change_the_answer_does_so_and_is_in_reach(key: str) -> None:
    shop = next(sample for sample in SAMPLES if sample.key == "shop").inputs
    found = model(key).ways(**shop)
    assert found.ways
    for way, share in zip(found.ways, found.shares):
        assert share >= 0.5 > found.now and 1 <= len(way) <= 3
        for name, _, _, _ in way:
            assert SCHEMA.fields[SCHEMA.place(name)].reach, f"nobody can change {name}"


@pytest.mark.parametrize("key", KEYS)
def test_reasons_add_up_even_where_every_answer_differs(key: str) -> None:
    answers = {field.name: field.value(len(field.options) - 1) if field.options else field.input.high
               for field in SCHEMA.fields}
    answers |= {"status": "none", "plans": "bank"}
    pushes = model(key).explain(**answers)[-1].result
    assert pushes.start + float(pushes.shares.sum()) == pytest.approx(pushes.end, abs=1e-4)


def test_odd_values_are_refused_in_words() -> None:
    for given, words in (({"age": 7}, "from 18 to 80"), ({"amount": "a million"}, "give a number"),
                         ({"status": "<script>"}, "choose one of"), ({"duration": float("inf")}, "from 4 to 72")):
        with pytest.raises(BadInput, match=words):
            model("logistic").predict(**given)


def made_up(folder: Path, count: int = 60) -> Path:
    """Tables of the right form, by chance: loans, and people of the census."""
    chance = np.random.default_rng(0)
    cells = LINE.split()
    lines = []
    for _ in range(count):
        cells[0], cells[1], cells[12], cells[20] = (f"A1{chance.integers(1, 5)}", str(chance.integers(4, 73)),
                                                    str(chance.integers(19, 76)), str(1 + chance.integers(2)))
        lines.append(" ".join(cells))
    (folder / "german.data").write_text("\n".join(lines))
    names = "age,workclass,education-num,marital-status,occupation,sex,capital-gain,capital-loss,hours-per-week,classification"
    for part in ("adult.data", "adult.test"):
        people = [f"{chance.integers(17, 90)}, Private, {chance.integers(1, 17)}, Divorced, Sales, "
                  f"{('Male', 'Female')[chance.integers(2)]}, 0, 0, 40, {('<=50K', '>50K')[chance.integers(2)]}"
                  for _ in range(count)]
        (folder / part).write_text("\n".join([names, *people]))
    return folder


def test_what_is_measured_is_complete_and_counts_everybody(tmp_path: Path) -> None:
    from demos.credit_decision.evaluate import evaluate, write_beside
    from demos.tabular_outcomes import mistakes, read_outcomes

    asked = {"data": made_up(tmp_path), "load": model, "methods": ("logistic", "tree"), "command": "none"}
    figures = evaluate(**asked)  # type: ignore[arg-type]
    assert {figure.method for figure in figures} == {"logistic", "tree"}
    measured = {"accuracy", "pairs_ordered", "chances_off", "lead_over_logistic", "milliseconds_each"}
    assert {figure.metric for figure in figures} == measured
    assert {figure.setup for figure in figures} == {"", "without being told the age", "without being told the sex"}
    assert all(figure.items == 60 and figure.note and figure.data for figure in figures)
    write_beside(tmp_path, **asked)  # type: ignore[arg-type]
    counted = read_outcomes(tmp_path)
    assert {(one.data[:5], one.by) for one in counted} == {("Germa", "age"), ("Adult", "sex"), ("Adult", "age")}
    assert all(np.array(one.counts).sum() == 60 for one in counted)
    told = mistakes(tmp_path, ("logistic", "tree", "network"), "age", SCHEMA.outcomes, "loans")
    assert len(told) == 2 and told[0].startswith("Logistic regression said “pays back” of") and "loans" in told[0]
