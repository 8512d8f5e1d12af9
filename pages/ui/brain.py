"""The brain scan page's own parts: two networks on one slice, a spot to paint, and the volume where one was given."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.brain_scan import words as said
from demos.brain_scan.paint import INPUTS
from demos.drawn import heat_over
from demos.figures import Figure, read_figures
from demos.jobs import Look
from demos.media import as_jpeg
from demos.results import Boxes, Heatmap, Picture
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.found import found_html
from pages.ui.images import view_image
from pages.ui.place import Place
from pages.ui.results import headline
from pages.ui.volume import draw_volume

BOARD = 32  # places to press in a row
COLD = 0.1  # of 1: a map that is nowhere warmer does not point at anything
Asking = dict[str, Asked]


def draw_brain(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """All of them, in this order."""
    draw_two(demo, given)
    draw_paint(demo, classical)
    draw_volume(demo, classical, deep, given)


def _networks(demo: Demo) -> list[Method]:
    """The two deep networks that are held against each other."""
    return [method for method in demo.methods if method.family == "deep"]


@st.fragment
def draw_two(demo: Demo, given: Given) -> None:
    """What both deep networks say of the slice, and where each one's evidence lies, with both figures."""
    st.header(said.TWO, anchor=False)
    st.caption(said.TWO_CAPTION)
    place = Place()
    asked = {m.key: (ask(demo.name, m.key, given), ask(demo.name, m.key, given, "explain")) for m in _networks(demo)}

    def draw(_: Asked) -> None:
        place.html('<div class="dl-views few">' + "".join(_two_html(demo, m, *asked[m.key]) for m in _networks(demo))
                   + "</div>")

    settle([(job, draw) for pair in asked.values() for job in pair])
    st.markdown(said.TWO_WHY)


def _two_html(demo: Demo, method: Method, answer: Asked, views: Asked) -> str:
    """One network: its map over the slice, its answer, and how often name and place were right."""
    title = escape(method.title)
    if answer.error is not None:
        return _figure("", title, escape(str(answer.error)))
    if not (answer.done and views.done) or views.error is not None:
        return _figure("", title, words.WORKING)
    view = next(view for view in views.result(0).views if view.key == "where")
    lines = [_says(answer.result(0).result), view.sentence, measured(demo, method)]
    alt = said.HEAT_ALT.format(title=method.title, said=lines[0])
    text = "<br>".join(escape(line) for line in lines if line)
    return _figure(f'<img src="{view_image(view)}" alt="{escape(alt)}">', title, text)


def _figure(picture: str, title: str, text: str) -> str:
    """A picture with its name and what there is to say; all of it is HTML already."""
    return f'<figure class="dl-view">{picture}<figcaption><b>{title}</b><span>{text}</span></figcaption></figure>'


def _says(boxes: Boxes) -> str:
    return said.NOTICED.format(names=headline(boxes)) if boxes.names else said.UNNOTICED


def measured(demo: Demo, method: Method) -> str:
    """Both figures of a method, name and place; empty where they were not measured."""
    rows: dict[str, Figure] = {}
    for figure in read_figures(demo_folder(demo.name)):
        if figure.method == method.key:
            rows.setdefault(figure.metric, figure)
    if not {"named", "placed"} <= set(rows):
        return ""
    return said.TWO_MEASURED.format(named=rows["named"].sentence().split(" on ")[0], placed=rows["placed"].sentence())


@st.fragment
def draw_paint(demo: Demo, classical: Method) -> None:
    """A healthy slice to press on, and what every method says of the spot."""
    st.header(said.PAINT, anchor=False)
    st.caption(said.PAINT_CAPTION)
    left, right = st.columns([1, 2], gap="large")
    with left:
        board_place, spot = st.container(), _settings(demo)
    picture = ask_part(demo.name, classical.key, "painted", spot)
    methods = [*_networks(demo), classical]
    asked = {m.key: {part: ask_part(demo.name, m.key, part, spot) for part in ("paint", "paint_map")} for m in methods}
    drawing = _Painting(methods, asked, picture, spot, Place(right))
    with board_place:
        picture.wait(5)
        if picture.done and picture.error is None:
            _board(demo, picture.result(0).result, spot)
    settle([(job, drawing.draw) for jobs in asked.values() for job in jobs.values()])
    with right:
        st.markdown(said.LESSON)


