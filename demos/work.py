"""What is done for one request: decode, change, load, ask the model. Used by every engine.

`work` is a generator: it yields how much is done and the answer so far, and its last pair is the
whole answer. It runs in the worker process, or in this one for the command line.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from demos import get_demo
from demos.base import Demo, Method
from demos.errors import BadInput, DemoError
from demos.jobs import Answer, Look, Request, Step, Sweep
from demos.loaded import LoadedModels, out_of_memory
from demos.perturb import CHANGES
from demos.results import Result, compare
from demos.samples import sample_inputs

SWEEP_SECONDS = 15  # of sound: "Break it" asks many times, so it listens to the beginning only
PREVIEW_SIDE = 960  # px: as much as a page shows
STEP_SIDE = 640


class Decoded:
    """The last few decoded uploads by digest, so that one picture is decoded once for all methods.

    Held in memory only, and dropped by `clear` when the worker is idle.
    """

    def __init__(self, limit_bytes: int = 300_000_000) -> None:
        self.limit_bytes = limit_bytes
        self._values: OrderedDict[tuple[str, str], Any] = OrderedDict()

    def get(self, kind: str, raw: bytes, read: Callable[[bytes], Any]) -> Any:
        """The decoded value; calls `read` when it is not here."""
        key = (kind, hashlib.sha256(raw).hexdigest())
        if key not in self._values:
            value = read(raw)
            value.setflags(write=False)  # models share it
            self._values[key] = value
            while len(self._values) > 1 and sum(v.nbytes for v in self._values.values()) > self.limit_bytes:
                self._values.popitem(last=False)
        self._values.move_to_end(key)
        return self._values[key]

    def clear(self) -> None:
        """Forget everything that visitors gave."""
        self._values.clear()


def read_inputs(demo: Demo, method: Method, raw: Mapping[str, Any], decoded: Decoded) -> dict[str, Any]:
    """Every declared input as the model wants it; what has a default may be left out."""
    declared = {item.name: item for item in (*demo.inputs, *method.inputs)}
    unknown = set(raw) - set(declared) - {item.name for other in demo.methods for item in other.inputs}
    if unknown:
        raise BadInput(f"There is no input named {', '.join(sorted(unknown))}. "
                       f"Please give: {', '.join(declared)}.")
    values: dict[str, Any] = {}
    for name, item in declared.items():
        if name in raw:
            values[name] = decoded.get(item.kind, raw[name], item.read) if item.is_file else item.read(raw[name])
        elif item.preset is not None:
            values[name] = item.read(item.preset)
        elif item in demo.inputs or not item.optional:
            raise BadInput(f"{item.label} is missing. Please give one.")
    return values


def units(demo: Demo, values: Mapping[str, Any]) -> float:
    """How much work an input is: seconds for a sound, 1 for anything else."""
    for item in demo.inputs:
        if item.kind == "sound" and item.name in values:
            return max(1.0, len(values[item.name]) / 16_000)
    return 1.0


def look_at(kind: str, value: Any, side: int = PREVIEW_SIDE) -> Look:
    """A small copy to show on a page."""
    from demos import media

    if kind == "picture":
        return Look(kind, media.as_jpeg(value, max_side=side), (value.shape[1], value.shape[0]))
    if kind == "sound":
        return Look(kind, media.as_wav(value), (len(value) / 16_000,))
    return Look(kind, str(value).encode(), (float(len(str(value))),))


class Worker:
    """Loaded models and decoded uploads, and the one place where requests are carried out."""

    def __init__(self, models: LoadedModels) -> None:
        self.models = models
        self.decoded = Decoded()

    def work(self, request: Request, started: Callable[[float], None] = lambda _: None,
             ) -> Iterator[tuple[float, Any]]:
        """Yield (fraction done, answer so far); the last pair is whole.

        `started` is called with the units of work once the input is decoded and the model loaded.
        Raises a DemoError for everything a visitor should read.
        """
        demo = get_demo(request.demo)
        method = demo.method(request.method)
        if request.want == "load":
            self._warm(demo, method)
            yield 1.0, None
            return
        values = read_inputs(demo, method, request.inputs, self.decoded)
        main = demo.inputs[0]
        if request.want == "look":
            values = _changed(main.name, values, request.change, request.strength)
            yield 1.0, look_at(main.kind, values[main.name])
        elif request.want == "sweep":
            yield from self._sweep(demo, method, values, request, started)
        else:
            values = _changed(main.name, values, request.change, request.strength)
            self.models.get(demo, method)
            started(units(demo, values))
            yield from self._ask(demo, method, values, request.want)

    def _warm(self, demo: Demo, method: Method) -> None:
        """Load a model and ask it once about the first sample: what it imports on use is then here too."""
        model, _ = self.models.get(demo, method)
        try:
            values = read_inputs(demo, method, sample_inputs(demo, demo.samples[0]), Decoded())
        except BadInput:
            return  # a method that cannot be asked without the visitor's own words
        for want in ("answer", "explain"):
            for _ in _call(model, values, want):
                pass

    def _ask(self, demo: Demo, method: Method, values: dict[str, Any], want: str) -> Iterator[tuple[float, Answer]]:
        """Ask the model; where its device runs out of memory, ask again on the processor."""
        notes: tuple[str, ...] = ()
        while True:
            model, device = self.models.get(demo, method)
            try:
                for fraction, answer in _call(model, values, want):
                    yield fraction, replace(answer, device=device, notes=(*notes, *answer.notes))
                return
            except DemoError:
                raise
            except Exception as error:
                if not out_of_memory(error):
                    raise
                notes = (self.models.make_room(demo, method, device),)

    def _sweep(self, demo: Demo, method: Method, values: dict[str, Any], request: Request,
               started: Callable[[float], None]) -> Iterator[tuple[float, Sweep]]:
        main, change = demo.inputs[0], CHANGES[request.change]
        cut_s = 0.0
        if main.kind == "sound" and len(values[main.name]) > SWEEP_SECONDS * 16_000:
            values = {**values, main.name: values[main.name][: SWEEP_SECONDS * 16_000]}
            cut_s = SWEEP_SECONDS
        self.models.get(demo, method)
        started(units(demo, values) * len(change.strengths))
        steps: list[Step] = []
        for strength in change.strengths:
            changed = _changed(main.name, values, request.change, strength)
            result, error = None, ""
            try:
                for _, answer in self._ask(demo, method, changed, "answer"):
                    result = answer.result
            except DemoError as problem:
                error = str(problem)
            first = steps[0].result if steps else result
            kept, same = compare(first, result)
            steps.append(Step(strength, result, error, look_at(main.kind, changed[main.name], STEP_SIDE), kept, same))
            yield len(steps) / len(change.strengths), Sweep(request.change, tuple(steps), cut_s)


def _changed(name: str, values: dict[str, Any], change: str, strength: float) -> dict[str, Any]:
    """The values with "Break it" done to the main one."""
    if not change:
        return values
    return {**values, name: CHANGES[change].apply(values[name], strength)}


def _call(model: Any, values: dict[str, Any], want: str) -> Iterator[tuple[float, Answer]]:
    """One question to a loaded model; the clock runs for its own work only."""
    began = time.perf_counter()
    if want == "explain":
        views = tuple(model.explain(**values)) if hasattr(model, "explain") else ()
        yield 1.0, Answer(None, time.perf_counter() - began, "", views=views)
    elif hasattr(model, "stream"):
        last: tuple[float, Result] | None = None
        for fraction, result in model.stream(**values):
            last = (fraction, result)
            yield min(fraction, 0.999), Answer(result, time.perf_counter() - began, "")
        if last is None:
            raise RuntimeError("a stream without an answer")
        yield 1.0, Answer(last[1], time.perf_counter() - began, "")
    else:
        result = model.predict(**values)
        yield 1.0, Answer(result, time.perf_counter() - began, "")
