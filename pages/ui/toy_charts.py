"""Charts of the lessons' toys: points and lines, a bend, a landscape, curves. Frames play in the browser."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go

from demos.lessons import descent
from demos.lessons.curves import FAMILIES, Curve
from demos.lessons.fitting import truth
from demos.lessons.neuron import BENDS, ends
from pages.ui.charts import counts_chart
from pages.ui.style import ink, is_dark, paper

# two kinds of points: neither is a method, so neither has the methods' orange or blue
KINDS = (("#8A5FBF", "#B08CE0", "square"), ("#2E8B57", "#5FC08A", "circle"))
NO_YES = ("#8A5FBF", "#FBFAF7", "#2E8B57"), ("#B08CE0", "#15171A", "#5FC08A")


def _plain(figure: go.Figure, height: int, x: tuple[float, float], y: tuple[float, float]) -> go.Figure:
    return figure.update_layout(height=height, margin={"l": 0, "r": 0, "t": 6, "b": 0}, showlegend=False, dragmode=False,
                                xaxis={"range": x, "fixedrange": True}, yaxis={"range": y, "fixedrange": True})


def _square(figure: go.Figure, reach: float, height: int) -> go.Figure:
    axis = {"range": [-reach, reach], "showgrid": False, "zeroline": False, "fixedrange": True, "showticklabels": False}
    return figure.update_layout(height=height, margin={"l": 0, "r": 0, "t": 6, "b": 0}, showlegend=False, dragmode=False,
                                xaxis=axis, yaxis={**axis, "scaleanchor": "x"})


def _dots(points: np.ndarray, kinds: np.ndarray) -> list[go.Scatter]:
    made = []
    for kind, (light, dark, symbol) in enumerate(KINDS):
        mine = np.asarray(kinds).astype(int) == kind
        made.append(go.Scatter(x=points[mine, 0], y=points[mine, 1], mode="markers", hoverinfo="skip",
                               marker={"color": dark if is_dark() else light, "symbol": symbol, "size": 8,
                                       "line": {"width": 1, "color": paper()}}))
    return made


def _line(line: np.ndarray) -> go.Scatter:
    at = ends(line, 1.3)
    return go.Scatter(x=at[:, 0], y=at[:, 1], mode="lines", line={"color": ink(), "width": 3}, hoverinfo="skip")


def _player(figure: go.Figure, frames: list[go.Frame], label: str, each_ms: int) -> None:
    figure.frames = frames
    play = {"frame": {"duration": each_ms, "redraw": False}, "transition": {"duration": 0}, "fromcurrent": False}
    figure.update_layout(margin_b=56, updatemenus=[{
        "type": "buttons", "direction": "right", "showactive": False, "x": 0, "xanchor": "left", "y": 0, "yanchor": "top",
        "pad": {"t": 12}, "bgcolor": "#F1EFE9", "font": {"color": "#1C1B19"},
        "buttons": [{"label": label, "method": "animate", "args": [None, play]}]}])


def line_chart(points: np.ndarray, kinds: np.ndarray, line: np.ndarray, way: np.ndarray | None, label: str) -> go.Figure:
    """Points of two kinds and a neuron's line; with a way `(steps, 3)` the line's learning can be played."""
    figure = go.Figure([*_dots(points, kinds), _line(line)])
    if way is not None:
        _player(figure, [go.Frame(data=[_line(one)], traces=[2]) for one in way], label, 60)
    return _square(figure, 1.3, 420 if way is None else 460)


def bend_chart(bend: str, total: float, answer: float) -> go.Figure:
    """The bend from -10 to 10, with the neuron's own sum on it."""
    sums = np.linspace(-10, 10, 201)
    figure = go.Figure([
        go.Scatter(x=sums, y=BENDS[bend](sums), mode="lines", line={"color": ink(), "width": 3}, hoverinfo="skip"),
        go.Scatter(x=[total], y=[answer], mode="markers", hoverinfo="skip",
                   marker={"size": 15, "color": KINDS[1][1 if is_dark() else 0]})])
    reach = (-1.15, 1.15) if bend in ("sigmoid", "tanh") else (-10, 10) if bend == "none" else (-0.6, 10)
    return _plain(figure, 250, (-10, 10), reach)


