"""The tables of docs/speed.md, from what `bench.limits`, `bench.tries` and `bench.gpu` measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.__main__ import between, shown
from bench.limits import MEASURED, RESULTS
from bench.served import ROOT
from demos import get_demo

DOCUMENT = ROOT / "docs" / "speed.md"
TRIES, CARD = RESULTS / "tries.json", RESULTS / "gpu.json"
NO_CARD = "Not measured yet: no machine with a CUDA device was at hand. `make bench-gpu` fills this in on one."


def measured(path: Path) -> dict[str, Any] | None:
    """A file of results; None where it was never written."""
    return json.loads(path.read_text()) if path.exists() else None


def where(said: dict[str, Any]) -> str:
    """Command, date and machine."""
    return f"Measured with `{said['command']}`, {said['date']} on {said['machine']}"


def limits_table(said: dict[str, Any]) -> str:
    """Every deep method: bare call, through the engine, the machine's limit, and how far it is."""
    lines = [f"{where(said)}; {said['threads']} thread, as the worker has: a product of two large matrices {said['flops'] / 1e9:,.0f} "
             f"thousand million operations a second, a large copy {said['bytes'] / 1e9:,.1f} GB a second.", "",
             "| Demo | Method | Bare call, ms | Through the engine, ms | Operations, 10⁹ | Read, MB | Limit, ms | Bare call / limit |",
             "|---|---|---|---|---|---|---|---|"]
    for row in said["rows"]:
        demo = get_demo(row["demo"])
        counted = ([f"{shown(row['flops'] / 1e9)}", f"{shown(row['bytes'] / 1e6)}", shown(1000 * row["limit_s"]),
                    shown(row["bare_s"] / row["limit_s"])] if "limit_s" in row else [f"not counted: {row['outside']}", "–", "–", "–"])
        lines.append(f"| {demo.question} | {demo.method(row['method']).title} | "
                     f"{' | '.join([shown(1000 * row['bare_s']), shown(1000 * row['engine_s']), *counted])} |")
    return "\n".join(lines)


def tries_table(said: dict[str, Any]) -> str:
    """What was tried to come nearer, each beside the way without it."""
    runs = sorted({row["runs"] for row in said["rows"]})
    often = f"{runs[0]} to {runs[-1]}" if len(runs) > 1 else f"{runs[0]}"
    lines = [f"{where(said)}; both ways in turn, {often} times each, median processor seconds of one thread.", "",
             "| What | Tried | Without, ms | With, ms | Ratio | Largest difference | |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(
        f"| {row['what']} | {row['tried']} | {shown(1000 * row['without_s'])} | {shown(1000 * row['with_s'])} | "
        f"{row['without_s'] / row['with_s']:.2f} | {row['difference']:.1g} | {row['verdict']} |" for row in said["rows"])])


def card_table(said: dict[str, Any]) -> str:
    """On a graphics card: inputs a second by precision and batch."""
    lines = [f"{where(said)}, {said['card']}.", "", "| Demo | Precision | At once | ms a pass | Inputs a second | Same answers |",
             "|---|---|---|---|---|---|"]
    return "\n".join([*lines, *(
        f"| {get_demo(row['demo']).question} | {row['precision']} | {row['batch']} | {row.get('error') or shown(1000 * row['pass_s'])} | "
        f"{shown(row['batch'] / row['pass_s']) if 'pass_s' in row else '–'} | {row.get('same', '–')} of {row.get('asked', '–')} |"
        for row in said["rows"])])


def written(text: str) -> str:
    """The document with its tables put anew, as far as they were measured."""
    for name, path, table in (("limits", MEASURED, limits_table), ("tries", TRIES, tries_table), ("card", CARD, card_table)):
        said = measured(path)
        if said is not None:
            text = between(text, name, table(said))
        elif name == "card":
            text = between(text, name, NO_CARD)
    return text


def write() -> None:
    """Put the tables between their marks in the document."""
    DOCUMENT.write_text(written(DOCUMENT.read_text()))
