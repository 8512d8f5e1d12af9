"""Measures all methods on the Telco churn sample by nested cross-validation, and how thresholds treat age and sex."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.customer_churn.data import AGES, SEXES, Customers, by_age, price_follows, read_customers
from demos.customer_churn.fields import SCHEMA
from demos.customer_churn.train import RECIPES
from demos.figures import Figure, machine, today
from demos.tabular_measures import NESTED, judged, out_of_fold, speed
from demos.tabular_outcomes import Outcomes, count, write_outcomes

CUSTOMERS = "Telco churn, IBM's sample of 7,043 customers"
INVENTED = ("On this copy of IBM's sample. The company is an invented one: IBM made the table to show its software. Whoever "
            "always says “stays” is right 73 times in 100.")
PRICES = "How far the services alone explain the monthly price: the share of its variance that a plain sum of them explains."


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Right answers, AUC, calibration and time, and how far prices follow from the services.

    `limit` takes the first so many rows; `load` gives the model of a method's key. Raises FileNotFoundError for a folder
    without telco_churn.csv, BadInput for another table.
    """
    about = {"date": today(), "command": command, "machine": machine(), "data": CUSTOMERS, "things": "customers",
             "note": f"{INVENTED} {NESTED}"}
    customers, rival, figures = known(data, limit), guessed("logistic", data, limit), []
    for key in methods:
        figures += judged(key, guessed(key, data, limit), customers.left, None if key == "logistic" else rival, **about)
        figures.append(speed(key, load(key), SCHEMA, customers.rows, **about))
    if "logistic" in methods:
        figures.append(Figure("logistic", "price_explained_by_services", price_follows(customers),
                              items=len(customers.rows), **{**about, "note": PRICES}))
    return figures


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """Write outcomes.json: the counts from which a page shows what a threshold does to each group."""
    about = {"date": today(), "command": command, "machine": machine(), "note": f"{INVENTED} {NESTED}"}
    customers = known(data, None)
    groups = (("sex", customers.sex, SEXES), ("age", by_age(customers.rows), AGES))
    write_outcomes(folder, [
        Outcomes(CUSTOMERS, key, by, names, count(guessed(key, data, None), customers.left, group, names), "", about)
        for key in methods for by, group, names in groups])


@lru_cache(maxsize=2)
def known(data: Path, limit: int | None) -> Customers:
    """The first so many customers of the folder."""
    whole = read_customers(data)
    return Customers(whole.rows[:limit], whole.left[:limit], whole.sex[:limit], whole.price[:limit])


@lru_cache(maxsize=8)  # the figures and what lies beside them are of the same chances
def guessed(key: str, data: Path, limit: int | None) -> np.ndarray:
    """The cross-validated chances `(n,)` of a method."""
    customers = known(data, limit)
    recipe = next(recipe for recipe in RECIPES if recipe.key == key)
    return out_of_fold(recipe, SCHEMA, customers.rows, customers.left)
