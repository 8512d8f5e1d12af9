"""Networks that several demos build on: in memory once, as long as any of them holds it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakValueDictionary

Network = TypeVar("Network")


def once(load: Callable[[Any, str], Network]) -> Callable[[Any, str], Network]:
    """A `load(weights, device)` that gives the same network again while somebody holds it; no call may write to one."""
    held: WeakValueDictionary[tuple[Any, str], Any] = WeakValueDictionary()
    lock = threading.Lock()

    @wraps(load)
    def shared(weights: Any, device: str) -> Network:
        with lock:
            key = (tuple(sorted(weights.items())) if isinstance(weights, dict) else weights, device)
            network = held.get(key)
            if network is None:
                network = held[key] = load(weights, device)
            return network

    return shared
