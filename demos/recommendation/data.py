"""Reads the ratings of MovieLens, keeps the films that the catalogue has, and says which people are measured on.

MovieLens latest-small (Harper and Konstan 2015, doi:10.1145/2827872). None of its files is in this project.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.recommendation.catalogue import film_id
from demos.recommendation.rated import LIKED

SEED = 0
TEST, FOLDS = 55, 5  # people left out whole to measure on; parts of the others that choose in turn
FEWEST = 5  # liked films of somebody who is measured on
ASKED = 0.2  # share of them that is held back and asked for


@dataclass(frozen=True)
class Ratings:
    """Who rated what: people's numbers (u,), films' IMDb ids in order, and `(u, n)` float32 stars, 0 for none."""

    people: np.ndarray
    films: tuple[str, ...]
    stars: np.ndarray

    @property
    def liked(self) -> np.ndarray:
        """`(u, n)` bool: four stars or more."""
        return self.stars >= LIKED

    def only(self, rows: np.ndarray) -> Ratings:
        """The same of these rows alone."""
        return Ratings(self.people[rows], self.films, self.stars[rows])


def read_ratings(folder: Path, known: Collection[str]) -> Ratings:
    """The ratings of ratings.csv, joined by links.csv, of the films that are `known`.

    Raises FileNotFoundError where a file is missing.
    """
    with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["movieId"]: film_id(int(row["imdbId"])) for row in csv.DictReader(file)}
    with (folder / "ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(row["userId"]), ids[row["movieId"]], float(row["rating"])) for row in csv.DictReader(file)
                if ids.get(row["movieId"]) in known]
    people, films = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    person, place = ({one: i for i, one in enumerate(all_)} for all_ in (people, films))
    stars = np.zeros((len(people), len(films)), np.float32)
    for who, film, given in rows:
        stars[person[who], place[film]] = given
    return Ratings(np.array(people), tuple(films), stars)


def measurable(ratings: Ratings) -> np.ndarray:
    """The rows of the people who liked enough films to be measured on."""
    return np.flatnonzero(ratings.liked.sum(axis=1) >= FEWEST)


def split_people(ratings: Ratings, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """The rows to learn and choose from, and the 55 that are left out whole to be measured on; drawn with the seed."""
    order = np.random.default_rng(seed).permutation(measurable(ratings))
    test = np.sort(order[:min(TEST, len(order) // 3)])
    return np.setdiff1d(np.arange(len(ratings.people)), test), test


def folds(ratings: Ratings, seed: int = SEED) -> list[tuple[np.ndarray, np.ndarray]]:
    """Five pairs of rows, to learn from and to choose by: each measurable person chooses once."""
    order = np.random.default_rng((seed, 1)).permutation(measurable(ratings))
    return [(np.setdiff1d(np.arange(len(ratings.people)), part), part) for part in np.array_split(order, FOLDS)]


def hold_back(liked: np.ndarray, people: np.ndarray, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """Of each person's liked films `(u, n)` the four fifths that are given and the fifth that is asked for.

    Drawn with the seed and the person's own number, so that it hangs on nobody else.
    """
    asked = np.zeros_like(liked)
    for row, person in enumerate(people):
        films = np.flatnonzero(liked[row])
        count = max(1, round(ASKED * len(films)))
        asked[row, np.random.default_rng((seed, int(person))).permutation(films)[:count]] = True
    return liked & ~asked, asked
