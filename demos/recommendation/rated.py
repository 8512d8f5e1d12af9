"""What a visitor rated: IMDb ids with stars, read from text such as `tt0111161,tt0068646:3.5`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from typing import Any, ClassVar

from demos.errors import BadInput
from demos.inputs import Input
from demos.recommendation.words import (DOUBTFUL_STARS, MANY_RATED, NONE_KNOWN, NONE_RATED, NO_ID, NOTHING_LIKED,
                                        SOME_UNKNOWN)

LIKED = 4.0  # stars from which a film counts as liked, as in the measuring
MOST = 5_000  # films
LONGEST = 100_000  # characters of ratings


@dataclass(frozen=True)
class FilmsInput(Input):
    """Films that a visitor rated, as `read_rated` reads them; models are given the text."""

    name: str = "liked"
    label: str = "Films you rated"
    kind: ClassVar[str] = "films"

    def read(self, raw: Any) -> str:
        if isinstance(raw, (bytes, bytearray)):
            raw = bytes(raw[:LONGEST + 1]).decode("utf-8", "replace")
        if not isinstance(raw, str):
            raise BadInput(NO_ID)
        if len(raw) > LONGEST:
            raise BadInput(MANY_RATED.format(most=MOST))
        read_rated(raw)
        return raw.strip()


@dataclass(frozen=True)
class Rated:
    """Films that a visitor rated, by IMDb id, with stars from 0.5 to 5."""

    stars: dict[str, float]

    @property
    def liked(self) -> tuple[str, ...]:
        """The films with four stars or more, in the order given."""
        return tuple(film for film, stars in self.stars.items() if stars >= LIKED)


def read_rated(text: str) -> Rated:
    """Ids apart by commas or spaces, each with `:stars` if it was not simply liked; the last word on a film counts.

    Raises BadInput for what is no IMDb id, for stars outside 0.5 to 5, for none, and for more than 500.
    """
    parts = re.split(r"[\s,;]+", text.strip(" \t\n,;"))
    if parts == [""]:
        raise BadInput(NONE_RATED)
    if len(parts) > MOST:
        raise BadInput(MANY_RATED.format(most=MOST))
    stars: dict[str, float] = {}
    for part in parts:
        film, colon, given = part.partition(":")
        if not re.fullmatch(r"tt\d{7,9}", film, re.ASCII):
            raise BadInput(NO_ID)
        if colon and not re.fullmatch(r"[0-5](\.\d)?", given, re.ASCII):
            raise BadInput(DOUBTFUL_STARS)
        value = float(given) if colon else 5.0
        if not 0.5 <= value <= 5:
            raise BadInput(DOUBTFUL_STARS)
        stars[film] = value
    return Rated(stars)


def known_only(rated: Rated, known: Collection[str]) -> tuple[Rated, str]:
    """The films that the catalogue holds, and what to tell of the others ("" where there are none).

    Raises BadInput where none is in the catalogue, and where none of those that are was liked.
    """
    here = {film: stars for film, stars in rated.stars.items() if film in known}
    lost = len(rated.stars) - len(here)
    if not here:
        raise BadInput(NONE_KNOWN)
    if not Rated(here).liked:
        raise BadInput(NOTHING_LIKED)
    return Rated(here), SOME_UNKNOWN.format(lost=lost, count=len(rated.stars)) if lost else ""
