"""Where a visitor rates films: a search by title, stars for each film, and a way to forget one."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.recommendation.catalogue import CATALOGUE
from demos.recommendation.learnt import Learnt, read_learnt
from demos.recommendation.rated import LIKED, read_rated
from demos.weights import locate
from pages.ui import taste_words as said
from pages.ui.asks import Given, digest
from pages.ui.inputs import fresh, given

FEWEST, MOST = 3, 30  # films rated on the page


@lru_cache(maxsize=1)
def learnt(demo_name: str) -> Learnt:
    """The films that can be rated, the best known first."""
    from demos import get_demo

    folder = demo_folder(demo_name)
    rows = {row.name: row for row in get_demo(demo_name).method("popular").weights}
    return read_learnt(locate(rows["films"], folder), locate(CATALOGUE, folder))


def draw_ratings(demo: Demo) -> None:
    """The search, and the films rated so far with their stars; from three on they are what is asked about."""
    films, stars = learnt(demo.name), _stars(demo)
    add = f"add_{demo.name}"
    free = [film.id for film in films.films if film.id not in stars]
    st.selectbox(said.ADD, free, index=None, key=add, placeholder=said.TYPE, on_change=_add, args=(demo, add),
                 disabled=len(stars) >= MOST, format_func=lambda film: films.catalogue[film].named,
                 help=said.ADD_HELP.format(count=len(films.films), people=len(films.people)))
    if len(stars) >= MOST:
        st.caption(said.MOST_HERE)
    for film, value in list(stars.items()):
        _row(demo, film, films.catalogue[film].named if film in films.catalogue else film, value)
    if stars:
        st.button(said.EMPTY, key=f"empty_{demo.name}", icon=":material/delete_sweep:", type="tertiary", on_click=_empty,
                  args=(demo,))
    if len(stars) < FEWEST:
        st.caption(said.FEW.format(count=FEWEST - len(stars)))
    elif max(stars.values()) < LIKED:
        st.caption(said.NONE_LIKED)
    else:
        st.caption(said.RATING_HOW)


def _row(demo: Demo, film: str, title: str, value: float) -> None:
    key = f"stars_{demo.name}_{film}"
    st.session_state[key] = round(value) - 1  # a sample may have been pressed since
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"rated_film_{demo.name}_{film}"):
        st.text(title, width="stretch")
        st.feedback("stars", key=key, on_change=_rate, args=(demo, film, key))
        st.button("", key=f"forget_{demo.name}_{film}", icon=":material/close:", help=said.FORGET, type="tertiary",
                  on_click=_forget, args=(demo, film))


def _key(demo: Demo) -> str:
    """Where the ratings stand; the name is a widget's, so that a pressed sample puts its own in their place."""
    main = demo.inputs[0]
    return f"{main.kind}_{demo.name}_{main.name}{fresh(demo)}"


def _stars(demo: Demo) -> dict[str, float]:
    key = _key(demo)
    if key not in st.session_state:
        st.session_state[key] = dict(read_rated(given(demo).inputs[demo.inputs[0].name]).stars)
    return st.session_state[key]


def _keep(demo: Demo, stars: dict[str, float]) -> None:
    """Keep these ratings, and ask about them if they are enough."""
    st.session_state[_key(demo)] = stars
    if len(stars) >= FEWEST and max(stars.values()) >= LIKED:
        inputs = {demo.inputs[0].name: ",".join(f"{film}:{value:g}" for film, value in stars.items())}
        st.session_state[f"{demo.name}_given"] = Given(inputs, digest(inputs), said.YOUR_RATINGS)
        st.query_params.pop("sample", None)


def _add(demo: Demo, key: str) -> None:
    film = st.session_state.get(key)
    if film:
        _keep(demo, {film: 5.0, **_stars(demo)})
        st.session_state[key] = None


def _rate(demo: Demo, film: str, key: str) -> None:
    value = st.session_state.get(key)
    if value is not None:  # pressed a second time, a star takes itself back: then nothing changes
        _keep(demo, {**_stars(demo), film: value + 1.0})


def _forget(demo: Demo, film: str) -> None:
    _keep(demo, {other: value for other, value in _stars(demo).items() if other != film})


def _empty(demo: Demo) -> None:
    _keep(demo, {})
