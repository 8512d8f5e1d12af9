"""What can be asked of the methods, which set it belongs to, and how it is said; loads nothing."""

from __future__ import annotations

from demos.inputs import ChoiceInput, NumberInput

DIGITS = tuple("0123456789")
TILES = ("creature", "weapon", "clothing", "treasure", "wall or floor")
MANY = {"creature": "creatures", "weapon": "weapons", "clothing": "pieces of clothing", "treasure": "treasures",
        "wall or floor": "walls and floors"}
COUNT = 16  # pictures at once
STEPS, MOST_STEPS = 8, 64
# how much further the way that the kind asks for: of digits measured by choose.py, of tiles by looking at seeds 2000 to
# 2003 with 1.25, 2.5 and 4, as nobody reads tiles
GUIDANCE = {"digits": 1.25, "tiles": 2.5}

WHAT = ChoiceInput("what", "What shall be drawn?", "Hand-written digits, or small things as in an old computer game.",
                   (*((digit, digit) for digit in DIGITS), *((kind, MANY[kind]) for kind in TILES)), "3")
SEED = NumberInput("seed", "Seed", "The number that the noise comes from. The same seed gives the same pictures again.",
                   low=0, high=9999, default=1)
HOW_MANY = NumberInput("steps", "Steps out of the noise", "More steps take longer, and come out cleaner up to a point.",
                       low=1, high=MOST_STEPS, default=STEPS)
STRICTNESS = NumberInput("guidance", "How strictly it keeps to what was asked",
                         "0 draws anything, 1 is as this project chose, above 1 it exaggerates.", low=0.0, high=8.0,
                         default=1.0)


def set_of(what: str) -> tuple[str, int]:
    """The set, digits or tiles, and the number of the kind in it; ValueError for anything else."""
    for name, kinds in (("digits", DIGITS), ("tiles", TILES)):
        if what in kinds:
            return name, kinds.index(what)
    raise ValueError(f"neither set holds {what!r}")
