"""The Adult income data (US census 1994): a table in which sex is known, to see how a threshold treats two groups."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from demos.errors import BadInput
from demos.inputs import ChoiceInput, NumberInput
from demos.tabular_fields import Field, Schema

SEXES, AGES, YOUNG = ("women", "men"), ("up to 35 years old", "older than 35"), 35
WORKCLASS = ("Private", "Self-emp-not-inc", "Self-emp-inc", "Federal-gov", "Local-gov", "State-gov", "Without-pay",
             "Never-worked", "?")
MARITAL = ("Married-civ-spouse", "Divorced", "Never-married", "Separated", "Widowed", "Married-spouse-absent",
           "Married-AF-spouse")
OCCUPATION = ("Tech-support", "Craft-repair", "Other-service", "Sales", "Exec-managerial", "Prof-specialty",
              "Handlers-cleaners", "Machine-op-inspct", "Adm-clerical", "Farming-fishing", "Transport-moving",
              "Priv-house-serv", "Protective-serv", "Armed-Forces", "?")


def _choice(name: str, options: tuple[str, ...]) -> Field:
    return Field(ChoiceInput(name, name, options=tuple((option, option) for option in options), default=options[0]), "")


def _number(name: str, high: float, usual: float, log: bool = False) -> Field:
    return Field(NumberInput(name, name, low=0, high=high, default=usual), "", log=log)


# `relationship` would tell sex by itself (husband, wife); `race` and the country are not told to any model here
SCHEMA = Schema((_number("age", 120, 37), _choice("workclass", WORKCLASS), _number("education-num", 16, 10),
                 _choice("marital-status", MARITAL), _choice("occupation", OCCUPATION),
                 _number("capital-gain", 1e6, 0, log=True), _number("capital-loss", 1e5, 0, log=True),
                 _number("hours-per-week", 168, 40), _choice("sex", ("Female", "Male"))),
                ("earns more than 50,000 dollars", "earns less"), "earns more than 50,000 dollars")


def read_adult(path: Path, limit: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Rows `(n, F)` and whether each person earned more than 50,000 dollars `(n,)` 0 or 1.

    Raises FileNotFoundError, or BadInput for a file that is not as in the UCI archive (with a line of headings).
    """
    with path.open(newline="") as file:
        table = list(csv.DictReader(file, skipinitialspace=True))[:limit]
    refused = BadInput(f"{path.name} should be the Adult table of the UCI archive, with a line of headings.")
    if not table:
        raise refused
    try:
        rows = np.array([[field.code(line[field.name]) for field in SCHEMA.fields] for line in table])
        return rows, np.array([int(line["classification"].startswith(">")) for line in table])
    except (KeyError, BadInput, AttributeError):
        raise refused from None


def by_sex(rows: np.ndarray) -> np.ndarray:
    """Which of SEXES each row `(n, F)` belongs to."""
    return rows[:, SCHEMA.place("sex")].astype(int)


def by_age(rows: np.ndarray) -> np.ndarray:
    """Which of AGES each row `(n, F)` belongs to."""
    return (rows[:, SCHEMA.place("age")] > YOUNG).astype(int)
