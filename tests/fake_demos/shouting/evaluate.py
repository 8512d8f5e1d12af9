"""Counts how many lines of a text file the models change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from demos.figures import Figure, machine, today


def evaluate(data: Path, load: Callable[[str], Any], methods: tuple[str, ...], command: str,
             limit: int | None) -> list[Figure]:
    """The part of the lines of `data`/lines.txt that a method changes."""
    lines = (data / "lines.txt").read_text().splitlines()[:limit]
    return [Figure(key, "accuracy", sum(load(key).predict(line).text != line for line in lines) / len(lines), "lines",
                   len(lines), "lines", today(), command, machine()) for key in methods]
