"""What is said of finished pictures: digits are read by a network trained apart, other things are only counted."""

from __future__ import annotations

from dataclasses import replace

from demos.picture_maker.asked import MANY, set_of
from demos.picture_maker.reader import Reader
from demos.picture_results import Made


def finish(reader: Reader, made: Made, what: str) -> Made:
    """The same pictures with what each was read as, and the answer in a few words."""
    count = len(made.pictures)
    if set_of(what)[0] == "tiles":
        return replace(made, says=f"{count} {MANY[what]}", asked=what)
    names = tuple(str(digit) for digit in reader.read(made.pictures[..., :1])[0])
    return replace(made, says=f"{names.count(what)} of {count} read as {what}", asked=what, names=names)
