"""One column of numbers over time from a visitor's CSV, tab-separated or plain text file. Nothing is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from demos.errors import BadInput
from demos.inputs import Input
from demos.table_files import decoded, read_rows

MOST_BYTES = 2 * 2**20
LEAST, MOST = 60, 3000  # values
MOST_COLUMNS = 50
HUGE = 1e15
GAPS = 0.1  # the share of values that may be missing
ACCEPTED = "Please give CSV or plain text with one number a line, or a column of numbers over time."


@dataclass(frozen=True, eq=False)
class Numbers:
    """A series `(n,)` float64 without gaps, its column's name, and what was done to it in one or two sentences."""

    name: str
    values: np.ndarray
    note: str = ""

    @property
    def nbytes(self) -> int:
        """Bytes it takes."""
        return self.values.nbytes


@dataclass(frozen=True)
class SeriesInput(Input):
    """A series in a file; parts are given `Numbers`."""

    name: str = "series"
    label: str = "A series of numbers"
    kind: ClassVar[str] = "series"
    is_file: ClassVar[bool] = True
    gives: ClassVar[tuple[str, ...]] = ("demos.series_files.Numbers",)

    def read(self, raw: Any) -> Numbers:
        return read_series(bytes(raw))


def read_series(raw: bytes) -> Numbers:
    """The first column of numbers that does not merely count. Raises BadInput with what is wrong and what to do."""
    if len(raw) > MOST_BYTES:
        raise BadInput(f"This file is larger than {MOST_BYTES // 2**20} MB. Please give a shorter one: the last "
                       f"{MOST:,} "
                       "values are enough.")
    rows, comma = _table(decoded(raw, ACCEPTED))
    head = rows[0] if rows and all(np.isnan(_number(cell, comma)) for cell in rows[0]) else []
    rows = rows[bool(head):]
    name, values = _column(head, rows, comma)
    known = np.flatnonzero(np.isfinite(values))
    values = values[known[0]:known[-1] + 1] if len(known) else values
    if len(values) < LEAST:
        raise BadInput(f"This series has {len(values)} value{'s' * (len(values) != 1)}; at least {LEAST} are needed to "
                       "learn "
                       "from the beginning and to try it on the end.")
    if np.nanmax(np.abs(values)) > HUGE:
        raise BadInput("Some of its numbers are larger than a thousand million million. Please give smaller ones, "
                       "such as in millions.")
    values, note = _without_gaps(values)
    if len(values) > MOST:
        note = f"Only the last {MOST:,} of {len(values):,} values are used. {note}".strip()
    return Numbers(name, values[-MOST:], note)


def _table(text: str) -> tuple[list[list[str]], bool]:
    """Rows of cells, and whether a comma is a decimal point in them."""
    for mark, comma in ((";", True), ("\t", True), (",", False)):
        rows = [[cell.strip() for cell in row] for row in read_rows(text, mark)]
        width = max((len(row) for row in rows[:20]), default=0)
        if 1 < width <= MOST_COLUMNS and sum(len(row) == width for row in rows) >= 0.9 * len(rows):
            return [row for row in rows if len(row) == width], comma
    lines = [line.strip().strip('"') for line in text.strip().splitlines()]
    return [[line] for line in lines], True


def _number(cell: str, comma: bool) -> float:
    """The number in a cell, NaN where there is none."""
    plain = cell.replace(" ", "").replace("\u00a0", "")
    if comma and plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain.replace(",", ""))
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan


def _column(head: list[str], rows: list[list[str]], comma: bool) -> tuple[str, np.ndarray]:
    """Name and values of the first column of numbers, one that only counts where there is no other."""
    table = np.array([[_number(cell, comma) for cell in row] for row in rows] or [[np.nan]])
    filled = [i for i in range(table.shape[1]) if np.isfinite(table[:, i]).mean() >= 0.5]
    if not filled:
        raise BadInput(f"There is no column of numbers in it. {ACCEPTED}")
    chosen = next((i for i in filled if not _counts(table[:, i])), filled[0])
    name = "".join(c for c in (head[chosen] if head else "") if c.isprintable())[:60]
    return name or "value", table[:, chosen]


def _counts(column: np.ndarray) -> bool:
    """Whether a column only counts on, as years and dates do: whole numbers that always rise."""
    known = column[np.isfinite(column)]
    return bool((known == known.round()).all() and (np.diff(known) > 0).all())


def _without_gaps(values: np.ndarray) -> tuple[np.ndarray, str]:
    """The values with a few gaps filled on a straight line, and the sentence that says so. Raises BadInput for many."""
    missing = ~np.isfinite(values)
    count = int(missing.sum())
    if count > GAPS * len(values):
        raise BadInput(f"{count:,} of its {len(values):,} values are missing or no numbers. Please fill the gaps: at "
                       "most one in "
                       "ten may be missing.")
    if not count:
        return values, ""
    at = np.arange(len(values))
    filled = np.interp(at, at[~missing], values[~missing])
    return filled, (f"{count:,} missing value{' was' if count == 1 else 's were'} filled in on a straight line between "
                    "neighbours.")


SERIES = SeriesInput()
