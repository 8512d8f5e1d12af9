"""Reads the German credit data (german.data, as the UCI archive has it)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.credit_decision.fields import COLUMNS, OUTCOME, PAID, SCHEMA, UNUSED
from demos.errors import BadInput

WIDTH = 21
YOUNG = 25  # years: the border that studies of this data use (Kamiran and Calders 2009)
AGES = (f"up to {YOUNG} years old", f"older than {YOUNG}")


def read_loans(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Rows `(n, F)` and whether each was paid back `(n,)` 0 or 1.

    Raises FileNotFoundError without german.data, BadInput for lines that are not as in the archive.
    """
    lines = [line.split() for line in (folder / "german.data").read_text().splitlines() if line.strip()]
    if not lines or any(len(line) != WIDTH for line in lines):
        raise BadInput("german.data should hold lines of 21 columns, as in the UCI archive.")
    try:
        rows = np.array([[_number(line, field.name) for field in SCHEMA.fields] for line in lines])
    except ValueError:
        raise BadInput("german.data holds a code that is not in its code table.") from None
    for column, field in zip(rows.T, SCHEMA.fields):
        if field.options and not (0 <= column.min() and column.max() < len(field.options)):
            raise BadInput("german.data holds a code that is not in its code table.")
    return rows, np.array([int(line[OUTCOME] == PAID) for line in lines])


def _number(line: list[str], name: str) -> float:
    """A cell as a row holds it: A11 is the first option of its column, A410 the eleventh."""
    place, first = COLUMNS[name]
    cell = line[place]
    number = float(cell[len(f"A{place + 1}"):] if cell.startswith("A") else cell) - first
    if name == "purpose" and number >= UNUSED:
        if number == UNUSED:
            raise ValueError("a purpose that no loan has")
        number -= 1
    return number


def by_age(rows: np.ndarray) -> np.ndarray:
    """Which of AGES each row `(n, F)` belongs to."""
    return (rows[:, SCHEMA.place("age")] > YOUNG).astype(int)
