"""Loaded models, kept as long as they fit a memory budget; the least recently used leaves first."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from demos import counted, demo_folder
from demos.base import Demo, Method
from demos.errors import DemoError, WeightsMissing
from demos.settings import settings
from demos.weights import locate

log = logging.getLogger("demos")


@dataclass
class _Kept:
    model: Any
    device: str
    megabytes: float


def best_device() -> str:
    """cuda, mps or cpu; what LIVE_DEVICE says comes first."""
    if settings().device:
        return settings().device
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def calm_threads() -> None:
    """Say to OpenMP, before any model library is loaded, how to share the processor with everybody else.

    Measured on two cores with both busy: one EfficientNet pass took 1,300 ms with two threads that wait
    by spinning, 33 ms with two that sleep, 27 ms with one; on idle cores 20, 27 and 25 ms.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // 2)))


def out_of_memory(error: BaseException) -> bool:
    """Whether this is any library's way of saying that memory ran out."""
    said = str(error).lower()
    return (isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
            or (isinstance(error, RuntimeError) and ("out of memory" in said or "can't allocate memory" in said)))


def _resident_mb(device: str) -> float:
    """Memory of this process, with the graphics card's where that is used."""
    import psutil

    megabytes = psutil.Process().memory_info().rss / 2**20
    if device == "cuda":
        import torch

        megabytes += torch.cuda.memory_allocated() / 2**20
    return megabytes


class LoadedModels:
    """The cache of models of one process; safe to use from several threads."""

    def __init__(self, budget_mb: float, device: str = "") -> None:
        calm_threads()
        self.budget_mb = budget_mb
        self._wanted = device
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._on_cpu: set[tuple[str, str]] = set()  # what did not fit the graphics card
        self._lock = threading.RLock()

    @property
    def device(self) -> str:
        """The device that deep models are loaded on; finding it out loads torch."""
        if not self._wanted:
            self._wanted = best_device()
        return self._wanted

    def get(self, demo: Demo, method: Method) -> tuple[Any, str]:
        """The model, loaded now if it is not here, and the device it is on."""
        key = (demo.name, method.key)
        with self._lock:
            if key not in self._kept:
                with counted.aside():
                    self._kept[key] = self._load(demo, method)
                self._drop_until_it_fits(keep=key)
            self._kept.move_to_end(key)
            return self._kept[key].model, self._kept[key].device

    def loaded(self) -> dict[str, float]:
        """Megabytes by 'demo/method', the least recently used first."""
        with self._lock:
            return {"/".join(key): kept.megabytes for key, kept in self._kept.items()}

    def put_away(self, demo: str, method: str) -> None:
        """Let go of a model; nothing happens where it is not loaded."""
        with self._lock:
            self._drop((demo, method))

    def make_room(self, demo: Demo, method: Method, device: str) -> str:
        """After running out of memory: what to say when it can be tried again, or a DemoError."""
        key = (demo.name, method.key)
        with self._lock:
            others = [other for other in self._kept if other != key]
            for other in others:
                self._drop(other)
            if device != "cpu":
                self._drop(key)
                self._on_cpu.add(key)
                return ("The graphics card ran out of memory, so this answer came from the processor; "
                        "it is the same model, only slower.")
            if others:
                return "Memory was short, so other models were put away first."
        raise DemoError("This computer ran out of memory on this input. "
                        "Please try a smaller picture or a shorter recording.")

    def _load(self, demo: Demo, method: Method) -> _Kept:
        folder = demo_folder(demo.name)
        paths = {row.name: locate(row, folder) for row in method.weights}
        weights = None if not paths else next(iter(paths.values())) if len(paths) == 1 else paths
        key = (demo.name, method.key)
        # a classical method needs no device, and asking for the best one loads torch
        device = "cpu" if method.family == "classical" or key in self._on_cpu else self.device
        before, began = _resident_mb(device), time.perf_counter()
        try:
            model = importlib.import_module(method.module).load(weights, device)
        except (ImportError, OSError) as error:
            log.warning("load %s/%s failed: %s", *key, type(error).__name__)
            raise WeightsMissing(f"{method.title} cannot be loaded on this computer. "
                                 "Please install the requirements again; the other methods still work.") from error
        except Exception as error:
            if device == "cpu" or not out_of_memory(error):
                raise
            self._on_cpu.add(key)
            return self._load(demo, method)
        megabytes = max(_resident_mb(device) - before, method.size_mb)
        log.info("loaded %s/%s on %s: %.0f MB, %.2f s", *key, device, megabytes, time.perf_counter() - began)
        return _Kept(model, device, megabytes)

    def _drop_until_it_fits(self, keep: tuple[str, str]) -> None:
        while sum(kept.megabytes for kept in self._kept.values()) > self.budget_mb and len(self._kept) > 1:
            oldest = next(key for key in self._kept if key != keep)
            self._drop(oldest)

    def _drop(self, key: tuple[str, str]) -> None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return
        on_card = kept.device == "cuda"
        del kept
        gc.collect()
        if on_card:
            import torch

            torch.cuda.empty_cache()
        log.info("put away %s/%s", *key)
