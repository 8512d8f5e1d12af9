"""What the load program saw, and the table's lines that come of it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

from bench.__main__ import row
from bench.visitor import Seen

KINDS = ("light", "sample", "picture", "speech")  # of pages


@dataclass
class Log:
    """All that was seen, by kind of page, and what went wrong."""

    seen: dict[str, list[Seen]] = field(default_factory=lambda: {kind: [] for kind in (*KINDS, "browser")})
    lost: list[str] = field(default_factory=list)
    mixed: int = 0
    memory_mb: list[float] = field(default_factory=list)  # second by second


def near(seen: list[Seen]) -> list[float]:
    """1 for each waiting time that was within half of the truth, 0 for the others."""
    pairs = [(one.estimate[1], one.answer - one.estimate[0]) for one in seen if one.estimate and one.answer]
    return [float(0.5 * true <= said_s <= 1.5 * true) for said_s, true in pairs]


def late(values: list[float]) -> float:
    """The 95th percentile; 0 of nothing."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else sum(values)


def hall_rows(log: Log, who: str) -> list[dict[str, Any]]:
    """The table's lines of those who read and think; a spread of one value is that value."""
    every = [one for kind in KINDS for one in log.seen[kind]]
    light = [one.whole for one in log.seen["light"]]
    told = [one.told for one in every if one.told]
    shares = near(every)
    found = [
        row(f"{who}: pages without a model, to their end, 19 of 20 within", [late(light)], "s", "at most 1.5"),
        row(f"{who}: answer, place or waiting time on the page, 19 of 20 within", [late(told)], "s", "at most 1"),
        row(f"{who}: own picture to answer", [one.answer for one in log.seen["picture"] if one.answer] or [0.0], "s"),
        row(f"{who}: a page in a real browser to its verdict", [one.whole for one in log.seen["browser"]] or [0.0], "s"),
        row(f"{who}: lost sessions and errors", [len(log.lost)], "", "0"),
        row(f"{who}: mixed-up answers", [log.mixed], "", "0"),
        row(f"{who}: most memory", [max(log.memory_mb, default=0.0)], "MB", "at most 5,000")]
    if shares:
        found.insert(2, row(f"{who}: waiting times within half of the truth, of {len(shares)}",
                            [100 * statistics.mean(shares)], "in 100", "at least 80"))
    return found


def crowd_rows(rates: dict[int, list[float]], full: dict[str, float]) -> list[dict[str, Any]]:
    """The table's lines of those who never pause, and of the overload."""
    ratio = statistics.median(a / max(b, 1e-6) for a, b in zip(rates[50], rates[5]))
    return [
        row("50 without a pause: pictures a minute", rates[50], ""),
        row("The same against 5 without a pause", [ratio], "times", "at least 0.9"),
        row("200 recordings in 2 s: taken", [full["taken"]], ""), row("The others refused within", [full["refusal_s"]], "s", "at most 1"),
        row("Normal again after", [full["normal_s"]], "s", "at most 10")]
