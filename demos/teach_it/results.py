"""What teaching answers beside labels: the examples nearest to a new one, and a lesson that was learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.results import Result
from demos.teach_it.practice import Practice


@dataclass(frozen=True, eq=False)
class Nearest(Result):
    """The n examples that are most like a new one, the nearest first.

    `thumbs` `(n, h, w, 3)` uint8; their names; `(n,)` how alike, at most 1; `numbers` counts each among its name's own;
    of sounds `sounds` `(n, 16000)` uint8, as they are kept.
    """

    thumbs: np.ndarray
    names: tuple[str, ...]
    alike: np.ndarray
    numbers: tuple[int, ...]
    sounds: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.thumbs.dtype != np.uint8 or self.thumbs.ndim != 4 or self.thumbs.shape[-1] != 3:
            raise ValueError("thumbs are (n, h, w, 3) uint8")
        if not len(self.thumbs) == len(self.names) == len(self.alike) == len(self.numbers) > 0 or (
                self.sounds is not None and len(self.sounds) != len(self.thumbs)):
            raise ValueError("one name, likeness, number and sound for each thumb")
        if not (np.diff(self.alike) <= 1e-6).all():
            raise ValueError("the likeness must fall")


@dataclass(frozen=True, eq=False)
class Lesson(Result):
    """A lesson learnt, or on the way: names, examples of each, the file that holds it, and how well it went.

    `data` is empty and `practice` None until there is something to hold; of an opened file `practice` stays None.
    `thumbs` `(n, 48, 48, 3)` uint8 are its examples, name by name.
    """

    names: tuple[str, ...]
    counts: tuple[int, ...]
    data: bytes = b""
    practice: Practice | None = None
    thumbs: np.ndarray | None = None

    def as_json(self) -> dict[str, Any]:
        """The names and counts; the file itself is for the page."""
        return {"type": "Lesson", "names": list(self.names), "counts": list(self.counts), "bytes": len(self.data)}
