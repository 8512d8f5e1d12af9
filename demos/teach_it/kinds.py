"""The two kinds of lessons, of pictures and of sounds: how a file and a sentence call them, and what is kept of each example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demos.teach_it.measures import CLASSICAL, DEEP, THUMB

LISTENED = 78  # classical measures of a sound
SECOND = 16_000  # samples of a sound, a byte each


@dataclass(frozen=True)
class Kind:
    """`widths` numbers are measured of an example, by family; `kept` arrays of bytes are held of it, by shape."""

    key: str
    one: str
    widths: Mapping[str, int]
    kept: Mapping[str, tuple[int, ...]]


_THUMB = (THUMB, THUMB, 3)
PICTURES = Kind("pictures", "picture", {"classical": CLASSICAL, "deep": DEEP}, {"thumbs": _THUMB})
SOUNDS = Kind("sounds", "sound", {"classical": LISTENED, "deep": DEEP}, {"thumbs": _THUMB, "sounds": (SECOND,)})
KINDS = {kind.key: kind for kind in (PICTURES, SOUNDS)}
