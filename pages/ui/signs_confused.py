"""Which signs are taken for which: a table as a picture that can be pressed, from what was measured."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.traffic_signs import words as said
from demos.traffic_signs.names import NAMES
from demos.traffic_signs.pictograms import svg
from pages.ui import words
from pages.ui.drawing import svg_uri
from pages.ui.icons import icon_of
from pages.ui.style import colour, is_dark

Pair = tuple[int, int, int]  # what it is, what it was taken for, how often


@lru_cache(maxsize=4)
def _read(path: str, mtime_ns: int) -> dict[str, Any]:
    with open(path) as file:
        return json.load(file)


def confusions(demo: Demo) -> dict[str, Any]:
    """What `evaluate` wrote: items, and by method rows of (what it is, taken for, count); empty when not measured."""
    path = demo_folder(demo.name) / "confusion.json"
    return _read(str(path), path.stat().st_mtime_ns) if path.exists() else {}


@st.fragment
def draw_confused(demo: Demo) -> None:
    """The table, what was pressed, and the mistakes in words."""
    measured = confusions(demo)
    if not measured:
        return
    st.subheader(said.CONFUSED, anchor=False)
    st.caption(said.CONFUSED_CAPTION.format(items=measured["items"]))
    titles = {words.FAMILY[family]: family for family in ("classical", "deep")}
    chosen = st.segmented_control(said.METHOD, list(titles), default=words.FAMILY["classical"], required=True,
                                  key=f"confused_method_{demo.name}")
    family = titles[chosen]
    pairs: list[Pair] = [tuple(row) for row in measured["pairs"][demo.method(family).key]]
    wrong = sorted((pair for pair in pairs if pair[0] != pair[1]), key=lambda pair: -pair[2])
    left, right = st.columns([1.6, 1], gap="large")
    worst = "; ".join(said.WORST.format(true=NAMES[a], taken=NAMES[b], count=n) for a, b, n in wrong[:3])
    summary = said.CONFUSED_SAID.format(who=words.WHO[family], wrong=sum(n for _, _, n in wrong),
                                        items=measured["items"], worst=worst)
    with left:
        pressed = st.plotly_chart(table(pairs, family), key=f"confused_{demo.name}_{family}", on_select="rerun",
                                  selection_mode="points", config={"displayModeBar": False}, alt=summary)
    with right:
        st.html(f"<p>{escape(summary)}</p>")
        points = pressed["selection"]["points"]
        by_hand = st.selectbox(said.CHOOSE_PAIR, wrong, index=None if points else 0, key=f"confused_pair_{family}",
                               format_func=lambda p: said.WORST.format(true=NAMES[p[0]], taken=NAMES[p[1]], count=p[2]))
        pair = pairs[points[0]["point_index"]] if points else by_hand
        if pair:
            st.html(pair_html(pair, sum(n for a, _, n in pairs if a == pair[0])))


def table(pairs: list[Pair], family: str) -> go.Figure:
    """A square for each pair that occurs; what is right in grey, what is wrong in the method's colour."""
    grey = "#4a4f55" if is_dark() else "#cfcac0"
    most = max([n for a, b, n in pairs if a != b] + [1])
    figure = go.Figure(go.Scatter(
        x=[b for _, b, _ in pairs], y=[a for a, _, _ in pairs], mode="markers",
        customdata=[(NAMES[a], NAMES[b], n) for a, b, n in pairs],
        marker={"symbol": "square", "size": [9 if a == b else 9 + 8 * (n / most) ** 0.5 for a, b, n in pairs],
                "color": [grey if a == b else colour(family) for a, b, _ in pairs], "opacity": 1},
        unselected={"marker": {"opacity": 0.55}},
        hovertemplate="%{customdata[0]}<br>→ %{customdata[1]}<br>× %{customdata[2]}<extra></extra>"))
    axis: dict[str, Any] = {"range": [-2, len(NAMES)], "fixedrange": True, "tickvals": list(range(len(NAMES))),
                            "zeroline": False, "showticklabels": False}
    figure.update_layout(height=640, margin={"l": 0, "r": 0, "t": 30, "b": 0}, dragmode=False, clickmode="event+select",
                         showlegend=False, xaxis={**axis, "title": said.TAKEN, "side": "top"},
                         yaxis={**axis, "title": said.IS, "range": [len(NAMES), -2]}, images=drawings())
    return figure


@lru_cache(maxsize=1)
def drawings() -> list[dict[str, Any]]:
    """The pictograms along both sides of the table."""
    common = {"xref": "x", "yref": "y", "sizex": 1, "sizey": 1, "xanchor": "center", "yanchor": "middle"}
    return [{**common, "source": svg_uri(svg(number)), "x": x, "y": y}
            for number in range(len(NAMES)) for x, y in ((number, -1.2), (-1.2, number))]


def pair_html(pair: Pair, of_all: int) -> str:
    """Both pictograms and the sentence on how often."""
    true, taken, count = pair
    times = said.TIMES.get(count, said.TIMES_MANY.format(count=f"{count:,}"))
    line = (said.RIGHT_PAIR if true == taken else said.PAIR).format(true=NAMES[true], taken=NAMES[taken], times=times,
                                                                   all=of_all)
    shown = [icon_of("traffic_signs", number, "large") for number in dict.fromkeys((true, taken))]
    arrow = '<b aria-hidden="true">→</b>'
    return f'<div class="dl-pair-signs">{arrow.join(shown)}</div><p>{escape(line)}</p>'
