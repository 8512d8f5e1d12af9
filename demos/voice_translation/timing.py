"""How long the whole chain takes on a sentence of six seconds, and until its first words: run it on a quiet machine.

    python -m demos.voice_translation.timing
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from demos.figures import Figure
from demos.media import decode_sound

SENTENCE = Path(__file__).with_name("samples") / "station.flac"
TIMES = 3
NOTE = ("The sample from the station, {seconds:.1f} seconds long; the median of {times} with loaded models, on the cores that "
        "the command had ({cores}), other programs running beside it.")


def run(model: Any) -> tuple[float, float, tuple[tuple[str, float], ...]]:
    """Seconds to the first words, to the end, and of each stage."""
    audio, first, began = decode_sound(SENTENCE.read_bytes()), 0.0, time.perf_counter()
    for _, answer in model.stream(audio=audio, into="pt"):
        if answer.heard.text and not first:
            first = time.perf_counter() - began
    return first, time.perf_counter() - began, answer.seconds


def cores() -> int:
    """How many cores this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def timed(key: str, model: Any, about: dict[str, str]) -> list[Figure]:
    """Both figures of a loaded model."""
    run(model)  # the first call is slower than any other
    rows = [run(model) for _ in range(TIMES)]
    seconds = len(decode_sound(SENTENCE.read_bytes())) / 16_000
    note = NOTE.format(seconds=seconds, times=TIMES, cores="1 core" if cores() == 1 else f"{cores()} cores")
    return [Figure(key, metric, median(row[place] for row in rows), "a sample of this page", 1, "sentence of six seconds",
                   note=note, **about)
            for place, metric in enumerate(("seconds_to_first_words", "seconds_to_the_voice"))]


def main() -> None:
    """Print every run of both methods."""
    from demos import get_demo
    from demos.engine import InlineEngine

    engine, demo = InlineEngine(), get_demo("voice_translation")
    for family in ("classical", "deep"):
        model = engine.load(demo.name, demo.method(family).key)
        for number in range(TIMES + 1):
            first, whole, stages = run(model)
            each = ", ".join(f"{name} {took:.2f} s" for name, took in stages)
            print(f"{family}, {cores()} cores{' (first call)' if not number else ''}: first words {first:.2f} s, "
                  f"whole {whole:.2f} s ({each})")


if __name__ == "__main__":
    main()
