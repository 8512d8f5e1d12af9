"""What is done for one request: decode, change, load, ask the model. Used by every engine.

`work` is a generator: it yields how much is done and the answer so far, and its last pair is the
whole answer. It runs in the worker process, or in this one for the command line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from demos import counted, get_demo
from demos.base import Demo, Method, Part
from demos.change import Change
from demos.compare import compare
from demos.decoding import Decoded, Reading, read_here
from demos.errors import BadInput, DemoError
from demos.inputs import Input, NumberInput
from demos.jobs import Answer, Look, Request, Step, Sweep
from demos.loaded import LoadedModels, out_of_memory
from demos.perturb import CHANGES
from demos.results import Result
from demos.samples import sample_inputs

SWEEP_SECONDS = 15  # of sound: "Break it" asks many times, so it listens to the beginning only
PREVIEW_SIDE = 960  # px: as much as a page shows
STEP_SIDE = 640


def read_inputs(demo: Demo, method: Method, raw: Mapping[str, Any], decoded: Decoded) -> dict[str, Any]:
    """Every declared input as the model wants it; what has a default may be left out."""
    declared = {item.name: item for item in (*demo.inputs, *method.inputs)}
    known = (*demo.inputs, *(item for other in demo.methods for item in other.inputs))
    unknown = set(raw) - {item.name for one in known for item in (one, *one.settings)}
    if unknown:
        raise BadInput(f"There is no input named {', '.join(sorted(unknown))}. "
                       f"Please give: {', '.join(declared)}.")
    needed = {item.name for item in declared.values() if item in demo.inputs or not item.optional}
    return _read(declared, raw, needed, decoded)


def read_part(part: Part, raw: Mapping[str, Any], decoded: Decoded) -> dict[str, Any]:
    """Every input of a part as the model wants it."""
    declared = {item.name: item for item in part.inputs}
    return _read(declared, raw, {name for name, item in declared.items() if not item.optional}, decoded)


def _read(declared: Mapping[str, Input], raw: Mapping[str, Any], needed: set[str], decoded: Decoded) -> dict[str, Any]:
    """The values that were given, and the presets of those that were not."""
    values: dict[str, Any] = {}
    for name, item in declared.items():
        if name in raw:
            values[name] = _read_given(item, raw, decoded)
        elif item.preset is not None:
            values[name] = item.read(item.preset)
        elif name in needed:
            raise BadInput(f"{item.label} is missing. Please give one.")
    return values


def _read_given(item: Input, raw: Mapping[str, Any], decoded: Decoded) -> Any:
    """A file's value, read as its settings say, once for all methods; whatever holds bytes is read where files are."""
    given = raw[item.name]
    if item.is_file:
        settings = {one.name: one.read(raw.get(one.name, one.preset)) for one in item.settings}
        return decoded.get(item, given, settings)
    return decoded.read(item, given, {}) if isinstance(given, (bytes, bytearray, list, tuple)) else item.read(given)


def units(demo: Demo, values: Mapping[str, Any]) -> float:
    """How much work an input is: seconds for a sound, 1 for anything else."""
    for item in demo.inputs:
        if item.kind == "sound" and item.name in values:
            return max(1.0, len(values[item.name]) / 16_000)
    return 1.0


def look_at(item: Input, value: Any, side: int = PREVIEW_SIDE) -> Look:
    """A small copy to show on a page."""
    from demos import media

    if item.kind == "picture":
        return Look(item.kind, media.as_jpeg(value, max_side=side), (value.shape[1], value.shape[0]))
    if item.kind == "sound":
        return Look(item.kind, media.as_wav(value), (len(value) / 16_000,))
    return Look(item.kind, *item.preview(value))


