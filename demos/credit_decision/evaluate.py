"""Measures all methods on the German credit data by nested cross-validation, and how thresholds treat people by age and sex.

Sex cannot be told from the German data (its code A92 stands for women who were not single and for single men), so what
a threshold does to women and men is measured on the Adult income data, with and without telling the model who is what.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.credit_decision import adult
from demos.credit_decision.data import AGES, by_age, read_loans
from demos.credit_decision.fields import SCHEMA
from demos.credit_decision.train import RECIPES
from demos.figures import Figure, machine, today
from demos.tabular_fields import Schema
from demos.tabular_measures import NESTED, Recipe, fit, judged, out_of_fold, speed
from demos.tabular_outcomes import Outcomes, count, write_outcomes
from demos.tabular_train import recipes

LOANS = "German credit, 1,000 loans of 1973 to 1975"
INCOMES = "Adult, people in the US census of 1994, its test part"
BLIND = {"age": "without being told the age", "sex": "without being told the sex"}
MANY_BAD = ("On this copy of the UCI file, with the meaning of its codes as corrected by Grömping (2019). Loans that were "
            "not paid back were collected on purpose: 300 of 1,000, far more than a bank has. Whoever always says “pays "
            "back” is right 70 times in 100.")
HELD = ("Learnt from adult.data with settings that were fixed beforehand, measured on adult.test, which was read once. "
        "It says who earned more than 50,000 dollars; nobody applied for anything.")
ADULT = tuple(recipe for recipe in recipes((100,), (4,), (1.0,)) if recipe.key != "tree")  # set beforehand, not chosen


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Right answers, AUC, calibration and time on the loans; right answers and AUC on the incomes, told the sex or not.

    `limit` takes the first so many rows; `load` gives the model of a method's key. Raises FileNotFoundError for a folder
    without german.data, adult.data and adult.test, BadInput for other tables.
    """
    about = {"date": today(), "command": command, "machine": machine()}
    figures, blind = [], SCHEMA.without("age")
    rows, truth = loans(data, limit)
    rival, rival_blind = (guessed("logistic", data, schema, limit) for schema in (SCHEMA, blind))
    about_loans = {**about, "data": LOANS, "things": "loans", "note": f"{MANY_BAD} {NESTED}"}
    for key in methods:
        chances = guessed(key, data, SCHEMA, limit)
        figures += judged(key, chances, truth, None if key == "logistic" else rival, **about_loans)
        figures.append(speed(key, load(key), SCHEMA, rows, **about_loans))
        figures += judged(key, guessed(key, data, blind, limit), truth, None if key == "logistic" else rival_blind,
                          setup=BLIND["age"], **about_loans)[:2]
    about_adult = {**about, "data": INCOMES, "things": "people", "note": HELD}
    for recipe in ADULT:
        if recipe.key in methods:
            for setup, schema in (("", adult.SCHEMA), (BLIND["sex"], adult.SCHEMA.without("sex"))):
                chances, (_, truth) = incomes(recipe, data, schema, limit), test_part(data, limit)
                figures += judged(recipe.key, chances, truth, setup=setup, **about_adult)[:2]
    return figures


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """Write outcomes.json: the counts from which a page shows what a threshold does to each group."""
    about = {"date": today(), "command": command, "machine": machine()}
    (rows, truth), found = loans(data, None), []
    for key in methods:
        for setup, schema in (("", SCHEMA), (BLIND["age"], SCHEMA.without("age"))):
            counts = count(guessed(key, data, schema, None), truth, by_age(rows), AGES)
            found.append(Outcomes(LOANS, key, "age", AGES, counts, setup, {**about, "note": f"{MANY_BAD} {NESTED}"}))
    tested, earned = test_part(data, None)
    for recipe in (recipe for recipe in ADULT if recipe.key in methods):
        for setup, schema in (("", adult.SCHEMA), (BLIND["sex"], adult.SCHEMA.without("sex"))):
            chances = incomes(recipe, data, schema, None)
            for by, group, groups in (("sex", adult.by_sex(tested), adult.SEXES), ("age", adult.by_age(tested), adult.AGES)):
                found.append(Outcomes(INCOMES, recipe.key, by, groups, count(chances, earned, group, groups), setup,
                                      {**about, "note": HELD}))
    write_outcomes(folder, found)


@lru_cache(maxsize=2)
def loans(data: Path, limit: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The first so many loans of the folder."""
    rows, truth = read_loans(data)
    return rows[:limit], truth[:limit]


@lru_cache(maxsize=2)
def test_part(data: Path, limit: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The first so many people of the Adult test part."""
    return adult.read_adult(data / "adult.test", limit)


@lru_cache(maxsize=16)  # the figures and what lies beside them are of the same chances
def guessed(key: str, data: Path, schema: Schema, limit: int | None) -> np.ndarray:
    """The cross-validated chances `(n,)` of a method for the loans, told the columns of `schema`."""
    rows, truth = loans(data, limit)
    recipe = next(recipe for recipe in RECIPES if recipe.key == key)
    return out_of_fold(recipe, schema, rows[:, [SCHEMA.place(field.name) for field in schema.fields]], truth)


@lru_cache(maxsize=16)
def incomes(recipe: Recipe, data: Path, schema: Schema, limit: int | None) -> np.ndarray:
    """The chances `(n,)` for the Adult test part, of a method that learnt from its training part."""
    places = [adult.SCHEMA.place(field.name) for field in schema.fields]
    rows, truth = adult.read_adult(data / "adult.data", limit)
    model, _ = fit(recipe, schema, rows[:, places], truth)
    return model.chances(test_part(data, limit)[0][:, places])
