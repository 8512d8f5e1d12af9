"""The charts of the film page: the map of films, and how known and varied a list becomes."""

from __future__ import annotations

from html import escape

import numpy as np
import plotly.graph_objects as go

from demos.taste_results import Bubble, FilmMap
from pages.ui import taste_words as said
from pages.ui import words
from pages.ui.charts import DASHES
from pages.ui.style import colour, ink, is_dark, paper

NAMED, APART = 30, (0.24, 0.06)  # films whose title stands on the map; how far apart titles must be
NEAR = 3


def nearest(found: FilmMap) -> list[int]:
    """The films nearest to the visitor's place that were not rated."""
    order = np.argsort(np.linalg.norm(found.points - found.visitor, axis=1), kind="stable")
    return [int(i) for i in order if int(i) not in found.rated][:NEAR]


def named(found: FilmMap) -> list[int]:
    """The films whose titles are written: suggested and rated ones first, then the best known, none over another."""
    chosen: list[int] = []
    for i in (*found.suggested[:6], *found.rated, *range(len(found.titles))):
        apart = np.abs(found.points[chosen] - found.points[i])
        if i not in chosen and not ((apart < APART).all(axis=1)).any():
            chosen.append(i)
        if len(chosen) == NAMED:
            break
    return chosen


def map_chart(found: FilmMap) -> go.Figure:
    """Every drawn film a dot; nothing that a visitor wrote stands in it."""
    figure, quiet = go.Figure(), "#8F8B81" if is_dark() else "#A8A396"

    def dots(numbers: list[int], name: str, **marker: object) -> None:
        figure.add_scatter(x=found.points[numbers, 0].tolist(), y=found.points[numbers, 1].tolist(), mode="markers",
                           name=name, marker=marker, text=[escape(found.titles[i]) for i in numbers],
                           hovertemplate="%{text}<extra></extra>")

    dots(list(range(len(found.titles))), said.ALL_FILMS.format(count=len(found.titles)), size=6, color=quiet, opacity=0.6)
    dots(list(found.rated), said.RATED_FILMS, size=13, symbol="diamond-open", color=ink(), line={"width": 2.5})
    dots(list(found.suggested), said.SUGGESTED_FILMS, size=11, color=colour("deep"))
    x, y = map(float, found.visitor)
    figure.add_scatter(x=[x], y=[y], mode="markers", name=said.YOU, hovertemplate=f"{said.YOU}<extra></extra>",
                       marker={"symbol": "star", "size": 22, "color": colour("deep"), "line": {"width": 1.5, "color": "white"}})
    for i in named(found):
        figure.add_annotation(x=float(found.points[i, 0]), y=float(found.points[i, 1]), text=escape(found.titles[i]),
                              showarrow=False, yshift=12, font={"size": 11, "color": ink()}, bgcolor=paper(), borderpad=0,
                              opacity=0.8)
    hidden = {"visible": False, "fixedrange": True}
    return figure.update_layout(height=620, margin={"l": 0, "r": 0, "t": 10, "b": 0}, dragmode=False, hovermode="closest",
                                legend={"orientation": "h", "y": 1.06, "x": 0}, xaxis=hidden, yaxis=hidden)


def _broken(text: str) -> str:
    """In two lines, so that both ends of a narrow axis have room."""
    return text.replace(" ", "<br>", 1)


def bubble_chart(bubbles: dict[str, Bubble], what: str, title: str, place: int) -> go.Figure:
    """One measure of both methods' lists at every place of the slider, in per cent."""
    figure = go.Figure()
    for family, bubble in bubbles.items():
        values = [100 * getattr(one, what) for one in bubble.lists]
        figure.add_scatter(x=list(range(len(values))), y=values, mode="lines", name=words.FAMILY[family],
                           line={"color": colour(family), "width": 3, "dash": DASHES[family]},
                           hovertemplate="%{y:.0f}<extra></extra>")
    figure.add_vline(x=place, line={"width": 1.5, "dash": "dash", "color": ink()}, opacity=0.6)
    ends = {"tickvals": [0, len(bubbles["deep"].lists) - 1], "ticktext": [_broken(said.SAME), _broken(said.SURPRISE)], "range": [-1.2, len(bubbles["deep"].lists) - 0.5],
            "tickangle": 0}
    return figure.update_layout(height=290, margin={"l": 0, "r": 40, "t": 52, "b": 0}, dragmode=False, hovermode="x unified",
                                title={"text": title, "font": {"size": 14}}, legend={"orientation": "h", "y": -0.3, "x": 0},
                                xaxis={**ends, "fixedrange": True, "showgrid": False}, yaxis={"fixedrange": True})
