"""What "Break it" does to a list of rated films: ratings are forgotten, turned round, or films that everybody saw are added."""

from __future__ import annotations

import random

from demos.change import Change

# the ten films that most of the people learnt from liked, the best known first; tests hold them against the weights
SEEN_BY_ALL = ("tt0111161", "tt0110912", "tt0109830", "tt0102926", "tt0133093", "tt0076759", "tt0108052", "tt0080684",
               "tt0137523", "tt0114814")
LOUD, QUIET = 5, 1  # stars


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def lose(text: str, percent: float) -> str:
    """Without so many per cent of the ratings; one stays, and a stronger change keeps the gaps of a weaker one."""
    parts = _parts(text)
    order = list(range(len(parts)))
    random.Random(0).shuffle(order)
    gone = set(order[:min(round(percent / 100 * len(parts)), len(parts) - 1)])
    return ",".join(part for place, part in enumerate(parts) if place not in gone)


def turn_round(text: str, percent: float) -> str:
    """So many per cent of the ratings the wrong way round: five stars become one, and one becomes five."""
    parts = _parts(text)
    order = list(range(len(parts)))
    random.Random(1).shuffle(order)
    for place in order[:round(percent / 100 * len(parts))]:
        film, _, stars = parts[place].partition(":")
        parts[place] = f"{film}:{LOUD + QUIET - float(stars or LOUD):g}"
    return ",".join(parts)


def add_known(text: str, count: float) -> str:
    """With so many of the films that everybody saw, five stars each; those rated already stay as they are."""
    parts = _parts(text)
    there = {part.partition(":")[0] for part in parts}
    return ",".join([*parts, *(f"{film}:{LOUD}" for film in SEEN_BY_ALL[:int(count)] if film not in there)])


RATINGS = (
    Change("lost_ratings", "Forgotten ratings", "films", tuple(range(0, 100, 10)), "% of the ratings",
           "with {strength:g} % of the ratings forgotten", lose),
    Change("blockbusters", "Films that everybody saw", "films", (0, 1, 2, 3, 4, 5, 6, 7, 8, 10), "of them liked too",
           "with {strength:g} films liked that everybody saw", add_known),
    Change("wrong_way_round", "Stars the wrong way round", "films", tuple(range(0, 110, 10)), "% of the ratings",
           "with {strength:g} % of the ratings turned round", turn_round),
)
