"""Plotly charts, with colours that mean classical and deep, and shapes that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from demos.jobs import Sweep
from demos.perturb import Change
from pages.ui import words
from pages.ui.style import colour

SYMBOLS = {"classical": ("square", "square-open"), "deep": ("circle", "circle-open")}
DASHES = {"classical": "dot", "deep": "solid"}


def sweep_chart(change: Change, sweeps: dict[str, Sweep], index: int, label: str) -> go.Figure:
    """What is left of the first answer against strength; a hollow mark is another answer."""
    figure = go.Figure()
    for family in ("classical", "deep"):
        if family not in sweeps:
            continue
        steps = sweeps[family].steps
        same, other = SYMBOLS[family]
        figure.add_scatter(
            x=list(range(len(steps))), y=[100 * step.kept for step in steps], mode="lines+markers",
            name=words.FAMILY[family], line={"color": colour(family), "width": 3, "dash": DASHES[family]},
            marker={"symbol": [same if step.same else other for step in steps], "size": 11,
                    "line": {"width": 2}}, hovertemplate="%{y:.0f} %<extra></extra>")
    figure.add_vline(x=index, line={"width": 1, "dash": "dash"}, opacity=0.5)
    ticks = [f"{strength:g}" for strength in change.strengths]
    figure.update_layout(
        height=340, margin={"l": 0, "r": 10, "t": 10, "b": 0}, hovermode="x unified", dragmode=False,
        legend={"orientation": "h", "y": 1.12, "x": 0},
        xaxis={"tickvals": list(range(len(ticks))), "ticktext": ticks, "title": f"{change.title} ({change.unit})",
               "range": [-0.3, len(ticks) - 0.7], "showgrid": False, "fixedrange": True},
        yaxis={"title": label, "range": [-3, 105], "ticksuffix": " %", "fixedrange": True})
    return figure


Band = tuple[np.ndarray, np.ndarray | None, np.ndarray | None]  # the middle, low and high, (m,) each


def counts_chart(counts: Sequence[int], curves: Mapping[str, Band], x: str, y: str) -> go.Figure:
    """Share right of each method against the number of examples, with a shade between low and high where they are given."""
    figure = go.Figure()
    for family, (middle, low, high) in curves.items():
        if low is not None and high is not None:
            red, green, blue = (int(colour(family)[at:at + 2], 16) for at in (1, 3, 5))
            figure.add_scatter(x=[*counts, *counts[::-1]], y=[*(100 * high), *(100 * low[::-1])], fill="toself", mode="lines",
                               line={"width": 0}, fillcolor=f"rgba({red},{green},{blue},.18)", hoverinfo="skip", showlegend=False)
        figure.add_scatter(x=list(counts), y=list(100 * middle), mode="lines+markers", name=words.FAMILY[family],
                           line={"color": colour(family), "width": 3, "dash": DASHES[family]},
                           marker={"symbol": SYMBOLS[family][0], "size": 11}, hovertemplate="%{y:.0f} %<extra></extra>")
    figure.update_layout(
        height=340, margin={"l": 0, "r": 10, "t": 10, "b": 0}, hovermode="x unified", dragmode=False,
        legend={"orientation": "h", "y": 1.12, "x": 0},
        xaxis={"type": "log", "tickvals": list(counts), "ticktext": [f"{count:,}" for count in counts], "title": x,
               "showgrid": False, "fixedrange": True},
        yaxis={"title": y, "range": [-3, 105], "ticksuffix": " %", "fixedrange": True})
    return figure