def _settings(demo: Demo) -> dict[str, Any]:
    """A widget for each setting of the spot; what they say now."""
    scan, *numbers = INPUTS
    names = dict(scan.options)
    values: dict[str, Any] = {"scan": st.selectbox(scan.label, list(names), format_func=names.get,
                                                   key=f"paint_{demo.name}_scan")}
    for item in numbers:
        key = f"paint_{demo.name}_{item.name}"
        if key not in st.session_state:
            st.session_state[key] = int(item.default)
        values[item.name] = st.slider(f"{item.label} ({item.unit})", int(item.low), int(item.high), key=key)
    return values


def _board(demo: Demo, picture: Picture, spot: dict[str, Any]) -> None:
    """The slice with places that can be pressed; a press moves the spot there."""
    key = f"paint_{demo.name}_board_" + "_".join(str(value) for value in spot.values())

    def pressed() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            row, column = divmod(points[0]["point_index"], BOARD)
            for name, place in (("x", column), ("y", row)):
                st.session_state[f"paint_{demo.name}_{name}"] = round(100 * (place + 0.5) / BOARD)

    st.caption(said.PAINT_PRESS)
    st.plotly_chart(board(picture.image), key=key, on_select=pressed, selection_mode="points",
                    config={"displayModeBar": False}, alt=said.PAINT_ALT.format(**spot))


def board(image: np.ndarray) -> go.Figure:
    """The slice `(H, W, 3)`, and over it a grid of places that can be pressed, unseen."""
    height, width = image.shape[:2]
    middles = (np.arange(BOARD) + 0.5) / BOARD
    figure = go.Figure(go.Image(z=image, hoverinfo="skip"))
    unseen = {"marker": {"opacity": 0}}
    figure.add_scatter(x=np.tile(middles * width, BOARD), y=np.repeat(middles * height, BOARD), mode="markers",
                       marker={"size": 12, "symbol": "square", "opacity": 0}, selected=unseen, unselected=unseen,
                       hovertemplate="<extra></extra>", showlegend=False)
    axis: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(height=330, margin={"l": 0, "r": 0, "t": 0, "b": 0}, dragmode=False, clickmode="event+select",
                         xaxis={**axis, "range": [0, width]}, yaxis={**axis, "range": [height, 0], "scaleanchor": "x"})
    return figure


class _Painting:
    """The painted slice under each method's map, drawn as the answers come."""

    def __init__(self, methods: list[Method], asked: dict[str, Asking], picture: Asked, spot: dict[str, Any],
                 place: Place) -> None:
        self.methods, self.asked, self.picture, self.spot, self.place = methods, asked, picture, spot, place

    def draw(self, _: Asked) -> None:
        """Draw what has come."""
        self.place.html('<div class="dl-views dl-three">' + "".join(map(self._one, self.methods)) + "</div>")

    def _one(self, method: Method) -> str:
        jobs = [*self.asked[method.key].values(), self.picture]
        error = next((job.error for job in jobs if job.error is not None), None)
        text, drawn = words.WORKING, ""
        if error is not None:
            text = str(error)
        elif all(job.done for job in jobs):
            boxes, heat, picture = (job.result(0).result for job in jobs)
            text = f"{_says(boxes)} {follows(heat, self.spot)}"
            look = Look("picture", as_jpeg(heat_over(heat.values, picture.image)), picture.image.shape[1::-1])
            drawn = found_html(look, {method.family: boxes}, f"{method.title}: {text}")
        return _figure(drawn, f'<i class="dl-dot {method.family}"></i>{escape(method.title)}', escape(text))


def follows(heat: Heatmap, spot: dict[str, Any]) -> str:
    """Whether the warmest place of a map lies on the spot, in words."""
    if not spot["size"] or not spot["strength"]:
        return said.NO_SPOT
    if float(heat.values.max()) < COLD:
        return said.COLD
    y, x = np.unravel_index(int(heat.values.argmax()), heat.values.shape)
    height, width = heat.values.shape
    aside = float(np.hypot(100 * (x + 0.5) / width - spot["x"], 100 * (y + 0.5) / height - spot["y"]))
    # a map's grid is coarse: a place within 3 % of the spot's edge is on it
    return said.FOLLOWS if aside <= spot["size"] / 2 + 3 else said.ASIDE.format(share=aside)
