"""What can be asked of the two methods, and which set it belongs to; loads nothing."""

from __future__ import annotations

DIGITS = tuple("0123456789")
TILES = ("creature", "weapon", "clothing", "treasure", "wall or floor")
COUNT = 16  # pictures at once
MOST_STEPS = 64


def set_of(what: str) -> tuple[str, int]:
    """The set, digits or tiles, and the number of the kind in it; ValueError for anything else."""
    for name, kinds in (("digits", DIGITS), ("tiles", TILES)):
        if what in kinds:
            return name, kinds.index(what)
    raise ValueError(f"neither set holds {what!r}")
