"""Texts from a file of many: CSV, tab-separated, or plain text with one text a line. Nothing is trusted."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from demos.errors import BadInput

MOST_BYTES = 2 * 2**20
MOST_ROWS = 500
LONGEST_TEXT = 2000  # characters of one text; the rest of it is left
MOST_COLUMNS = 50
SAME = 20  # lines that must have as many cells as the first one to count as a table
TEXT_NAMES = ("text", "sentence", "review", "message", "comment", "sms", "content", "body")
ACCEPTED = "Please give CSV, tab-separated or plain text with one text a line."


@dataclass(frozen=True)
class Table:
    """The names of the columns, the rows' cells, and how many rows were too many."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0

    @property
    def nbytes(self) -> int:
        """About as many bytes as it takes."""
        return sum(len(cell) for row in self.rows for cell in row)

    def guess(self) -> int:
        """The column that looks like text: by its name, else the one with the longest cells."""
        for name in TEXT_NAMES:
            if name in (plain := [column.strip().casefold() for column in self.columns]):
                return plain.index(name)
        return max(range(len(self.columns)), key=lambda i: sum(len(row[i]) for row in self.rows))

    def texts(self, column: int) -> list[str]:
        """The cells of a column that hold something. Raises BadInput where none does."""
        found = [row[column] for row in self.rows if row[column]]
        if not found:
            raise BadInput("This column holds no text. Please choose another one.")
        return found


def read_table(raw: bytes, form: str = "auto") -> Table:
    """A table from a file's bytes; `form` "lines" takes each line as one text. Raises BadInput."""
    if len(raw) > MOST_BYTES:
        raise BadInput(f"This is more than {MOST_BYTES // 2**20} MB of text. Please give a shorter file.")
    text = decoded(raw)
    rows = [] if form == "lines" else _cells(text)
    if rows:
        columns, rows = tuple(_clean(cell) or f"column {i}" for i, cell in enumerate(rows[0], 1)), rows[1:]
    else:
        columns, rows = ("text",), [[line] for line in text.splitlines()]
    kept = [tuple(_clean(cell) for cell in row) for row in rows if any(map(_clean, row))]
    if not kept:
        raise BadInput(f"There is no text in it. {ACCEPTED}")
    return Table(columns, tuple(kept[:MOST_ROWS]), max(0, len(kept) - MOST_ROWS))


def decoded(raw: bytes, accepted: str = ACCEPTED) -> str:
    """The text, by its byte order mark, as UTF-8, or as older Windows programs write it. Raises BadInput."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise BadInput(f"This is no readable text. {accepted}") from None
    if b"\0" in raw or raw[:4] in (b"%PDF", b"PK\x03\x04"):
        raise BadInput(f"This is no plain text. {accepted}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _cells(text: str) -> list[list[str]]:
    """Rows of as many cells as the first has; none where the file is no table, so that commas stay commas."""
    for mark in (",", ";", "\t"):
        rows = read_rows(text, mark)
        head = [cell.strip() for cell in rows[0]] if rows else []
        alike = all(len(row) == len(head) for row in rows[:SAME])
        named = all(0 < len(cell) <= 40 for cell in head) and len(set(head)) == len(head)
        if 1 < len(head) <= MOST_COLUMNS and len(rows) > 1 and alike and named:
            return [row for row in rows if len(row) == len(head)]
        if len(head) == 1 and head[0].casefold() in TEXT_NAMES and len(rows) > 1:
            return [[mark.join(row)] for row in rows]
    return []


def read_rows(text: str, mark: str) -> list[list[str]]:
    """The cells of each line that holds something; none where it cannot be read as a table."""
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) if any(row)]
    except csv.Error:  # such as a cell of more than 128 KB
        return []


def _clean(cell: str) -> str:
    """A cell in one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " * c.isspace() for c in cell[:LONGEST_TEXT]).split())
