"""The film catalogue that comes with the package bokeh-sampledata: titles, years, genres, directors and casts.

Its table is a snapshot of Wikidata, which is CC0-1.0: 17,470 films first shown from 1940 to 2014. (Releases of the package
before 2026 hold another table, from another source and under other terms, so the digest is checked.)
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from demos.base import Weights, WeightsFile

CATALOGUE = Weights(
    "movies", "package",
    (WeightsFile("movies.db", "1d9c6a02e488d0354b2309e16130c58820a91ac2ce417e814c5964f9579a65ac",
                 ("bokeh-sampledata:bokeh_sampledata/_data/movies.db",)),),
    "CC0-1.0", 8.0, "Wikidata's films, packaged by the Bokeh project")
TOLD_OF_CAST = 3  # actors named in a description


@dataclass(frozen=True)
class Film:
    """One film: its IMDb id, such as tt0111161, and what Wikidata says of it; what is not known is empty."""

    id: str
    title: str
    year: int
    genres: tuple[str, ...]
    directors: tuple[str, ...]
    cast: tuple[str, ...]

    @property
    def named(self) -> str:
        """Such as "The Shawshank Redemption (1994)"."""
        return f"{self.title} ({self.year})"

    @property
    def described(self) -> str:
        """The sentence that a wish in words is held against: genre, title, director, year."""
        genres = " ".join(self.genres).lower() or "film"
        by = f" directed by {' and '.join(self.directors)}" if self.directors else ""
        return f"{self.title}: a {genres} film{by}, from {self.year}."


def film_id(number: int) -> str:
    """An IMDb id from its number: 111161 is tt0111161."""
    return f"tt{number:07d}"


@lru_cache(maxsize=2)
def read_catalogue(path: Path) -> Mapping[str, Film]:
    """Every film of the package's table by its IMDb id; where an id occurs twice, the first row counts."""
    films: dict[str, Film] = {}
    # "immutable": nothing is written beside the package's file, not even a lock
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as table:
        rows = table.execute('SELECT imdbID, Title, Year, Genre, Director, "Cast" FROM omdb ORDER BY ID')
        for number, title, year, *lists in rows:
            films.setdefault(number, Film(number, title, int(year), *(_listed(text) for text in lists)))
    table.close()
    return films


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").split(", ") if part)


def plain(text: str) -> str:
    """A text as it is searched: small letters without accents, words apart by one space."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))


def find(films: Iterable[Film], text: str, most: int = 8) -> list[Film]:
    """The films whose titles hold every word that was written, the last one perhaps unfinished.

    Titles that begin so come first; else the order of `films` stays, so give the best known first.
    """
    asked = plain(text)
    if not asked:
        return []
    *whole, begun = asked.split()
    found: list[tuple[bool, Film]] = []
    for film in films:
        title = plain(film.title)
        words = title.split()
        if all(word in words for word in whole) and any(word.startswith(begun) for word in words):
            found.append((not title.startswith(asked), film))
    return [film for _, film in sorted(found, key=lambda row: row[0])][:most]
