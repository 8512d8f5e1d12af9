"""`python -m bench`: run every benchmark, write bench/results/*.json and the table in the README."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from bench import models, pages
from demos.figures import machine, today

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def write(name: str, rows: dict[str, Any]) -> None:
    """One file for each group of measurements, with date, machine and command."""
    said = {"date": today(), "machine": machine(), "command": "make bench", **rows}
    (ROOT / "bench" / "results" / f"{name}.json").write_text(json.dumps(said, indent=1) + "\n")


def row(title: str, values: list[float], unit: str, goal: str = "") -> dict[str, Any]:
    """One line of the table: the median with its spread, or a single value."""
    ordered = sorted(values)
    return {"title": title, "unit": unit, "median": round(statistics.median(ordered), 4), "min": round(ordered[0], 4),
            "max": round(ordered[-1], 4), "runs": len(ordered), "goal": goal}


def table() -> str:
    """All results as a Markdown table."""
    lines = ["| What | Median | Lowest to highest | Runs | Goal |", "|---|---|---|---|---|"]
    for path in sorted((ROOT / "bench" / "results").glob("*.json")):
        for one in json.loads(path.read_text())["rows"]:
            unit = one["unit"]
            lines.append(f"| {one['title']} | {one['median']:.3g} {unit} | {one['min']:.3g} to {one['max']:.3g} {unit} "
                         f"| {one['runs']} | {one['goal'] or '–'} |")
    return "\n".join(lines)


def write_readme() -> None:
    """Put the table between its two marks in the README."""
    path = ROOT / "README.md"
    text = path.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    path.write_text(f"{before}{BEGIN}\nMeasured on {today()} with `make bench` on {machine()}.\n\n{table()}\n{END}{after}")


def main() -> None:
    """Run what is named on the command line, or everything."""
    wanted = sys.argv[1:] or ["models", "pages"]
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    if "models" in wanted:
        write("models", {"rows": [row(*one) for one in models.measure()]})
    if "pages" in wanted:
        write("pages", {"rows": [row(*one) for one in pages.measure()]})
    write_readme()
    print(table())


if __name__ == "__main__":
    main()
