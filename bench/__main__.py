"""`python -m bench`: run every benchmark, write bench/results/*.json and the tables in the README.

`python -m bench models` or `pages` runs some of it, `python -m bench readme` writes the tables only.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from bench import models, pages
from demos import list_demos
from demos.figures import headline, machine, today

ROOT = Path(__file__).resolve().parents[1]


def write(name: str, rows: dict[str, Any]) -> None:
    """One file for each group of measurements, with date, machine and command."""
    said = {"date": today(), "machine": machine(), "command": "make bench", **rows}
    (ROOT / "bench" / "results" / f"{name}.json").write_text(json.dumps(said, indent=1) + "\n")


def row(title: str, values: list[float], unit: str, goal: str = "") -> dict[str, Any]:
    """One line of the table: the median with its spread, or a single value."""
    ordered = sorted(values)
    return {"title": title, "unit": unit, "median": round(statistics.median(ordered), 4), "min": round(ordered[0], 4),
            "max": round(ordered[-1], 4), "runs": len(ordered), "goal": goal}


def _results() -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted((ROOT / "bench" / "results").glob("*.json"))]


def table() -> str:
    """All results as a Markdown table."""
    said = sorted({f"`{one['command']}`, {one['date']} on {one['machine']}" for one in _results()})
    notes = [f"{one['command']}: {one['note']}" for one in _results() if one.get("note")]
    lines = [f"Measured with {'; '.join(said)}.{''.join(f' {note}' for note in notes)}", "", "| What | Median | Lowest to highest | Runs | Goal |", "|---|---|---|---|---|"]
    for result in _results():
        for one in result["rows"]:
            unit = one["unit"]
            median, low, high = (f"{shown(one[name])} {unit}".strip() for name in ("median", "min", "max"))
            lines.append(f"| {one['title']} | {median} | {low} to {high} | {one['runs']} | {one['goal'] or '–'} |")
    return "\n".join(lines)


def shown(value: float) -> str:
    """Three digits that mean something, never as a power of ten."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def figures_table() -> str:
    """The figures by which each demo's two methods are held against each other; the rest is on the pages."""
    lines = ["| Demo | Classical | Deep | Data |", "|---|---|---|---|"]
    for demo in list_demos():
        classical, deep = (headline(demo, demo.method(family)) for family in ("classical", "deep"))
        if classical and deep:
            lines.append(f"| {demo.question} | {demo.method('classical').title}: {classical.sentence()} "
                         f"| {demo.method('deep').title}: {deep.sentence()} | {deep.data} |")
    return "\n".join(lines)


def between(text: str, name: str, new: str) -> str:
    """The text with what stands between the two marks of this name put anew."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    return f"{text.split(begin)[0]}{begin}\n{new}\n{end}{text.split(end)[1]}"


def write_readme() -> None:
    """Put both tables between their marks in the README."""
    path = ROOT / "README.md"
    path.write_text(between(between(path.read_text(), "figures", figures_table()), "bench", table()))


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
