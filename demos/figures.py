"""Figures that a command measured and a page shows; never typed in by hand.

`figures.json` beside a demo is written by `python -m demos evaluate` and read by the pages.
"""

from __future__ import annotations

import datetime
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

# How a metric is said: what 100 of it are counts of.
SAYS = {
    "accuracy": "right {count} times in 100",
    "word_error_rate": "{count} words in 100 wrong",
}


@dataclass(frozen=True)
class Figure:
    """One measured number with everything needed to measure it again.

    `value` is a fraction where the metric is one (accuracy, word_error_rate); `low` and `high` are
    the 95 % interval. `items` counts what `things` names. `date`, `command` and `machine` say when,
    how and where; `note` is what an honest reader should know, such as an overlap with the training.
    """

    method: str
    metric: str
    value: float
    data: str
    items: int
    things: str
    date: str
    command: str
    machine: str
    low: float | None = None
    high: float | None = None
    note: str = ""

    def sentence(self) -> str:
        """'right 63 times in 100 on 5,000 pictures', or the plain number for other metrics."""
        template = SAYS.get(self.metric, f"{self.metric.replace('_', ' ')} {self.value:.3g}")
        return f"{template.format(count=round(100 * self.value))} on {self.items:,} {self.things}"


def today() -> str:
    """The date in ISO form."""
    return datetime.date.today().isoformat()


def machine() -> str:
    """This machine in a few words: system, processor cores, device."""
    import os

    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def wilson(right: int, items: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a proportion (Wilson 1927)."""
    z, p = 1.96, right / items
    middle = (p + z * z / (2 * items)) / (1 + z * z / items)
    half = z / (1 + z * z / items) * (p * (1 - p) / items + z * z / (4 * items * items)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def read_figures(folder: Path) -> list[Figure]:
    """The figures beside a demo, in the order they were written; none when not yet measured."""
    path = folder / "figures.json"
    if not path.exists():
        return []
    return [Figure(**row) for row in json.loads(path.read_text())["figures"]]


def write_figures(folder: Path, figures: list[Figure]) -> None:
    """Write the figures, keeping those on other data that were measured before."""
    fresh = {(f.method, f.metric, f.data) for f in figures}
    kept = [f for f in read_figures(folder) if (f.method, f.metric, f.data) not in fresh]
    rows = [{k: round(v, 5) if isinstance(v, float) else v for k, v in asdict(f).items()}
            for f in [*figures, *kept]]
    (folder / "figures.json").write_text(json.dumps({"figures": rows}, indent=1) + "\n")
