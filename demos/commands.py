"""What `python -m demos` does beside `run`: list, evaluate, check, fetch and pin."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from demos import demo_folder, demo_package, get_demo, list_demos
from demos.ask import WrongCall, answer, choose, missing
from demos.base import Demo, Method
from demos.errors import BadInput, DemoError, WeightsMissing
from demos.figures import Figure, write_figures
from demos.pins import write_pin
from demos.samples import is_expected, said, sample_inputs
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


def _check_method(engine: Any, demo: Demo, method: Method, debug: bool) -> tuple[int, list[str]]:
    """How many samples were answered, and what went wrong."""
    wrong: list[str] = []
    answered = 0
    try:
        engine.load(demo.name, method.key)
    except DemoError as error:
        return 0, [f"{method.key}: {error}"]
    except Exception as error:
        if debug:
            raise
        return 0, [f"{method.key}: cannot be loaded ({type(error).__name__})"]
    default = next((m for m in demo.methods if m.family == "deep"), None)
    for sample in demo.samples:
        try:
            values = sample_inputs(demo, sample)
        except (WeightsMissing, OSError):
            wrong.append(f"sample {sample.key} is missing")
            continue
        if missing(demo, method, values):
            continue  # a sample without this method's own input, such as words to choose from
        try:
            result = answer(engine, demo, method, values, debug).result
        except DemoError as error:
            if method.key in sample.refused and isinstance(error, BadInput):
                answered += 1
            else:
                wrong.append(f"{method.key} on {sample.key}: {error}")
            continue
        answered += 1
        if method.key in sample.refused:
            wrong.append(f"{method.key} on {sample.key}: answered what it should decline")
        if sample.expect and not sample.fails and method is default and not is_expected(sample, result):
            wrong.append(f"{method.key} on {sample.key}: said {said(result)[:60]!r}, "
                         f"not {sample.expect[:60]!r}")
    return answered, wrong


def check_demo(engine: Any, demo: Demo, debug: bool = False) -> dict[str, Any]:
    """Load every method of a demo that is here and ask it about every sample."""
    _peak_mb(reset=True)
    began = time.perf_counter()
    fine, aside, wrong = [], [], []
    for method in demo.methods:
        here = method_state(method, demo_folder(demo.name))
        if here != "ready":
            # a larger choice may be left out; what the requirements install may not
            optional = method.tier == "hub" or method.larger
            (aside if optional else wrong).append(f"{method.key}: {here}")
            continue
        answered, problems = _check_method(engine, demo, method, debug)
        wrong += problems
        if not problems:
            fine.append(f"{method.key} {answered} samples")
    return {"demo": demo.name, "ok": not wrong, "device": engine.status()["device"],
            "memory_mb": round(_peak_mb()), "seconds": round(time.perf_counter() - began, 1),
            "right": fine, "left_out": aside, "wrong": wrong}


def check_command(out: TextIO, engine: Any, as_json: bool, debug: bool) -> int:
    """Say before a show whether it will work: one line a demo, 1 if any is red."""
    rows = []
    for demo in list_demos():
        row = check_demo(engine, demo, debug)
        rows.append(row)
        if not as_json:
            parts = [*row["wrong"], *row["right"], *row["left_out"]]
            out.write(f"{'ok' if row['ok'] else 'FAILED':<7} {row['demo']:<22} {row['device']:<5} "
                      f"{row['memory_mb']:>6} MB {row['seconds']:>6.1f} s  {'; '.join(parts)}\n")
            out.flush()
    if as_json:
        out.write(json.dumps(rows, indent=1) + "\n")
    return 0 if rows and all(row["ok"] for row in rows) else 1
