"""What all methods share: the films that were learnt, by how many people each was liked, and a visitor's ratings among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from demos.errors import BadInput
from demos.recommendation.catalogue import Film, film_id, read_catalogue
from demos.recommendation.rated import known_only, read_rated
from demos.recommendation.words import NOT_LEARNT, SOME_NOT_LEARNT

LEAST_LIKED = 2  # people who must have liked a film for it to be learnt


@dataclass(frozen=True)
class Asked:
    """A visitor's ratings: places of the films that count `(m,)` and of all rated ones, and what to tell beside the list."""

    liked: np.ndarray
    seen: np.ndarray
    note: str = ""

    def row(self, films: int) -> np.ndarray:
        """What was liked as one person among the `films` that were learnt, `(1, films)` float32."""
        made = np.zeros((1, films), np.float32)
        made[0, self.liked] = 1
        return made


@dataclass(frozen=True)
class Learnt:
    """n films in the order of all methods' numbers, `(n,)` people who liked each, and those people's numbers.

    `catalogue` holds these films and all others that have no numbers.
    """

    films: tuple[Film, ...]
    liked_by: np.ndarray
    people: np.ndarray
    catalogue: Mapping[str, Film]

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each film stands, by its IMDb id."""
        return {film.id: i for i, film in enumerate(self.films)}

    def asked(self, liked: str) -> Asked:
        """The visitor's ratings as places; raises BadInput where nothing can be suggested from them."""
        rated, note = known_only(read_rated(liked), self.catalogue)
        places = [self.place[film] for film in rated.liked if film in self.place]
        lost, people = len(rated.liked) - len(places), len(self.people)
        if not places:
            raise BadInput(NOT_LEARNT.format(people=people))
        if lost:
            note = f"{note} {SOME_NOT_LEARNT.format(lost=lost, count=len(rated.liked), people=people)}".strip()
        seen = [self.place[film] for film in rated.stars if film in self.place]
        return Asked(np.array(places), np.array(seen), note)

    def columns(self, films: Sequence[str]) -> np.ndarray:
        """Where each of these films stands `(k,)`, -1 for those that were not learnt."""
        return np.array([self.place.get(film, -1) for film in films])


def read_learnt(path: Path, catalogue: Path) -> Learnt:
    """Read films.safetensors and the catalogue."""
    from safetensors.numpy import load_file

    stored, known = load_file(path), read_catalogue(catalogue)
    films = tuple(known[film_id(int(number))] for number in stored["films"])
    return Learnt(films, stored["liked"].astype(np.int64), stored["people"].astype(np.int64), known)


def store_learnt(films: Sequence[str], liked: np.ndarray, people: np.ndarray) -> dict[str, np.ndarray]:
    """What `read_learnt` reads, from the films' ids in order, `(n,)` counts and the people's numbers."""
    return {"films": np.array([int(film[2:]) for film in films], np.int32), "liked": liked.astype(np.int16),
            "people": np.asarray(people, np.int32)}
