"""What `python -m demos` does beside `run`: list, evaluate, check, fetch and pin."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from demos import demo_folder, demo_package, get_demo, list_demos
from demos.ask import WrongCall, choose
from demos.base import Demo, Method
from demos.check import Row, check_method, plan_machine, plan_talks, verdict
from demos.figures import Figure, write_figures
from demos.pins import write_pin
from demos.weights import fetch, method_state, state


def find(name: str) -> Demo:
    """The demo of this name, or a WrongCall that names those there are."""
    try:
        return get_demo(name)
    except KeyError as error:
        raise WrongCall(error.args[0]) from None


# --- list -----------------------------------------------------------------------------------------

def describe(demo: Demo) -> dict[str, Any]:
    """A demo as `list --json` shows it."""
    folder = demo_folder(demo.name)
    methods = [{"key": m.key, "family": m.family, "title": m.title, "tier": m.tier,
                "size_mb": round(m.size_mb, 1), "larger": m.larger, "state": (here := method_state(m, folder)),
                "ready": here == "ready",
                "inputs": [{"name": i.name, "kind": i.kind, "label": i.label} for i in m.inputs]}
               for m in demo.methods]
    return {"name": demo.name, "title": demo.title, "question": demo.question, "task": demo.task,
            "inputs": [{"name": i.name, "kind": i.kind, "label": i.label}
                       for one in demo.inputs for i in (one, *one.settings)],
            "result": demo.result.__name__, "methods": methods}


def list_command(out: TextIO, as_json: bool) -> int:
    """Every demo with its methods and what they need."""
    rows = [describe(demo) for demo in list_demos()]
    if as_json:
        out.write(json.dumps(rows, indent=1) + "\n")
        return 0
    for row in rows:
        inputs = ", ".join(f"{i['name']} ({i['kind']})" for i in row["inputs"])
        out.write(f"{row['name']}: {row['title']} [{row['task']}], takes {inputs}\n")
        for m in row["methods"]:
            options = "".join(f", --set {i['name']}=..." for i in m["inputs"])
            out.write(f"  {m['key']:<16} {m['family']:<9} {m['tier']:<8} {m['size_mb']:>7.1f} MB  "
                      f"{m['state']:<22} {m['title']}{options}\n")
    return 0


# --- fetch and pin --------------------------------------------------------------------------------

def _percent(name: str) -> Callable[[int, int], None]:
    """Progress on standard error: a running percentage in a terminal, else a line every 10 %."""
    step, shown = (1, -1) if sys.stderr.isatty() else (10, -1)

    def progress(have: int, total: int) -> None:
        nonlocal shown
        now = 100 * have // max(total, 1) // step * step
        if now != shown:
            shown = now
            end = "\n" if step > 1 or now == 100 else ""
            sys.stderr.write(f"{'' if step > 1 else chr(13)}{name}: {now} % of {total / 1e6:,.0f} MB{end}")
            sys.stderr.flush()

    return progress


def fetch_method(demo: Demo, method: Method) -> None:
    """Download what a hub method still lacks. Raises a DemoError with a sentence."""
    for row in method.weights:
        if row.tier == "hub" and state(row, demo_folder(demo.name)) != "ready":
            fetch(row, _percent(row.name))


def fetch_command(out: TextIO, name: str, key: str) -> int:
    """Get a method's files from the hub."""
    demo = find(name)
    method = choose(demo, key)[0]
    for row in method.weights:
        if row.tier == "hub":
            fetch(row, _percent(row.name))
    out.write(f"{demo.name} {method.key}: {method_state(method, demo_folder(demo.name))}\n")
    return 0


def pin_command(out: TextIO, repo: str, revision: str) -> int:
    """Write the commit and digests of a repository's files, those that a demo's row names."""
    methods = [method for demo in list_demos() for method in demo.methods]
    rows = [row for method in methods for row in method.weights if row.repo == repo]
    if not rows:
        raise WrongCall(f"no demo uses {repo}; write its row with demos.weights.pinned first")
    names = tuple(dict.fromkeys(file.parts[0] for row in rows for file in row.files))
    out.write(f"{repo}: {write_pin(repo, names, revision)}, {len(names)} files\n")
    return 0


# --- evaluate -------------------------------------------------------------------------------------

