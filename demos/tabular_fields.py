"""A table's columns in plain words: what is asked, what may be answered, what a person could change, and how rows are coded.

A row is `(F,)` float64, one number for each field: the number itself, or the place of the chosen option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from demos.errors import BadInput
from demos.inputs import ChoiceInput, Input, NumberInput


@dataclass(frozen=True)
class Field:
    """One column: its input, the heading that it stands under, and what changing it takes.

    The input's preset is the typical answer, the one that reasons are counted from. `reach` are the values that a
    person could come to, options or numbers, above the present one where `only` is 1 and below it where it is -1; none
    where nobody can change it. `cost` is how hard one step is: from one option to another (to the next one where
    `ordered`), or by `span` of a number. `log` numbers count by their ratio. `needs` names another field's option with
    which this one says nothing, and is read as its own first option.
    """

    input: ChoiceInput | NumberInput
    group: str
    reach: tuple[str | float, ...] = ()
    only: int = 0
    cost: float = 1.0
    span: float = 1.0
    ordered: bool = False
    log: bool = False
    needs: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        for value in (self.input.preset, *self.reach):
            self.code(value)  # raises where the field's own input would refuse it

    @property
    def name(self) -> str:
        """The keyword that models take."""
        return self.input.name

    @property
    def options(self) -> tuple[str, ...]:
        """The values that may be chosen; none for a number."""
        return tuple(value for value, _ in self.input.options) if isinstance(self.input, ChoiceInput) else ()

    def code(self, value: Any) -> float:
        """The number that stands for a value. Raises BadInput for one that is not accepted."""
        read = self.input.read(value)
        return float(self.options.index(read)) if self.options else float(read)

    def value(self, code: float) -> str | float:
        """The value that a number stands for."""
        return self.options[int(code)] if self.options else float(code)

    def say(self, code: float) -> str:
        """The value in words, such as “24 months”."""
        if isinstance(self.input, ChoiceInput):
            return self.input.options[int(code)][1]
        return f"{code:,.0f} {self.input.unit}".strip()

    def effort(self, before: float, after: np.ndarray) -> np.ndarray:
        """How hard it is to come from one number to each of others `(n,)`."""
        if self.options:
            return self.cost * (np.abs(after - before) if self.ordered else (after != before).astype(float))
        return self.cost * np.abs(after - before) / self.span


@dataclass(frozen=True)
class Schema:
    """All columns, and the two outcomes: `outcomes[0]` is the one whose chance models give.

    `wished` is the outcome that the person, or whoever asks, would like to see. `never` are answers that cannot go
    together, each with the sentence that says so.
    """

    fields: tuple[Field, ...]
    outcomes: tuple[str, str]
    wished: str
    never: tuple[tuple[tuple[tuple[str, str], ...], str], ...] = ()

    def __post_init__(self) -> None:
        if self.wished not in self.outcomes or len({field.name for field in self.fields}) < len(self.fields):
            raise ValueError("one of the outcomes is wished for, and each field has its own name")

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What a demo asks for, each under its heading."""
        return tuple(replace(field.input, group=field.group) for field in self.fields)

    def place(self, name: str) -> int:
        """Where a field stands in a row."""
        return [field.name for field in self.fields].index(name)

    def row(self, values: Mapping[str, Any]) -> np.ndarray:
        """The row `(F,)` of these values, the preset one where a value is missing. Raises BadInput."""
        codes = [field.code(values.get(field.name, field.input.preset)) for field in self.fields]
        for answers, sentence in self.never:
            if all(codes[self.place(name)] == self.fields[self.place(name)].code(value) for name, value in answers):
                raise BadInput(sentence)
        return self.settled(np.array([codes]))[0]

    def usual(self) -> np.ndarray:
        """The row `(F,)` of typical answers."""
        return self.settled(np.array([[field.code(field.input.preset) for field in self.fields]]))[0]

    def settled(self, rows: np.ndarray) -> np.ndarray:
        """Rows `(n, F)` in which a field that says nothing there holds its first option."""
        rows = np.array(rows, dtype=np.float64)
        for i, field in enumerate(self.fields):
            name, option = field.needs
            if name:
                j = self.place(name)
                rows[rows[:, j] == self.fields[j].code(option), i] = 0
        return rows

    def without(self, *names: str) -> Schema:
        """The same table without some of its columns."""
        kept = tuple(replace(field, needs=("", "")) if field.needs[0] in names else field
                     for field in self.fields if field.name not in names)
        never = tuple(one for one in self.never if not {name for name, _ in one[0]} & set(names))
        return Schema(kept, self.outcomes, self.wished, never)


def in_words(fields: tuple[Field, ...], row: np.ndarray) -> tuple[str, ...]:
    """Every answer of a row `(F,)` in words."""
    return tuple(field.say(code) for field, code in zip(fields, row))