def curve_chart(x: np.ndarray, y: np.ndarray, said: Callable[[np.ndarray], np.ndarray]) -> go.Figure:
    """Points, the curve behind them (dotted), and what was learnt."""
    line = np.linspace(-1, 1, 401)
    figure = go.Figure([
        go.Scatter(x=line, y=truth(line), mode="lines", hoverinfo="skip",
                   line={"color": ink(), "width": 2, "dash": "dot"}),
        go.Scatter(x=line, y=np.clip(said(line), -9, 9), mode="lines", hoverinfo="skip",
                   line={"color": KINDS[0][1 if is_dark() else 0], "width": 4}),
        go.Scatter(x=x, y=y, mode="markers", hoverinfo="skip",
                   marker={"color": KINDS[1][1 if is_dark() else 0], "size": 10, "line": {"width": 1, "color": ink()}})])
    return _plain(figure, 380, (-1.02, 1.02), (-2.2, 2.2))


def fading_chart(lines: dict[str, np.ndarray], x: str, y: str) -> go.Figure:
    """How much is left, of 100, some steps back, for each named line `(n,)` of shares; its name stands at its end."""
    figure = go.Figure()
    for (name, line), dash in zip(lines.items(), ("solid", "dash", "dot")):
        figure.add_scatter(x=np.arange(len(line)), y=100 * np.minimum(line, 1.2), mode="lines", name=name,
                           line={"color": ink(), "width": 3, "dash": dash}, hovertemplate="%{y:.2g}")
    _plain(figure, 340, (0, max(map(len, lines.values())) - 1), (0, 120))
    return figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.12, "x": 0}, hovermode="x unified",
                                margin={"l": 0, "r": 0, "t": 6, "b": 0}, xaxis_title=x, yaxis_title=y)


def learning_chart(curve: Curve, count: int, x: str) -> go.Figure:
    """How right both methods are by the number of examples, as far up and down as they go, with a line at one number."""
    counts = [int(one) for one in curve.counts]
    bands = {family: (curve.middle[family], curve.low[family], curve.high[family]) for family in FAMILIES}
    figure = counts_chart(counts, bands, x, "").update_yaxes(range=None, autorange=True)
    return figure.add_vline(x=count, line={"width": 1, "dash": "dash"}, opacity=0.6)


def landscape_chart(way: np.ndarray, label: str) -> go.Figure:
    """The two valleys from above, the ball's way, and the ball, which rolls when played."""
    line = np.linspace(-descent.REACH, descent.REACH, 80)
    heights = descent.height(np.stack(np.meshgrid(line, line), axis=-1))
    path = {"mode": "lines+markers", "line": {"color": "#FBFAF7", "width": 2}, "marker": {"size": 5, "color": "#FBFAF7"}}
    ball = {"mode": "markers", "marker": {"size": 18, "color": "#FBFAF7", "line": {"width": 3, "color": "#15171A"}}}
    figure = go.Figure([
        go.Contour(x=line, y=line, z=np.round(heights, 3), colorscale="Viridis", showscale=False, ncontours=24,
                   hoverinfo="skip"),
        go.Scatter(x=way[:, 0], y=way[:, 1], hoverinfo="skip", **path),
        go.Scatter(x=way[-1:, 0], y=way[-1:, 1], hoverinfo="skip", **ball)])
    _player(figure, [go.Frame(data=[go.Scatter(x=way[:n + 1, 0], y=way[:n + 1, 1], **path),
                                    go.Scatter(x=way[n:n + 1, 0], y=way[n:n + 1, 1], **ball)], traces=[1, 2])
                     for n in range(len(way))], label, 120)
    return _square(figure, descent.REACH, 480)
