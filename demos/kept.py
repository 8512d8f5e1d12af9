"""What a network gave for the last few pictures or sounds, for the next question about the same one."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from typing import Any

import numpy as np

MOST = 8  # pictures; EfficientNet-Lite0's scores and stages are 5 MB each


class Kept:
    """Values by picture or sound, each held no longer than the array that it belongs to.

    The views are asked for right after the answer, and come from the same pass of the network. Only arrays that
    nobody can change are known again: those that the worker has decoded.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: OrderedDict[int, tuple[weakref.ref[np.ndarray], Any]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, of: np.ndarray) -> Any:
        """The value of this very array; None when there is none."""
        found = self._values.get(id(of))
        return found[1] if found is not None and found[0]() is of else None

    def put(self, of: np.ndarray, value: Any) -> None:
        """Keep a value while the array lives and is among the last few."""
        if of.flags.writeable:
            return
        number = id(of)
        self._values[number] = weakref.ref(of, lambda _: self._values.pop(number, None)), value
        self._values.move_to_end(number)
        while len(self._values) > self._most:
            self._values.popitem(last=False)
