"""The visitor as the bank: a rule on one week of payments beside both methods, and the curves of all methods."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape

import plotly.graph_objects as go
import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.figures import in_hundred, read_figures
from demos.fraud_game import game_words as said
from demos.fraud_game.measuring import A_DAY, DESK
from demos.fraud_game.week import DAYS, Limits, Outcome, most_suspicious, outcome, stopped_by, stored
from pages.ui.charts import DASHES
from pages.ui.style import colour
from pages.ui.rows import rows_table

OFF = float("inf")
CHOICES = {  # what a limit may be, and where it stands at first
    "amount": ((50, 100, 200, 300, 500, 800, 1200, OFF), 800), "night": ((10, 20, 50, 100, 200, 500, OFF), 200),
    "distance": ((20, 50, 100, 200, 500, 1000, 5000, OFF), OFF), "speed": ((50, 100, 200, 400, 900, OFF), 900),
    "hourly": ((1, 2, 3, 4, 6, OFF), 4)}
LABELS = {"amount": (said.LIMIT_AMOUNT, "€"), "night": (said.LIMIT_NIGHT, "€"), "distance": (said.LIMIT_DISTANCE, "km"),
          "speed": (said.LIMIT_SPEED, "km/h"), "hourly": (said.LIMIT_HOURLY, "")}
FAMILIES = {"boosting": "classical", "forest": "classical", "gru": "deep"}
PAPER = {"boosting": "square", "forest": "diamond", "gru": "circle"}


def draw_bank(demo: Demo) -> None:
    """The rule, and the curves under it."""
    week = stored()
    st.header(said.RULE, anchor=False)
    st.caption(said.RULE_CAPTION.format(payments=len(week.case), stolen=int((week.case >= 0).sum())))
    draw_rule()
    st.subheader(said.CURVES, anchor=False)
    st.caption(said.CURVES_CAPTION)
    told = curve_sentence(demo)
    st.plotly_chart(curve_chart(demo), config={"displayModeBar": False}, alt=told, key="fraud_curves")
    st.html(f"<p>{escape(told)}</p>")


def _say(name: str, value: float) -> str:
    return said.RULE_OFF if value == OFF else f"{value:,.0f} {LABELS[name][1]}".strip()


@st.fragment
def draw_rule() -> None:
    """The limits on the left, what they would have done on the right; nothing is asked of a model."""
    left, right = st.columns([1, 1.7], gap="large")
    with left:
        chosen = {name: st.select_slider(LABELS[name][0], options, value=start, key=f"rule_{name}",
                                         format_func=lambda one, name=name: _say(name, one))
                  for name, (options, start) in CHOICES.items()}
    with right:
        a_day = st.select_slider(said.A_DAY, A_DAY, value=DESK, key="rule_a_day")
        week = stored()
        rule = outcome(week, stopped_by(Limits(**chosen), week))
        rows = [row(f'<span class="dl-dot"></span>{said.YOUR_RULE}', rule)]
        rows += [row(f'<span class="dl-dot {family}"></span>{said.METHOD_NAMES[key]}', at(key, a_day))
                 for key, family in FAMILIES.items()]
        st.html(rows_table(said.OUTCOME_HEAD, rows))
        st.html(f'<div class="dl-told">{escape(verdict(rule))}</div>')


@lru_cache(maxsize=256)
def at(key: str, a_day: int) -> Outcome:
    """What a method would have done with so many alarms a day."""
    week = stored()
    return outcome(week, most_suspicious(week.odds[key], a_day))


def row(name: str, one: Outcome) -> tuple[str, ...]:
    """One line of the table."""
    right = in_hundred(one.right / one.alarms) if one.alarms else "–"
    cells = (f"{one.alarms / DAYS:,.0f}", right, f"{one.saved:,.0f} €", f"{one.lost:,.0f} €", f"{one.annoyed:,}")
    return (name, *(f'<span class="dl-whole">{cell}</span>' for cell in cells))


def verdict(rule: Outcome) -> str:
    """The rule beside both methods with as many alarms."""
    if not rule.alarms:
        return said.RULE_SAID["none"].format(stolen=f"{rule.stolen:,.0f}")
    a_day = max(1, round(rule.alarms / DAYS))
    return said.RULE_SAID["better"].format(
        rule=f"{a_day:,}", own=f"{rule.saved:,.0f}", stolen=f"{rule.stolen:,.0f}",
        deep=f"{at('gru', a_day).saved:,.0f}", classical=f"{at('boosting', a_day).saved:,.0f}")


@lru_cache(maxsize=1)
def curves() -> dict[str, list[tuple[float, float, float]]]:
    """Alarms a day, share found and share right along each method's curve, as evaluate.py wrote them."""
    return json.loads((demo_folder("fraud_game") / "curves.json").read_text())["curves"]


def curve_chart(demo: Demo) -> go.Figure:
    """The precision-recall curves; the large mark is at a hundred alarms a day."""
    figure = go.Figure()
    for key, points in curves().items():
        family = FAMILIES[key]
        line = {"color": colour(family), "width": 3, "dash": "dash" if key == "forest" else DASHES[family]}
        figure.add_scatter(
            x=[100 * found for _, found, _ in points], y=[100 * right for _, _, right in points], mode="lines", line=line,
            name=said.METHOD_NAMES[key], customdata=[alarms for alarms, _, _ in points],
            hovertemplate="%{customdata:,.0f} alarms a day: %{x:.0f} % found, %{y:.0f} % right<extra></extra>")
        alarms, found, right = next(point for point in points if point[0] == DESK)
        figure.add_scatter(x=[100 * found], y=[100 * right], mode="markers", showlegend=False, hoverinfo="skip",
                           marker={"symbol": PAPER[key], "size": 14, "color": colour(family)})
    return figure.update_layout(
        height=380, margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False, legend={"orientation": "h", "y": 1.14, "x": 0},
        xaxis={"title": said.CURVE_X, "range": [0, 101], "ticksuffix": " %", "fixedrange": True},
        yaxis={"title": said.CURVE_Y, "range": [0, 101], "ticksuffix": " %", "fixedrange": True})


def curve_sentence(demo: Demo) -> str:
    """The average precision of each method in words."""
    rows = {f.method: f for f in read_figures(demo_folder(demo.name)) if f.metric == "average_precision"}
    told = ", ".join(f"{said.METHOD_NAMES[key].split(': ')[1]} {in_hundred(rows[key].value)}" for key in FAMILIES if key in rows)
    return f"{said.CURVE_MARK.format(count=DESK)} {said.CURVE_SAID.format(all=told)}"
