"""The models and the engine without a page: the bare call, the same through the engine, and speech."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from demos import get_demo
from demos.engine import InlineEngine, LocalEngine
from demos.media import decode_picture, decode_sound
from demos.samples import sample_inputs

Row = tuple[str, list[float], str, str]
RUNS = 20


def timed(call: object, runs: int = RUNS) -> list[float]:
    """Seconds of each call, after two that do not count."""
    took = []
    for _ in range(runs + 2):
        began = time.perf_counter()
        call()  # type: ignore[operator]
        took.append(time.perf_counter() - began)
    return took[2:]


def measure() -> Iterator[Row]:
    """Yield a row for each measurement: title, values, unit, goal."""
    yield from _pictures()
    yield from _speech()


def _pictures() -> Iterator[Row]:
    demo = get_demo("image_recognition")
    given = sample_inputs(demo, demo.samples[0])
    image = decode_picture(given["image"])
    inline, local = InlineEngine(), LocalEngine()
    try:
        for family in ("deep", "classical"):
            method = demo.method(family)
            model = inline.load(demo.name, method.key)
            bare = timed(lambda: model.predict(image=image))
            yield f"Picture: bare call, {method.title}", [1000 * s for s in bare], "ms", ""
            numbers = itertools.count(1)  # bytes after the picture's end: an upload that was never answered before
            through = timed(lambda: local.submit(demo.name, method.key, {"image": given["image"] + bytes(next(numbers))}).result(60))
            yield f"Picture: through the engine, {method.title}", [1000 * s for s in through], "ms", ""
        model = inline.load(demo.name, demo.method("deep").key)
        yield "Picture: why (heat map and stages)", [1000 * s for s in timed(lambda: model.explain(image=image), 10)], "ms", ""
    finally:
        local.close()


def _speech() -> Iterator[Row]:
    demo = get_demo("speech_recognition")
    inline = InlineEngine()
    # those with speech: where nobody speaks there is next to nothing to do
    sounds = [decode_sound(sample_inputs(demo, s)["audio"]) for s in demo.samples if s.expect or s.fails]
    for family in ("deep", "classical"):
        method = demo.method(family)
        model = inline.load(demo.name, method.key)
        model.predict(audio=sounds[0])
        ratios = []
        for sound in sounds:
            began = time.perf_counter()
            model.predict(audio=sound)
            ratios.append((time.perf_counter() - began) / (len(sound) / 16_000))
        goal = "at most 0.20" if family == "deep" else ""
        yield f"Speech: seconds of work a second of sound, {method.title}", ratios, "s", goal
