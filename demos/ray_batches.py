"""Answers of one method computed together, for pools of a Ray cluster with `batch` (worth it on a graphics card)."""

from __future__ import annotations

import time
from collections.abc import Sequence

from demos import get_demo
from demos.decoding import Reading, read_here
from demos.errors import DemoError
from demos.jobs import Answer, Request
from demos.loaded import LoadedModels, out_of_memory
from demos.work import Decoded, read_inputs


def can_be_together(models: LoadedModels, request: Request) -> bool:
    """Whether this is a plain question to a model that takes many inputs at once (`predict_many`)."""
    demo = get_demo(request.demo)
    method = demo.method(request.method)
    return (request.want == "answer" and not request.change and len(demo.inputs) == 1 and not method.inputs
            and hasattr(models.get(demo, method)[0], "predict_many"))


def answer_together(models: LoadedModels, requests: Sequence[Request], read: Reading = read_here) -> list[Answer | DemoError]:
    """An answer or the sentence why there is none for each request; one forward pass for each method.

    The seconds are those of the whole pass: that is what each visitor waited for.
    """
    outcomes: list[Answer | DemoError | None] = [None] * len(requests)
    for key in dict.fromkeys((one.demo, one.method) for one in requests):
        demo = get_demo(key[0])
        method, name = demo.method(key[1]), demo.inputs[0].name
        values, places = [], []
        for place, request in enumerate(requests):
            if (request.demo, request.method) == key:
                try:
                    values.append(read_inputs(demo, method, request.inputs, Decoded(read))[name])
                    places.append(place)
                except DemoError as error:
                    outcomes[place] = error
        for place, outcome in zip(places, _pass(models, key, values)):
            outcomes[place] = outcome
    return outcomes  # type: ignore[return-value]


def _pass(models: LoadedModels, key: tuple[str, str], values: list[object]) -> list[Answer | DemoError]:
    """One forward pass; where the device is too small for it, half as many at a time, at last on the processor."""
    demo = get_demo(key[0])
    method, notes = demo.method(key[1]), ()
    while values:
        model, device = models.get(demo, method)
        began = time.perf_counter()
        try:
            results = model.predict_many(values)
            return [Answer(result, time.perf_counter() - began, device, notes) for result in results]
        except DemoError as error:
            return [error] * len(values)
        except Exception as error:
            if not out_of_memory(error):
                raise
        if len(values) > 1:
            half = len(values) // 2
            return [*_pass(models, key, values[:half]), *_pass(models, key, values[half:])]
        try:
            notes = (models.make_room(demo, method, device),)
        except DemoError as error:
            return [error]
    return []