class Worker:
    """Loaded models and decoded uploads, and the one place where requests are carried out; `read` reads what was given."""

    def __init__(self, models: LoadedModels, read: Reading = read_here) -> None:
        self.models = models
        self.decoded = Decoded(read)

    def work(self, request: Request, started: Callable[[float], None] = lambda _: None,
             ) -> Iterator[tuple[float, Any]]:
        """Yield (fraction done, answer so far); the last pair is whole.

        `started` is called with the units of work once the input is decoded and the model loaded.
        Raises a DemoError for everything a visitor should read.
        """
        before = counted.so_far()
        for fraction, value in self._work(request, started):
            yield fraction, replace(value, left=counted.so_far().since(before)) if isinstance(value, Answer) else value

    def _work(self, request: Request, started: Callable[[float], None]) -> Iterator[tuple[float, Any]]:
        demo = get_demo(request.demo)
        method = demo.method(request.method)
        if request.want in ("load", "forget"):
            self._warm(demo, method) if request.want == "load" else self.decoded.forget(request.inputs.get("digests", ()))
            yield 1.0, None
            return
        if request.want == "part":
            yield from self._part(demo, method, request, started)
            return
        values = read_inputs(demo, method, request.inputs, self.decoded)
        if request.want == "look":
            values = _changed(demo, values, request.change, request.strength)
            yield 1.0, self._look(demo, values)
        elif request.want == "sweep":
            yield from self._sweep(demo, method, values, request, started)
        else:
            values = _changed(demo, values, request.change, request.strength)
            self.models.get(demo, method)
            started(units(demo, values))
            yield from self._ask(demo, method, values, request.want)

    def _look(self, demo: Demo, values: dict[str, Any]) -> Look:
        """What was given, to be shown; where there are several files, the others with the first."""
        first, *others = (look_at(item, values[item.name]) for item in demo.inputs
                          if item.is_file and item.name in values or item is demo.inputs[0])
        return replace(first, others=tuple(others))

    def _part(self, demo: Demo, method: Method, request: Request,
              started: Callable[[float], None]) -> Iterator[tuple[float, Answer]]:
        """One more thing that the demo's models do for its page."""
        part = next(part for part in demo.parts if part.key == request.change)
        values = read_part(part, request.inputs, self.decoded)
        self.models.get(demo, method)
        started(1.0)
        yield from self._ask(demo, method, values, part.key)

    def _warm(self, demo: Demo, method: Method) -> None:
        """Load a model and ask it once about the first sample: what it imports on use is then here too.

        Where the answer comes in parts, its first part is enough: these are the slow ones, and the rest is more of the same.
        """
        model, _ = self.models.get(demo, method)
        try:
            values = read_inputs(demo, method, sample_inputs(demo, demo.samples[0]), Decoded(self.decoded.read))
        except BadInput:
            return  # a method that cannot be asked without the visitor's own words
        for want in ("answer",) if hasattr(model, "stream") else ("answer", "explain"):
            next(_call(model, values, want))

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
        model, _ = self.models.get(demo, method)
        want = "briefly" if hasattr(model, "briefly") else "answer"
        started(units(demo, values) * len(change.strengths))
        steps: list[Step] = []
        for strength in change.strengths:
            changed = _changed(demo, values, request.change, strength)
            if steps and changed is values:  # a method that does not have what is changed
                steps.append(replace(steps[0], strength=strength))
                yield len(steps) / len(change.strengths), Sweep(request.change, tuple(steps), cut_s)
                continue
            result, error = None, ""
            try:
                for _, answer in self._ask(demo, method, changed, want):
                    result = answer.result
            except DemoError as problem:
                error = str(problem)
            first = steps[0].result if steps else result
            kept, same = compare(first, result)
            steps.append(Step(strength, result, error, _step_look(demo, changed, change), kept, same))
            yield len(steps) / len(change.strengths), Sweep(request.change, tuple(steps), cut_s)


def _changed(demo: Demo, values: dict[str, Any], change: str, strength: float) -> dict[str, Any]:
    """The values with "Break it" done to the main one, or to the one that the change names."""
    if not change:
        return values
    name = CHANGES[change].input or demo.inputs[0].name
    if name not in values:
        return values
    value = CHANGES[change].apply(values[name], strength)
    item = _declared(demo, name)
    if isinstance(item, NumberInput) and value != values[name]:
        value = item.nearest(value)
    return {**values, name: value}


def _declared(demo: Demo, name: str) -> Input | None:
    """The demo's own input of this name."""
    return next((item for item in demo.inputs if item.name == name), None)


def _step_look(demo: Demo, changed: dict[str, Any], change: Change) -> Look:
    """What is shown of a changed input: the number that was changed, else the main input."""
    main = demo.inputs[0]
    item = _declared(demo, change.input or main.name)
    if main.kind == "number" and isinstance(item, NumberInput):
        value = changed[item.name]
        return Look(item.kind, f"{item.label}: {item.say(value)}".encode(), (value,))
    return look_at(main, changed[main.name], STEP_SIDE)


def _call(model: Any, values: dict[str, Any], want: str) -> Iterator[tuple[float, Answer]]:
    """One question to a loaded model; the clock runs for its own work only."""
    began = time.perf_counter()
    if want not in ("answer", "explain"):
        yield from _answers(getattr(model, want)(**values), began)
    elif want == "explain":
        views = tuple(model.explain(**values)) if hasattr(model, "explain") else ()
        yield 1.0, Answer(None, time.perf_counter() - began, "", views=views)
    elif hasattr(model, "stream"):
        yield from _answers(model.stream(**values), began)
    else:
        yield from _answers(model.predict(**values), began)


def _answers(given: Result | Iterator[tuple[float, Result]], began: float) -> Iterator[tuple[float, Answer]]:
    """A result at once, or one that grows."""
    last: tuple[float, Result] | None = (1.0, given) if isinstance(given, Result) else None
    for fraction, result in () if isinstance(given, Result) else given:
        last = (fraction, result)
        yield min(fraction, 0.999), Answer(result, time.perf_counter() - began, "")
    if last is None:
        raise RuntimeError("a stream without an answer")
    yield 1.0, Answer(last[1], time.perf_counter() - began, "")
