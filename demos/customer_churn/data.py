"""Reads the Telco churn sample (telco_churn.csv), and measures how far its prices follow from the services."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.customer_churn.fields import COLUMNS, SCHEMA
from demos.errors import BadInput
from demos.tabular_linear import one_hot

SEXES, AGES = ("women", "men"), ("younger than 65", "65 or older")
NO_INTERNET = "No internet service"


@dataclass(frozen=True)
class Customers:
    """Rows `(n, F)`, whether each left `(n,)`, which of SEXES each is `(n,)`, and the monthly prices `(n,)` in dollars."""

    rows: np.ndarray
    left: np.ndarray
    sex: np.ndarray
    price: np.ndarray


def read_customers(folder: Path) -> Customers:
    """All customers of telco_churn.csv. Raises FileNotFoundError, or BadInput for another table."""
    with (folder / "telco_churn.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    refused = BadInput("telco_churn.csv should be IBM's Telco churn sample, with its line of headings.")
    if not table:
        raise refused
    try:
        rows = np.array([[_code(line, field.name) for field in SCHEMA.fields] for line in table])
        return Customers(SCHEMA.settled(rows), np.array([int(line["Churn"] == "Yes") for line in table]),
                         np.array([int(line["gender"] == "Male") for line in table]),
                         np.array([float(line["MonthlyCharges"]) for line in table]))
    except (KeyError, ValueError, TypeError):
        raise refused from None


def _code(line: dict[str, str], name: str) -> float:
    column, codes = COLUMNS[name]
    cell = line[column]
    if not codes:
        return float(cell)
    return 0.0 if cell == NO_INTERNET else float(codes.index(cell))


def by_age(rows: np.ndarray) -> np.ndarray:
    """Which of AGES each row `(n, F)` belongs to."""
    return rows[:, SCHEMA.place("senior")].astype(int)


def price_follows(customers: Customers) -> float:
    """The share of the differences in price that the services explain (R squared of a straight sum of them)."""
    services = [field.name for field in SCHEMA.fields if field.options and field.group != "The person"]
    part = SCHEMA.without(*(field.name for field in SCHEMA.fields if field.name not in services))
    columns = np.concatenate([one_hot(part, customers.rows[:, [SCHEMA.place(name) for name in services]]),
                              np.ones((len(customers.rows), 1))], axis=1)
    fitted = columns @ np.linalg.lstsq(columns, customers.price, rcond=None)[0]
    return float(1 - ((customers.price - fitted) ** 2).sum() / ((customers.price - customers.price.mean()) ** 2).sum())
