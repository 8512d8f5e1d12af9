"""Lists of films as HTML: what is suggested, what pulled it up, and what was rated. No poster exists, so words are all."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path

from demos.jobs import Look
from demos.recommendation.catalogue import CATALOGUE, read_catalogue
from demos.recommendation.rated import read_rated
from demos.taste_results import Pulls, Suggestions
from demos.weights import locate
from pages.ui import taste_words as said

SHOWN, EXPLAINED, GENRES = 8, 6, 3  # films of a card, and of the reasons; genres of a film


def suggestions_html(result: Suggestions, shown: int = SHOWN, first_told: bool = True, before: Suggestions | None = None,
                     ) -> str:
    """Films in order, each with year, director, genres and how many people liked it; the first may stand above already.

    Films that `before` did not hold are marked as new.
    """
    rows, known = [], {*before.items} if before else {*result.items}
    for place in range(min(shown, len(result.items))):
        title = f"<b>{escape(result.titles[place])}</b>" if place or not first_told else ""
        new = "" if result.items[place] in known else f'<i>{said.NEW}</i>'
        rows.append(f"<li>{title}{new}<span>{escape(info(result, place))}</span></li>")
    share = f"{100 * result.popularity:.0f}"
    return (f'<ol class="dl-films">{"".join(rows)}</ol>'
            f'<div class="dl-sure">{escape(said.KNOWN.format(share=share, people=result.people))}</div>')


def info(result: Suggestions, place: int) -> str:
    """Year, director, genres and how many liked it, in one line."""
    by = f"{result.directors[place]} · " if result.directors[place] else ""
    genres = (", ".join(result.genres[place].split(", ")[:GENRES]) or said.NO_GENRE).lower()
    liked = (said.LIKED_BY if result.liked_by[place] >= 2 else said.HARDLY_LIKED).format(count=result.liked_by[place], people=result.people)
    return f"{said.FIRST_INFO.format(year=result.years[place], by=by, genres=genres)} · {liked}"


def pulls_html(result: Pulls) -> str:
    """For each of the first suggestions the rated films that pulled it up most, with their shares."""
    rows = []
    for place, film in enumerate(result.suggested[:EXPLAINED]):
        bars = "".join(
            f'<div class="row"><div class="name">{escape(name)}</div><div class="track"><div class="bar" '
            f'style="width:{100 * share:.0f}%"></div></div><div class="share">{100 * share:.0f} %</div></div>'
            for name, share in result.strongest(place))
        rows.append(f'<li><b>{escape(film)}</b><div class="dl-bars">{bars}</div></li>')
    return f'<ol class="dl-films">{"".join(rows)}</ol>'


def rated_html(look: Look, title: str) -> str:
    """Ratings as a list of titles with their stars."""
    stars, films = read_rated(look.preview.decode()).stars, catalogue()
    rows = "".join(f"<li>{escape(said.STARS.format(title=films[film].named if film in films else film, stars=given))}</li>"
                   for film, given in stars.items())
    return (f'<figure class="dl-shown"><blockquote class="dl-words"><ul class="dl-rated">{rows}</ul></blockquote>'
            f"<figcaption>{escape(title)}</figcaption></figure>")


@lru_cache(maxsize=1)
def catalogue() -> dict:
    """Every film of the catalogue by its IMDb id."""
    return dict(read_catalogue(locate(CATALOGUE, Path())))
