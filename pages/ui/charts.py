"""Plotly charts, with colours that mean classical and deep, and shapes that say the same."""

from __future__ import annotations

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
