"""The tables of docs/scale.md: what was measured, and the arithmetic from it; every assumption is a constant here."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from bench.__main__ import between
from bench.scale import MEASURED
from bench.served import ROOT
from demos import get_demo, list_demos

DOCUMENT = ROOT / "docs" / "scale.md"

# Assumptions, none of them measured: they stand in the document in words, and a reader may change them here.
MINUTES = 10  # of a visit
INPUTS = 8  # given in a visit, evenly over all demos; each goes to both methods, is looked at, and is explained
PAGES = 30  # times that a page is drawn: opened, or drawn again after a press
FULL = 0.6  # how full a processor or card may be on average, so that a rush does not make a long queue
CARD = 20.0  # how many processors' worth of a deep method one graphics card does
DEMO_PAGES = 4  # pages that a browser fetches in a visit
WORKER_MB = 2000.0  # memory of a process that runs models: a handful of them loaded
CORES = 16  # of a machine that is counted


@dataclass(frozen=True)
class Need:
    """What so many visitors an hour need."""

    visitors: int
    deep: float  # processors
    classical: float  # processors; with what is decoded
    drawing: float  # processors, and as many processes
    cards: float  # graphics cards in place of the processors of the deep methods
    open_pages: float
    sessions_gb: float | None  # None: not measured
    megabits: float | None  # a second

    @property
    def processors(self) -> float:
        """All together, without graphics cards."""
        return self.deep + self.classical + self.drawing

    @property
    def machines(self) -> int:
        """Machines of CORES processors, without graphics cards."""
        return math.ceil(self.processors / CORES)


def measured() -> dict[str, Any]:
    """What `python -m bench.scale measure` wrote."""
    return json.loads(MEASURED.read_text())


def per_input(said: dict[str, Any]) -> tuple[float, float]:
    """Mean processor seconds of one input over all demos: the deep part (answer and why), the rest."""
    demos = {row["demo"] for row in said["methods"]}
    deep = sum(row["answer"] + row["explain"] for row in said["methods"] if row["family"] == "deep")
    rest = sum(row["answer"] if row["family"] == "classical" else row["look"] for row in said["methods"])
    return deep / len(demos), rest / len(demos)


def need(said: dict[str, Any], visitors: int) -> Need:
    """The arithmetic: seconds of work that arrive in a second, over how full a processor may be."""
    each_s = visitors / 3600
    deep, rest = per_input(said)
    drawn, open_pages = drawing(said), each_s * 60 * MINUTES
    measured_too = "session_mb" in drawn
    sent_mb = drawn["first_page_mb"] + (DEMO_PAGES - 1) * drawn["next_page_mb"] if measured_too else 0.0
    return Need(visitors, each_s * INPUTS * deep / FULL, each_s * INPUTS * rest / FULL,
                each_s * PAGES * drawn["page_seconds"] / FULL, each_s * INPUTS * deep / FULL / CARD, open_pages,
                open_pages * drawn["session_mb"] / 1000 if measured_too else None, each_s * sent_mb * 8 if measured_too else None)


def drawing(said: dict[str, Any]) -> dict[str, float]:
    """What drawing costs: as `measure drawing` found it, or else the part of it that `make bench` knows."""
    if said["drawing"]:
        return said["drawing"]
    rows = {row["title"]: row["median"] for row in json.loads((ROOT / "bench" / "results" / "pages.json").read_text())["rows"]}
    return {"page_seconds": rows["What engine and page add to the bare call"],
            "server_mb": rows["Memory of the process that draws"],
            "worker_mb": rows["Memory of the worker, every demo's models loaded"]}


def cost_table(said: dict[str, Any]) -> str:
    """Processor seconds and memory by method."""
    lines = [f"Measured with `{said['command']}`, {said['date']} on {said['machine']}: the first sample of each demo, "
             "processor seconds (all threads together); other work ran on the machine at the same time, so a quiet one needs fewer.", "",
             "| Demo | Method | Answer, s | Why, s | Look, s | Model, MB |", "|---|---|---|---|---|---|"]
    for row in said["methods"]:
        values = (f"{row[want]:.3g}" if want in row else "–" for want in ("answer", "explain", "look"))
        lines.append(f"| {get_demo(row['demo']).question} | {get_demo(row['demo']).method(row['method']).title} "
                     f"| {' | '.join(values)} | {row['megabytes']:,.0f} |")
    deep, rest = per_input(said)
    drawn, demos = drawing(said), {row["demo"] for row in said["methods"]}
    lines += ["", f"One input, the mean over these {len(demos)} demos: {deep:.2f} s for the deep answer and why, {rest:.2f} s for the "
                  f"classical answer and the look. Drawing a page: {drawn['page_seconds']:.3f} s; the process that draws has "
                  f"{drawn['server_mb']:.0f} MB, the worker {drawn['worker_mb']:,.0f} MB."]
    if missing := [demo.question for demo in list_demos() if demo.name not in demos]:
        lines += ["", f"Not measured: {' '.join(missing)}"]
    if "session_mb" in drawn:
        lines += ["", f"A visitor's open page takes {drawn['session_mb']:.2f} MB of the process that draws. Sent to a browser: "
                      f"{drawn['first_page_mb']:.1f} MB for the first page, {drawn['next_page_mb']:.2f} MB for the next, which "
                      "brings the charts' program; later ones bring less, so the network's figure below is too high rather than too low."]
    else:
        lines += ["", "Drawing and its memory are those of `make bench`. What an open page holds in memory and what the network carries "
                      "were not measured: `python -m bench.scale measure drawing` does it, and the tables then have it."]
    return "\n".join(lines)


def need_table(said: dict[str, Any]) -> str:
    """1,000 and 100,000 visitors an hour."""
    one, many = need(said, 1_000), need(said, 100_000)
    rows = [("Inputs a second", lambda n: f"{n.visitors / 3600 * INPUTS:,.1f}"),
            ("Processors for the deep methods", lambda n: f"{n.deep:,.1f}"),
            ("Processors for the classical methods and looks", lambda n: f"{n.classical:,.1f}"),
            ("Processes that draw, a processor each", lambda n: f"{max(1, math.ceil(n.drawing)):,}"),
            (f"Machines of {CORES} processors, without graphics cards", lambda n: f"{n.machines:,}"),
            ("*Graphics cards in place of the deep methods' processors (assumed)*", lambda n: f"*{max(1, math.ceil(n.cards)):,}*"),
            ("Memory of the processes that run models, one for each of their processors, GB",
             lambda n: f"{math.ceil(n.deep + n.classical) * WORKER_MB / 1000:,.0f}"),
            ("Pages open at once", lambda n: f"{n.open_pages:,.0f}")]
    if one.sessions_gb is not None:
        rows += [("Memory for open pages, GB", lambda n: f"{n.sessions_gb:,.2f}"),
                 ("Sent to browsers, Mbit a second", lambda n: f"{n.megabits:,.0f}")]
    lines = [f"| | {one.visitors:,} visitors an hour | {many.visitors:,} visitors an hour |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {title} | {show(one)} | {show(many)} |" for title, show in rows)])


def assumptions() -> str:
    """The constants in words."""
    return (f"A visit lasts {MINUTES} minutes, has {INPUTS} inputs spread evenly over all demos and {PAGES} drawn pages, and fetches "
            f"{DEMO_PAGES} of them; processors and cards are {100 * FULL:.0f} % full; one graphics card does what {CARD:.0f} processors "
            f"do for the deep methods, and a process that runs models has {WORKER_MB / 1000:.0f} GB.")


def written(text: str) -> str:
    """The document with its tables put anew."""
    said = measured()
    for name, table in (("cost", cost_table(said)), ("assumptions", assumptions()), ("need", need_table(said))):
        text = between(text, name, table)
    return text


def write() -> None:
    """Put the tables between their marks in the document."""
    DOCUMENT.write_text(written(DOCUMENT.read_text()))
