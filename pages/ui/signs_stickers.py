"""Stickers on a sign: the visitor presses a place, or the computer looks for the worst ones."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from demos.base import Demo, Method
from demos.results import Boxes, Labels
from demos.traffic_signs import words as said
from demos.traffic_signs.attacks import COLOURS, STICKER, STRIDE, stick
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.place import Place

SIDE = 32
Stuck = tuple[int, int, str]  # row and column of the upper left pixel, and the colour
PLACES = [(row, column) for row in range(0, SIDE - STICKER + 1, STRIDE) for column in range(0, SIDE - STICKER + 1, STRIDE)]


def _stuck(demo: Demo, given: Given) -> list[Stuck]:
    """The stickers on what was given last; another picture begins without any."""
    key = f"stickers_{demo.name}"
    if st.session_state.get(key, ("", []))[0] != given.digest:
        st.session_state[key] = (given.digest, [])
    return st.session_state[key][1]


def covered(square: np.ndarray, stuck: list[Stuck]) -> np.ndarray:
    """The square with its stickers."""
    for row, column, colour in stuck:
        square = stick(square, row, column, colour)
    return square


@st.fragment
def draw_stickers(demo: Demo, methods: dict[str, Method], given: Given, square: np.ndarray) -> None:
    """The sign to stick on, the buttons, and what both methods say."""
    st.subheader(said.STICKERS, anchor=False)
    st.caption(said.STICKERS_CAPTION)
    stuck = _stuck(demo, given)
    left, right = st.columns([1, 1.2], gap="large")
    with right:
        colour = st.segmented_control(said.COLOUR, list(COLOURS), default="black", required=True,
                                      key=f"sticker_colour_{demo.name}")
        search = st.button(said.COMPUTER, key=f"stick_{demo.name}", icon=":material/search:")
        buttons, status = st.container(horizontal=True), Place()
    if search:
        _search(demo, methods["deep"], square, stuck, colour, status)
    with buttons:
        st.button(said.UNDO, key=f"unstick_{demo.name}", on_click=lambda: stuck and stuck.pop(), disabled=not stuck)
        st.button(said.CLEAR, key=f"unstick_all_{demo.name}", on_click=stuck.clear, disabled=not stuck)
    now = covered(square, stuck)
    with left:
        _draw_board(demo, now, stuck, colour)
    with right:
        count = len(stuck)
        status.html(f"<p>{said.STUCK.get(count, said.STUCK_MANY.format(count=count))}</p>")
        _draw_answers(demo, methods, square, now, count)


def _search(demo: Demo, deep: Method, square: np.ndarray, stuck: list[Stuck], colour: str, status: Place) -> None:
    """Let the network's own certainties say where stickers hurt most; they are added to the visitor's."""
    from pages.ui.signs import png

    job = ask_part(demo.name, deep.key, "stickers", {"image": png(covered(square, stuck)), "colour": colour})

    def draw(job: Asked) -> None:
        found = job.partial.result if not job.done and job.partial else None
        status.html(f"<p>{said.SEARCHING.format(count=len(found.names) if found else 0)}</p>")

    settle([(job, draw)])
    if job.error is not None:
        st.info(str(job.error))
        return
    found: Boxes = job.result(0).result
    stuck += [(int(y), int(x), colour) for x, y, _, _ in found.xyxy]


def _draw_board(demo: Demo, now: np.ndarray, stuck: list[Stuck], colour: str) -> None:
    """The picture with a place to press every two pixels."""
    key = f"board_{demo.name}_{len(stuck)}"

    def pressed() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            row, column = PLACES[points[0]["point_index"]]
            stuck.append((row, column, colour))

    st.plotly_chart(board(now), key=key, on_select=pressed, selection_mode="points",
                    config={"displayModeBar": False}, alt=said.STICKERS_ALT.format(count=len(stuck)))


def board(square: np.ndarray) -> go.Figure:
    """The square with large pixels, and over it what can be pressed, unseen."""
    figure = go.Figure(go.Image(z=square, hoverinfo="skip"))
    middle = (STICKER - 1) / 2
    unseen = {"marker": {"opacity": 0}}
    figure.add_scatter(x=[column + middle for _, column in PLACES], y=[row + middle for row, _ in PLACES], mode="markers",
                       marker={"size": 20, "symbol": "square", "opacity": 0}, selected=unseen, unselected=unseen,
                       hovertemplate="<extra></extra>", showlegend=False)
    axis: dict[str, Any] = {"visible": False, "range": [-0.5, SIDE - 0.5], "fixedrange": True}
    figure.update_layout(height=400, margin={"l": 0, "r": 0, "t": 0, "b": 0}, dragmode=False, clickmode="event+select",
                         xaxis={**axis, "constrain": "domain"},
                         yaxis={**axis, "range": [SIDE - 0.5, -0.5], "scaleanchor": "x", "constrain": "domain"})
    return figure


def _draw_answers(demo: Demo, methods: dict[str, Method], square: np.ndarray, now: np.ndarray, count: int) -> None:
    """What both say to the covered sign, and whether that is still what they said to the bare one."""
    from pages.ui.signs import answer, answers_html, given_square

    jobs = {(family, bare): ask(demo.name, method.key, given_square(square if bare else now))
            for family, method in methods.items() for bare in (True, False)}
    found: dict[Any, Labels | None] = {key: one.result if (one := answer(job)) else None for key, job in jobs.items()}
    st.html(answers_html({family: found[family, False] for family in methods}))
    lines = []
    for family in methods:
        first, then = found[family, True], found[family, False]
        if first and then and count:
            same = first.names[0] == then.names[0]
            line = said.STANDS if same else said.FELL_ONE if count == 1 else said.FELL
            lines.append(line.format(count=count, who=words.WHO[family], first=first.names[0], then=then.names[0]))
    if lines:
        st.html("".join(f"<p>{escape(line)}</p>" for line in lines))
