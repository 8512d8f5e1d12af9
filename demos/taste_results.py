"""What a recommender answers: films in order, what pulled each of them up, and the map of films that it learnt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Ranking, Result


@dataclass(frozen=True, eq=False)
class Suggestions(Ranking):
    """Films in order, the best first: `items` are IMDb ids; titles, years, genres and directors; by how many each was liked.

    `people` counts all whom the method learnt from. `variety` is 0 where the films have all genres, directors and
    decades in common and 1 where any two share none; `popularity` is the mean share of the people who liked a film of
    the list. `scores` need not fall: a list re-ranked for variety keeps the method's own. `note` is what to tell beside it.
    """

    titles: tuple[str, ...]
    years: tuple[int, ...]
    genres: tuple[str, ...]
    directors: tuple[str, ...]
    liked_by: tuple[int, ...]
    people: int
    variety: float
    popularity: float
    note: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if {len(self.items)} != {*map(len, (self.titles, self.years, self.genres, self.directors, self.liked_by))}:
            raise ValueError("a title, a year, genres, directors and a count for each film")
        if not (0 <= self.variety <= 1 and 0 <= self.popularity <= 1):
            raise ValueError("variety and popularity are in [0, 1]")


@dataclass(frozen=True, eq=False)
class Bubble(Result):
    """The same taste from "more of the same" to "surprise me": `(k,)` places of the slider in [0, 1], a list for each."""

    surprise: np.ndarray
    lists: tuple[Suggestions, ...]

    def __post_init__(self) -> None:
        surprise = np.asarray(self.surprise, dtype=np.float32)
        if surprise.shape != (len(self.lists),) or not len(surprise) or not ((surprise >= 0) & (surprise <= 1)).all():
            raise ValueError("a list for each place of the slider, which is in [0, 1]")
        object.__setattr__(self, "surprise", surprise)


@dataclass(frozen=True, eq=False)
class Pulls(Result):
    """How much each rated film pulled each suggestion up: k suggestions, m rated films, `(k, m)` float32; below 0 is down."""

    suggested: tuple[str, ...]
    rated: tuple[str, ...]
    values: np.ndarray

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float32)
        if values.shape != (len(self.suggested), len(self.rated)) or not np.isfinite(values).all():
            raise ValueError("one finite pull for each suggestion and rated film")
        object.__setattr__(self, "values", values)

    def strongest(self, place: int, count: int = 3) -> tuple[tuple[str, float], ...]:
        """The rated films that pulled a suggestion up most, each with its share in [0, 1] of all that pulled it up."""
        row = np.maximum(self.values[place], 0)
        order = [int(i) for i in np.argsort(-row, kind="stable")[:count] if row[i] > 0]
        return tuple((self.rated[i], float(row[i] / row.sum())) for i in order)


@dataclass(frozen=True, eq=False)
class FilmMap(Result):
    """Films as points: `(n, 2)` float32; titles, first genres; where the visitor is `(2,)`; places rated and suggested."""

    points: np.ndarray
    titles: tuple[str, ...]
    genres: tuple[str, ...]
    visitor: np.ndarray
    rated: tuple[int, ...]
    suggested: tuple[int, ...]

    def __post_init__(self) -> None:
        points, visitor = (np.asarray(one, dtype=np.float32) for one in (self.points, self.visitor))
        if points.shape != (len(self.titles), 2) or len(self.genres) != len(self.titles) or visitor.shape != (2,):
            raise ValueError("a point in the plane for each film, and one for the visitor")
        if not (np.isfinite(points).all() and np.isfinite(visitor).all()):
            raise ValueError("a place is finite")
        if not all(0 <= place < len(points) for place in (*self.rated, *self.suggested)):
            raise ValueError("a film that is not on the map")
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "visitor", visitor)
