"""Charts of a machine's life: sensors and guesses, played in the browser; what each alarm costs; a series forecast."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from demos.jobs import Look
from demos.machine_failure import words as said
from demos.machine_failure.alarms import first_below
from demos.series_results import Forecast, Life
from pages.ui import words
from pages.ui.charts import DASHES, SYMBOLS
from pages.ui.style import colour, ink, is_dark, paper, soft

FRAMES = 40  # moments of a life that are played
EACH_MS = 140
VIRIDIS = (("#440154", "#31688E", "#1F9E63", "#8A8D0F"), ("#B48EE0", "#7FB6DE", "#5FD19A", "#E3E04B"))  # light, dark
NEUTRAL = {"light": "#5C5951", "dark": "#B4B0A6"}
LINE = {"type": "scatter", "mode": "lines"}
BOTTOM = {"hoverinfo": "skip", "xaxis": "x", "yaxis": "y2"}


def quiet() -> str:
    """The colour of what is neither method's."""
    return NEUTRAL["dark" if is_dark() else "light"]


def tint(hexed: str, share: float) -> str:
    """A colour that lets so much through, as plotly writes it."""
    red, green, blue = (int(hexed[i:i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def play_chart(look: Look, lives: dict[str, Life], whole: int | None, alarm: int) -> go.Figure:
    """A life to be played: sensors above, guesses below. `whole` is how many flights it really ran, if that is known.

    A curtain hides what is still to come; each frame moves it, so that a frame is small and the server is not asked.
    """
    curves = [line.split("\t") for line in look.preview.decode().splitlines()]
    sensors = [(name, np.array([float(value) for value in values.split()])) for name, values in curves]
    last = int(lives["deep"].flights[-1])
    begin = last - len(sensors[0][1]) + 1  # the record's first flight
    moments = np.unique(np.linspace(min(int(lives["deep"].flights[0]), last), last, FRAMES).astype(int))
    frames = [go.Frame(name=str(at), layout=_moment(lives["deep"], int(at), last, alarm)) for at in moments]
    traces = [*_sensors(sensors, begin), *_guesses(lives), *_fixed(begin, last, whole, alarm)]
    figure = go.Figure(traces, frames=frames)
    figure.update_layout(_moment(lives["deep"], last, last, alarm))
    return _dressed(figure, moments, begin, last)


def _moment(life: Life, at: int, last: int, alarm: int) -> dict[str, Any]:
    """The curtain over what comes after a flight, and what the network says at it."""
    place = int(np.flatnonzero(life.flights <= at)[-1])
    rung = first_below(life.expected[:place + 1], alarm)
    text = said.MOMENT.format(flight=at, left=life.expected[place], low=life.low[place], high=life.high[place])
    if rung is not None:
        text += said.HAS_RUNG.format(flight=int(life.flights[rung]))
    curtain = {"type": "rect", "xref": "x", "yref": "paper", "x0": at + 0.3, "x1": last + 2, "y0": 0, "y1": 1,
               "fillcolor": paper(), "line": {"width": 0}, "layer": "above"}
    return {"shapes": [curtain], "annotations": [
        {"text": text, "xref": "paper", "yref": "paper", "x": 0, "y": 0.58, "xanchor": "left", "yanchor": "middle",
         "showarrow": False, "font": {"size": 16, "color": ink()}}]}


def _fixed(begin: int, last: int, whole: int | None, alarm: int) -> list[dict[str, Any]]:
    """The alarm's line, and what was really left."""
    found = [{**LINE, **BOTTOM, "x": [begin, last], "y": [alarm, alarm], "name": said.ALARM_LINE,
              "line": {"color": quiet(), "width": 2}}]
    if whole is not None:
        found.append({**LINE, **BOTTOM, "x": [begin, whole], "y": [whole - begin, 0], "name": said.REALLY,
                      "line": {"color": ink(), "width": 2, "dash": "dash"}})
    return found


def _sensors(sensors: list[tuple[str, np.ndarray]], begin: int) -> list[dict[str, Any]]:
    """The sensors' curves, smoothed a little."""
    return [{**LINE, "x": np.arange(begin, begin + len(values)), "y": _smooth(values).round(1), "name": name,
             "hoverinfo": "skip", "line": {"color": shade, "width": 1.6}}
            for (name, values), shade in zip(sensors, VIRIDIS[1 if is_dark() else 0])]


def _guesses(lives: dict[str, Life]) -> list[dict[str, Any]]:
    """Both methods' guesses, the network's with its low and high one."""
    deep = lives["deep"]
    band = {**LINE, **BOTTOM, "x": deep.flights, "line": {"width": 0}, "showlegend": False}
    lines = [{**LINE, **BOTTOM, "x": lives[family].flights, "y": lives[family].expected.round(1),
              "name": words.FAMILY[family], "line": {"color": colour(family), "width": 3, "dash": DASHES[family]}}
             for family in ("classical", "deep")]
    return [{**band, "y": deep.low.round(1)},
            {**band, "y": deep.high.round(1), "fill": "tonexty", "fillcolor": tint(colour("deep"), 0.22)}, *lines]


def _smooth(values: np.ndarray) -> np.ndarray:
    """The mean of the last five values at each place."""
    total = np.cumsum(np.concatenate([np.repeat(values[:1], 4), values]))
    return (total[4:] - np.concatenate([[0.0], total[:-5]])) / 5


def _dressed(figure: go.Figure, moments: np.ndarray, begin: int, end: int) -> go.Figure:
    """Axes, the slider and the buttons."""
    play = {"frame": {"duration": EACH_MS, "redraw": True}, "transition": {"duration": 0}, "mode": "immediate"}
    jump = {**play, "frame": {"duration": 0, "redraw": True}}
    steps = [{"label": str(at), "method": "animate", "args": [[str(at)], jump]} for at in moments]
    buttons = [{"label": said.PLAY_BUTTON, "method": "animate", "args": [None, {**play, "fromcurrent": False}]},
               {"label": said.PAUSE_BUTTON, "method": "animate", "args": [[None], jump]}]
    axis = {"range": [begin, end + 2], "showgrid": False, "fixedrange": True}
    return figure.update_layout(
        height=660, margin={"l": 0, "r": 10, "t": 10, "b": 170}, dragmode=False,
        legend={"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"},
        xaxis={**axis, "anchor": "y2", "title": said.FLIGHT_AXIS},
        yaxis={"domain": [0.65, 1], "title": said.NOISE_AXIS, "fixedrange": True},
        yaxis2={"domain": [0, 0.52], "title": said.LEFT_AXIS, "range": [-3, 150], "fixedrange": True},
        updatemenus=[{"type": "buttons", "direction": "right", "showactive": False, "x": 0, "xanchor": "left",
                      "y": -0.26, "yanchor": "top", "bgcolor": "#F1EFE9", "font": {"color": "#1C1B19"}, "buttons": buttons}],
        sliders=[{"active": len(moments) - 1, "x": 0, "len": 1, "y": -0.1, "yanchor": "top", "pad": {"t": 0},
                  "steps": steps, "currentvalue": {"prefix": f"{said.FLIGHT_AXIS} ", "font": {"color": ink()}},
                  "font": {"color": "rgba(0,0,0,0)"}, "tickcolor": soft(), "bgcolor": soft(), "bordercolor": soft()}])


def cost_chart(costs: dict[str, np.ndarray], chosen: dict[str, int]) -> go.Figure:
    """The expected cost of an engine against the alarm's threshold, and where each method's is least."""
    figure = go.Figure()
    for family, values in costs.items():
        shade = colour(family)
        figure.add_scatter(x=np.arange(len(values)), y=values.round(2), mode="lines", name=words.FAMILY[family],
                           line={"color": shade, "width": 3, "dash": DASHES[family]},
                           hovertemplate="%{y:,.0f}<extra></extra>")
        figure.add_scatter(x=[chosen[family]], y=[values[chosen[family]]], mode="markers", showlegend=False,
                           hoverinfo="skip", marker={"size": 13, "color": shade, "symbol": SYMBOLS[family][0]})
    most = max(float(np.median(values)) for values in costs.values())
    least = max(float(values.min()) for values in costs.values())
    return figure.update_layout(
        height=320, margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False, hovermode="x unified",
        legend={"orientation": "h", "y": 1.15, "x": 0},
        xaxis={"title": said.THRESHOLD_AXIS, "showgrid": False, "fixedrange": True},
        yaxis={"title": said.COST_AXIS, "range": [0, 1.1 * max(2 * least, most)], "fixedrange": True})


def forecast_chart(forecasts: list[Forecast]) -> go.Figure:
    """The end of a series and how each method forecast what was held back."""
    one = forecasts[0]
    held = len(one.values) - one.cut
    start = max(0, one.cut - 2 * held)
    figure = go.Figure()
    at = np.arange(start + 1, len(one.values) + 1)
    figure.add_vrect(x0=one.cut + 0.5, x1=len(one.values) + 0.5, fillcolor=soft(), opacity=0.45, line_width=0,
                     layer="below", annotation_text=said.HELD, annotation_position="top left")
    figure.add_scatter(x=at, y=one.values[start:], mode="lines", name=said.REAL, line={"color": ink(), "width": 2})
    dashes = {"classical": iter(("dash", "dashdot", "dot")), "deep": iter(("solid",))}
    for forecast in forecasts:
        for name, family, values in zip(forecast.names, forecast.families, forecast.said):
            figure.add_scatter(x=np.arange(one.cut + 1, len(one.values) + 1), y=values, mode="lines", name=name,
                               line={"color": colour(family), "width": 2.5, "dash": next(dashes[family], "dot")})
    return figure.update_layout(height=420, margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False, hovermode="x",
                                legend={"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"},
                                xaxis={"showgrid": False, "fixedrange": True}, yaxis={"fixedrange": True})
