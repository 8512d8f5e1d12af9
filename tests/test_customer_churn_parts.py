"""The churn methods before their page: the sample is read rightly, and the stored models answer as the words say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from conftest import ROOT
from demos.customer_churn import classical, deep
from demos.customer_churn.data import Customers, by_age, price_follows, read_customers
from demos.customer_churn.fields import SCHEMA
from demos.customer_churn.words import SAMPLES
from demos.errors import BadInput
from demos.tabular_models import TabularModel

KEYS = ("logistic", "boosting", "tree", "network")
NAMES = ("customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,"
         "OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod,"
         "MonthlyCharges,TotalCharges,Churn")
# made-up people
WITH = "1,Female,1,Yes,No,30,Yes,Yes,Fiber optic,Yes,No,Yes,No,Yes,No,Two year,No,Mailed check,88.5,2655,Yes"
WITHOUT = ("2,Male,0,No,Yes,0,Yes,No,No,No internet service,No internet service,No internet service,No internet service,"
           "No internet service,No internet service,One year,Yes,Credit card (automatic),20,  ,No")
NO_PHONE = "3,Male,0,No,Yes,5,No,No phone service,DSL,No,No,No,No,No,No,Month-to-month,Yes,Electronic check,25,125,No"


@lru_cache(maxsize=None)
def model(key: str) -> TabularModel:
    path = ROOT / "demos" / "customer_churn" / "weights" / f"{key}.safetensors"
    return (deep if key == "network" else classical).load(path, "cpu")


def chance(key: str, **answers: object) -> float:
    return float(model(key).chances(SCHEMA.row(answers)[None])[0])


def customers(folder: Path, *lines: str) -> Customers:
    (folder / "telco_churn.csv").write_text("\n".join(lines) + "\n")
    return read_customers(folder)


def test_customers_are_read(tmp_path: Path) -> None:
    found = customers(tmp_path, NAMES, WITH, WITHOUT, NO_PHONE)
    said = [{field.name: field.value(code) for field, code in zip(SCHEMA.fields, row)} for row in found.rows]
    assert said[0] == {"tenure": 30, "contract": "two_years", "payment": "mailed", "paperless": "no", "lines": "several",
                       "internet": "fibre", "security": "yes", "backup": "no", "protection": "yes", "support": "no",
                       "television": "yes", "films": "no", "senior": "yes", "partner": "yes", "dependents": "no"}
    assert said[1]["internet"] == "none" and said[1]["tenure"] == 0 and said[1]["security"] == "no"
    assert said[2]["lines"] == "none" and said[2]["internet"] == "dsl"
    assert found.left.tolist() == [1, 0, 0] and found.sex.tolist() == [0, 1, 1] and found.price.tolist() == [88.5, 20, 25]
    assert by_age(found.rows).tolist() == [1, 0, 0]


@pytest.mark.parametrize("lines", [("",), (NAMES.replace("Churn", "Left"), WITH), (NAMES, WITH.replace("DSL", "").replace(
    "Fiber optic", "Carrier pigeon")), (NAMES, "1,Female"), (NAMES, WITH.replace(",30,", ",long,"))])
def test_another_table_is_refused_in_words(lines: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="telco_churn.csv"):
        customers(tmp_path, *lines)


def test_prices_that_are_a_sum_of_services_are_found_out() -> None:
    chance = np.random.default_rng(0)
    rows = SCHEMA.settled(np.stack([chance.integers(0, len(field.options) or 73, 300) for field in SCHEMA.fields], axis=1))
    services = 20 + 25 * rows[:, SCHEMA.place("internet")] + 5 * rows[:, SCHEMA.place("security")]
    noise, none = chance.normal(size=300) * 10, np.zeros(300, int)
    assert price_follows(Customers(rows, none, none, services)) == pytest.approx(1)
    assert price_follows(Customers(rows, none, none, noise)) < 0.2


@pytest.mark.parametrize("key", KEYS)
def test_every_method_knows_the_faithful_from_the_fresh(key: str) -> None:
    answers = {sample.key: model(key).predict(**sample.inputs) for sample in SAMPLES}
    assert answers["faithful"].names[0] == "stays" and answers["faithful"].scores[0] > 0.85
    assert answers["fresh"].names[0] == "leaves"


@pytest.mark.parametrize("key", ("logistic", "boosting", "network"))
def test_a_longer_contract_goes_with_staying(key: str) -> None:
    month, year, two = (chance(key, contract=contract) for contract in ("month", "year", "two_years"))
    assert month > year > two


def test_nobody_is_a_customer_of_nothing_and_extras_need_the_internet() -> None:
    with pytest.raises(BadInput, match="telephone line, or internet"):
        model("logistic").predict(internet="none", lines="none")
    assert chance("logistic", internet="none", films="yes") == chance("logistic", internet="none")


@pytest.mark.parametrize("key", KEYS)
def test_what_would_keep_a_customer_is_in_reach_and_reasons_add_up(key: str) -> None:
    fresh = next(sample for sample in SAMPLES if sample.key == "fresh").inputs
    found = model(key).ways(**fresh)
    assert found.ways and (found.shares < 0.5).all() and found.now >= 0.5
    for way in found.ways:
        assert all(SCHEMA.fields[SCHEMA.place(name)].reach for name, *_ in way)
    everything = {field.name: field.options[0] if field.input.preset != field.options[0] else field.options[1]
                  for field in SCHEMA.fields if field.options}
    pushes = model(key).explain(**everything | {"tenure": 3, "internet": "dsl"})[-1].result
    assert len(pushes.strongest()) > (2 if key == "tree" else 9)
    assert pushes.start + float(pushes.shares.sum()) == pytest.approx(pushes.end, abs=1e-4)


def test_the_mistake_of_the_ordinary_sample_is_there() -> None:
    assert chance("logistic", paperless="no") < chance("logistic", paperless="yes") - 0.02
