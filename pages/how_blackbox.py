"""What is in the black box? A network with a shortcut, and three ways to see it."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.shortcut import MOST_SPOTS, SIDE, digits, heat, learn, marked, sure, trials, turned_round
from pages.ui.lesson import bars_html, part, pixels_html, show_lesson
from pages.ui.toy_pictures import shades

SHOWN = 40  # new pictures to look at


def grey(picture: np.ndarray) -> np.ndarray:
    """`(8, 8, 3)` uint8 of a picture `(64,)`."""
    return np.repeat((255 * picture).astype(np.uint8).reshape(SIDE, SIDE, 1), 3, axis=2)


def teach(lesson: Lesson) -> int:
    """How many of 100 even digits carry the mark, and what becomes of the network."""
    said = lesson.labels
    left, right = part(lesson, "share")
    with left:
        share = st.select_slider(said["share"], range(0, 101, 10), 0, key="share", bind="query-params")
    with right:
        st.html(f'<p><b>{escape(said["right_title"])}</b></p>' + bars_html(
            ((said[name], f"<b>{100 * got / count:.0f}</b> of 100", got / count) for name, (got, count) in trials(share).items()),
            wide=True))
    return share


def look(lesson: Lesson, share: int) -> None:
    """One picture: the answer, the map, and the spots that would turn the answer round."""
    said = lesson.labels
    network, (_, new) = learn(share), digits()
    left, right = part(lesson, "look")
    with left:
        number = st.slider(said["picture"], 1, SHOWN, 4, key="number", bind="query-params") - 1
        with_mark = st.toggle(said["mark"], key="mark", bind="query-params")
    picture = marked(new.pictures[number:number + 1], np.array([with_mark]))[0]
    chance = float(sure(network, picture[None])[0])
    names = (said["odd"], said["even"])
    answer, truth = int(chance > 0.5), int(new.even[number])
    told = said["seen_said"].format(digit=new.digits[number], answer=names[answer], sure=f"{100 * max(chance, 1 - chance):.0f}")
    spots = turned_round(network, picture)
    turned = grey(picture)
    for spot in spots:
        turned[spot // SIDE, spot % SIDE] = (176, 140, 224)
    line = said["turned_one" if len(spots) == 1 else "turned_said"].format(count=len(spots), answer=names[1 - answer])
    if len(spots) == MOST_SPOTS:
        line = said["turned_never"]
    warm = heat(network, picture)
    reach = max(float(np.abs(warm).max()), 1e-9)
    with right:
        st.html(pixels_html((
            (said["seen"], grey(picture), f"{told} {said['right' if answer == truth else 'wrong']}"),
            (said["map"], shades(warm.reshape(SIDE, SIDE)[::-1], -reach, reach), said["map_said"]),
            (said["turned"], turned, line))))


@st.fragment
def both(lesson: Lesson) -> None:
    """Teaching, and looking at what was learnt."""
    look(lesson, teach(lesson))


show_lesson("blackbox", both)
