"""Carries values over a socket as JSON and plain numbers, never as pickles: the far end may have been taken over by a file.

A frame is the length of its JSON, the JSON, and behind it the bytes of the arrays that the JSON names.
"""

from __future__ import annotations

import importlib
import json
import math
import socket
import struct
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

LARGEST_HEAD = 16 * 2**20  # bytes of JSON; the longest are the pages of a text
LARGEST_ARRAYS = 200 * 2**20  # bytes; a film may have 123 MB, a picture 120, ten minutes of sound 38


def send(to: socket.socket, value: Any) -> None:
    """Send numbers, words, tuples, mappings, arrays, and dataclasses made of these."""
    arrays: list[np.ndarray] = []
    head = json.dumps(_plain(value, arrays), ensure_ascii=False).encode("utf-8", "surrogatepass")
    to.sendall(struct.pack("!Q", len(head)) + head)
    for array in arrays:
        if array.nbytes:
            to.sendall(memoryview(array).cast("B"))


def receive(come: socket.socket, made_of: tuple[str, ...] = ()) -> Any:
    """The value that was sent; dataclasses are made for the dotted names in `made_of` only.

    Raises EOFError when the far end is gone, ValueError for anything that is not such a value.
    """
    (length,) = struct.unpack("!Q", _exactly(come, 8))
    if length > LARGEST_HEAD:
        raise ValueError("too long")
    return _Reader(come, {name.rsplit(".", 1)[1]: name for name in made_of}).value(json.loads(bytes(_exactly(come, length))))


def _plain(value: Any, arrays: list[np.ndarray]) -> Any:
    """The value for JSON; arrays are put aside and named by their place."""
    if isinstance(value, np.ndarray):
        arrays.append(np.ascontiguousarray(value))
        return {"array": [value.dtype.str, *value.shape]}
    if isinstance(value, bytes):
        arrays.append(np.frombuffer(value, np.uint8))
        return {"bytes": len(value)}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (tuple, list)):
        return [_plain(one, arrays) for one in value]
    if isinstance(value, Mapping):
        return {"map": [[key, _plain(one, arrays)] for key, one in value.items()]}
    if is_dataclass(value):
        given = [[one.name, _plain(getattr(value, one.name), arrays)] for one in fields(value) if one.init]
        return {"made": type(value).__name__, "of": given}
    return value


class _Reader:
    """Makes values again, and fetches the arrays in the order in which they were sent."""

    def __init__(self, come: socket.socket, classes: dict[str, str]) -> None:
        self._come, self._classes, self._left = come, classes, LARGEST_ARRAYS

    def value(self, plain: Any) -> Any:
        """The value that stands there in plain; lists become tuples."""
        match plain:
            case list():
                return tuple(self.value(one) for one in plain)
            case {"array": [str(kind), *shape]} if np.dtype(kind).kind in "biuf":
                return self._array(np.dtype(kind), tuple(int(side) for side in shape))
            case {"bytes": int(length)}:
                return self._array(np.dtype(np.uint8), (length,)).tobytes()
            case {"map": list(pairs)}:
                return {str(key): self.value(one) for key, one in pairs}
            case {"made": str(name), "of": list(given)} if name in self._classes:
                module, _, of = self._classes[name].rpartition(".")
                return getattr(importlib.import_module(module), of)(**{str(key): self.value(one) for key, one in given})
            case dict():
                raise ValueError("not a value that is carried")
        return plain

    def _array(self, kind: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
        self._left -= math.prod(shape) * kind.itemsize
        if self._left < 0 or min(shape, default=1) < 0:
            raise ValueError("too large")
        array = np.empty(shape, kind)
        if array.nbytes:
            _into(self._come, memoryview(array).cast("B"))
        return array


def _exactly(come: socket.socket, length: int) -> bytearray:
    """So many bytes."""
    data = bytearray(length)
    _into(come, memoryview(data))
    return data


def _into(come: socket.socket, place: memoryview) -> None:
    """Fill the place."""
    while place:
        got = come.recv_into(place)
        if not got:
            raise EOFError
        place = place[got:]