def evaluate_command(out: TextIO, engine: Any, name: str, data: str, key: str = "", as_json: bool = False,
                     save: bool = False, limit: int | None = None) -> int:
    """Measure a demo's methods on a data folder with the demo's own evaluate.py."""
    demo = find(name)
    module = f"{demo_package(demo.name)}.evaluate"
    if importlib.util.find_spec(module) is None:
        raise WrongCall(f"{demo.name} has no evaluation yet")
    if not Path(data).exists():
        raise WrongCall("there is no such data folder; give the one that holds the data")
    methods = choose(demo, key)
    if key:
        fetch_method(demo, methods[0])
    # the data's name only: where it lies on this machine means nothing elsewhere
    command = (f"python -m demos evaluate {demo.name} {Path(data).resolve().name}"
               f"{f' --method {methods[0].key}' if key else ''}{f' --limit {limit}' if limit else ''}")
    asked = {"data": Path(data), "load": lambda wanted: engine.load(demo.name, wanted),
             "methods": tuple(m.key for m in methods), "command": command}
    measuring = importlib.import_module(module)
    try:
        figures: list[Figure] = measuring.evaluate(**asked, limit=limit)
    except FileNotFoundError as error:
        lost = Path(str(error.filename or "")).name
        raise WrongCall(f"this folder does not hold what {demo.name}'s evaluation reads: {lost}") from error
    if as_json:
        out.write(json.dumps([asdict(f) for f in figures], indent=1) + "\n")
    else:
        for f in figures:
            between = "" if f.low is None or f.high is None else f" ({f.low:.4f} to {f.high:.4f})"
            out.write(f"{f.method:<16} {f.metric:<18} {f.value:.4f}{between}  {f.sentence()}, {f.data}\n")
    if save:
        write_figures(demo_folder(demo.name), figures)
        if limit is None and hasattr(measuring, "write_beside"):  # what a page shows besides figures, such as a table of mistakes
            measuring.write_beside(demo_folder(demo.name), **asked)
    sys.stderr.write(f"{'written to' if save else '--save writes these to'} demos/{demo.name}/figures.json\n")
    return 0


# --- check ----------------------------------------------------------------------------------------

def _peak_mb(reset: bool = False) -> float:
    """The most memory this process has held since the last reset, in megabytes."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):  # not Linux: what is held now
        import psutil

        return psutil.Process().memory_info().rss / 2**20


def check_demo(engine: Any, demo: Demo, debug: bool = False) -> tuple[dict[str, Any], list[Row]]:
    """Load every method of a demo that is here and ask it about every sample: its line, and a row for each method."""
    _peak_mb(reset=True)
    began = time.perf_counter()
    rows = [check_method(engine, demo, method, debug) for method in demo.methods]
    named = {state: [f"{row.part}{'' if state == 'fine' else ':'} {row.says}" for row in rows if row.state == state]
             for state in ("fine", "left out", "wrong")}
    return {"demo": demo.name, "ok": not named["wrong"], "device": engine.status()["device"],
            "memory_mb": round(_peak_mb()), "seconds": round(time.perf_counter() - began, 1),
            "right": named["fine"], "left_out": named["left out"], "wrong": named["wrong"], "do": _advised(rows)}, rows


def check_talk(name: str, rows: list[Row]) -> dict[str, Any]:
    """The steps of a talk as its line holds them."""
    wrong = [f"{row.part}: {row.says}" for row in rows if row.state == "wrong"]
    return {"talk": name, "ok": not wrong, "seconds": round(sum(row.seconds for row in rows), 1),
            "right": [f"{sum(row.state in ('fine', 'slow') for row in rows)} of {len(rows)} steps"],
            "left_out": [f"{row.part}: {row.seconds:.1f} s is slow" for row in rows if row.state == "slow"],
            "wrong": wrong, "do": _advised(rows)}


def check_machine(row: Row) -> dict[str, Any]:
    """Memory or disk as its line holds it."""
    fine = row.state != "wrong"
    return {"machine": row.part, "ok": fine, "memory_mb": round(row.megabytes), "right": [row.says] if fine else [],
            "left_out": [], "wrong": [] if fine else [row.says], "do": _advised([row])}


def _advised(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row.do for row in rows if row.do))


def _line(row: dict[str, Any]) -> str:
    """One line of the check, and one more for each thing to do."""
    memory = f"{row['memory_mb']:>6} MB" if row.get("memory_mb") else " " * 9
    seconds = f"{row['seconds']:>6.1f} s" if "seconds" in row else " " * 8
    name = next(row[kind] for kind in ("demo", "talk", "machine") if kind in row)
    line = (f"{'ok' if row['ok'] else 'FAILED':<7} {name:<22} {row.get('device', ''):<5} {memory} {seconds}  "
            f"{'; '.join([*row['wrong'], *row['right'], *row['left_out']])}\n")
    return line + "".join(f"{'':<8}-> {do}\n" for do in row["do"])


def check_command(out: TextIO, engine: Any, as_json: bool, debug: bool) -> int:
    """Say before a show whether it will work: a line for each demo, each talk and the machine, 1 if any is red."""
    lines, rows = [], []

    def add(line: dict[str, Any], *found: Row) -> None:
        lines.append(line)
        rows.extend(found)
        if not as_json:
            out.write(_line(line))
            out.flush()

    for demo in list_demos():
        line, found = check_demo(engine, demo, debug)
        add(line, *found)
    for name, steps in groupby((planned.run() for planned in plan_talks(engine)), key=lambda row: row.about):
        found = list(steps)
        add(check_talk(name, found), *found)
    for planned in plan_machine(engine):
        add(check_machine(row := planned.run()), row)
    out.write(json.dumps(lines, indent=1) + "\n" if as_json else f"{verdict(rows)}\n")
    return 0 if all(line["ok"] for line in lines) else 1
