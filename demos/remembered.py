"""Answers that were given already, by the digest of all that was asked; in memory only.

Answers to this project's own samples are kept up to a bound. An answer to what a visitor gave is never
kept here: it is found through the visitor's own job, and gone as soon as no page holds that job any more.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

from demos import get_demo
from demos.base import Demo
from demos.errors import WeightsMissing
from demos.inputs import ChoiceInput, Input, NumberInput
from demos.jobs import Answer, Job, Request
from demos.samples import sample_inputs

Key = tuple[Any, ...]
KEPT_WANTS = ("answer", "explain", "look", "sweep", "part")


def key_of(request: Request) -> Key | None:
    """What names a request: the method and its weights, what is wanted, and the SHA-256 of each input.

    None for what must be done each time: loading, fetching, forgetting, and parts that measure time.
    """
    if request.want not in KEPT_WANTS:
        return None
    demo = get_demo(request.demo)
    if any(part.fresh for part in demo.parts if request.want == "part" and part.key == request.change):
        return None
    weights = tuple(file.sha256 for row in demo.method(request.method).weights for file in row.files)
    inputs = tuple((name, digest(value)) for name, value in sorted(request.inputs.items()))
    return request.demo, request.method, weights, request.want, request.change, request.strength, inputs


def digest(value: Any) -> str:
    """The SHA-256 of an input's kind and value: its bytes, or the number or text as Python writes it."""
    raw = value if isinstance(value, (bytes, bytearray, memoryview)) else repr(value).encode()
    return hashlib.sha256(type(value).__name__.encode() + b":" + raw).hexdigest()


def is_sample(request: Request, key: Key) -> bool:
    """Whether all that was given comes with this project: every file and text is one sample's, and so is every
    number and choice that this sample names. Numbers and choices that it does not name say nothing of anybody."""
    demo = get_demo(request.demo)
    closed = {item.name for item in _declared(demo) if isinstance(item, (ChoiceInput, NumberInput))}
    given = dict(key[-1])
    return any(all(sample[name] == value if name in sample else name in closed or value in sample.values()
                   for name, value in given.items()) for sample in _samples(request.demo))


def _declared(demo: Demo) -> list[Input]:
    """Every input that a request to a demo may name."""
    most = (*demo.inputs, *(item for method in demo.methods for item in method.inputs),
            *(item for part in demo.parts for item in part.inputs))
    return [one for item in most for one in (item, *item.settings)]


@lru_cache(maxsize=256)
def _samples(name: str) -> tuple[Mapping[str, str], ...]:
    """The digests of each sample's values, by input."""
    demo, found = get_demo(name), []
    for sample in demo.samples:
        try:
            found.append({name: digest(value) for name, value in sample_inputs(demo, sample).items()})
        except WeightsMissing:
            continue  # its package is not installed
    return tuple(found)


def size_of(value: Any) -> int:
    """About how many bytes an answer holds."""
    if isinstance(value, (bytes, str)):
        return len(value)
    if hasattr(value, "nbytes"):
        return int(value.nbytes)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return 64 + sum(size_of(getattr(value, one.name)) for one in dataclasses.fields(value))
    if isinstance(value, Mapping):
        return 64 + sum(size_of(one) for pair in value.items() for one in pair)
    if isinstance(value, (tuple, list)):
        return 64 + sum(map(size_of, value))
    return 32


class Remembered:
    """Answers by key; the engine holds its lock around each call."""

    def __init__(self, limit_bytes: float) -> None:
        self.limit_bytes = limit_bytes
        self._samples: OrderedDict[Key, tuple[Any, int]] = OrderedDict()
        self._own: WeakValueDictionary[Key, Job] = WeakValueDictionary()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._samples) + len(self._own)

    @property
    def megabytes(self) -> float:
        """What the kept answers take."""
        return self._bytes / 2**20

    def get(self, key: Key | None) -> Any:
        """The value, marked as one from here; None where there is none."""
        if key in self._samples:
            self._samples.move_to_end(key)
            value = self._samples[key][0]
        else:
            job = self._own.get(key)
            if job is None or job.error is not None:
                return None
            value = job.result(0)
        return dataclasses.replace(value, from_cache=True) if isinstance(value, Answer) else value

    def add(self, key: Key, request: Request, value: Any, jobs: list[Job]) -> None:
        """Keep a sample's answer, or know that these jobs hold a visitor's.

        An answer with a note (a graphics card that was full) holds for that moment only.
        """
        if isinstance(value, Answer) and value.notes:
            return
        if not is_sample(request, key):
            self.hold(key, jobs[-1:])
            return
        size = size_of(value)
        if size > self.limit_bytes / 4:
            return
        self._samples[key] = value, size
        self._bytes += size
        while self._bytes > self.limit_bytes:
            _, (_, less) = self._samples.popitem(last=False)
            self._bytes -= less

    def hold(self, key: Key | None, jobs: list[Job]) -> None:
        """A visitor's answer can be found as long as the last of these jobs lives."""
        for job in jobs:
            if key not in self._samples:
                self._own[key] = job

    def forget(self) -> None:
        """Drop all that visitors gave rise to."""
        self._own.clear()
