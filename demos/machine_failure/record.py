"""An engine's record as visitors give it: text with 26 numbers a flight. Nothing in it is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from demos.errors import BadInput
from demos.inputs import Input
from demos.machine_failure.columns import LEAST, SENSORS, USED, WIDTH

MOST_BYTES, MOST_FLIGHTS = 2**20, 1000
ASKED = f"Please give one line a flight with {WIDTH} numbers, as in NASA's C-MAPSS files."


def flights_left(sample: str) -> float | None:
    """How many flights a ready-made engine has left: its whole life is kept beside what the page asks about."""
    folder = Path(__file__).with_name("samples")
    files = [folder / f"{sample}.txt", folder / f"{sample}_whole.txt"]
    if not all(file.exists() for file in files):
        return None
    asked, whole = (len(file.read_text().splitlines()) for file in files)
    return float(whole - asked)


@dataclass(frozen=True)
class EngineInput(Input):
    """The record of one engine; models are given `(flights, 26)` float64, the flights in order."""

    name: str = "engine"
    label: str = "An engine's record"
    kind: ClassVar[str] = "engine"
    is_file: ClassVar[bool] = True

    def read(self, raw: Any) -> Any:
        return read_record(bytes(raw))

    def preview(self, value: Any) -> tuple[bytes, tuple[float, ...]]:
        return curves(value), (float(len(value)),)


def read_record(raw: bytes) -> Any:
    """`(flights, 26)` float64. Raises BadInput with what is wrong."""
    import numpy as np

    from demos.table_files import decoded

    if len(raw) > MOST_BYTES:
        raise BadInput("This file is larger than 1 MB, which is more than one engine's life. " + ASKED)
    rows = [[cell for cell in re.split(r"[\s,;]+", line) if cell] for line in decoded(raw, ASKED).splitlines()]
    rows = [row for row in rows if row]
    if rows and not _numbers(rows[0]):
        rows = rows[1:]  # a line with the columns' names
    for number, row in enumerate(rows, 1):
        if len(row) != WIDTH or not _numbers(row):
            found = f"has {len(row)} values" if len(row) != WIDTH else "holds something else than numbers"
            raise BadInput(f"Line {number:,} {found}. {ASKED}")
    if len(rows) < LEAST:
        raise BadInput(f"This record has {len(rows)} flights; from {LEAST} on something can be said. {ASKED}")
    if len(rows) > MOST_FLIGHTS:
        raise BadInput(f"This record has {len(rows):,} lines; at most {MOST_FLIGHTS:,} flights of one engine are read.")
    record = np.array(rows, dtype=np.float64)
    if not np.isfinite(record).all() or np.abs(record).max() > 1e9:
        raise BadInput(f"Some of its values are no finite numbers. {ASKED}")
    engines = len(np.unique(record[:, 0]))
    if engines > 1:
        raise BadInput(f"This file holds {engines} engines (first column). Please give the lines of one of them.")
    if not (np.diff(record[:, 1]) == 1).all():
        raise BadInput("The flights (second column) must be counted up one by one. Please give them in order, none "
                       "left out.")
    return record


def _numbers(row: list[str]) -> bool:
    try:
        return [float(cell) for cell in row] is not None
    except ValueError:
        return False


def strange(record: Any, low: Any, high: Any) -> str:
    """A sentence that names the sensors whose last reading lies far outside what was learnt from, or nothing.

    `low` and `high` `(14,)` are the ends of that.
    """
    from demos.machine_failure.data import sensors

    last, room = sensors(record)[-5:].mean(axis=0), 0.5 * (high - low)
    names = [SENSORS[USED[i]][0] for i in range(len(USED)) if not low[i] - room[i] <= last[i] <= high[i] + room[i]]
    if not names:
        return ""
    return (f"Far outside everything it learnt from: {', '.join(names[:3]).lower()}{' and more' * (len(names) > 3)}. "
            "Do not trust the answer.")


ENGINE = EngineInput(help="One line a flight, 26 numbers: engine, flight, three settings, 21 sensors (NASA's C-MAPSS).")


SHOWN = (4, 11, 9, 12)  # sensors that are drawn: turbine temperature, pressure, core speed, fuel flow


def curves(record: Any) -> bytes:
    """The sensors that are drawn, a line each: name, tab, and by flight how far from its beginning, in steps of noise."""
    import numpy as np

    from demos.machine_failure.columns import FIRST_SENSOR

    lines = []
    for number in SHOWN:
        values = record[:, FIRST_SENSOR + number - 1]
        noise = np.sqrt(np.square(np.diff(values[:31])).mean() / 2) or 1.0
        steps = (values - values[:20].mean()) / noise
        lines.append(f"{SENSORS[number][0]}\t" + " ".join(f"{step:.1f}" for step in steps))
    return "\n".join(lines).encode()
