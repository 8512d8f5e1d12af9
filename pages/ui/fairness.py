"""What a threshold does to two groups of people: counts that were made beforehand, so that every move is instant."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.tabular_outcomes import MEASURES, STEPS, Outcomes, Treated, evened, read_outcomes, treated
from demos.tabular_told import Groups, TableTold
from pages.ui import table_words as said
from pages.ui.results import percent
from pages.ui.style import ink, is_dark
from pages.ui.toy_charts import KINDS

NEAR = 2  # points of 100 within which two shares count as equal
DASHED = ("solid", "dash")


@st.fragment
def draw_groups(told: TableTold, demo: Demo) -> None:
    """Choose whom to look at, whose chances, a threshold, and what should be equal."""
    st.header(told.fair, anchor=False)
    st.caption(told.caption)
    known = read_outcomes(demo_folder(demo.name))
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        groups, outcomes = _choose(told, demo, known)
        threshold = st.slider(told.bar, 2, 98, 50, step=2, format=said.THRESHOLD_IN_100, key=f"threshold_{demo.name}") / 100
        names = {"": said.SAME, **dict(zip(MEASURES, groups.measures))}
        even = st.selectbox(said.EVEN, list(names), format_func=names.get, key=f"even_{demo.name}")
    bars = evened(outcomes, threshold, even) if even else (threshold,) * len(outcomes.groups)
    found = treated(outcomes, bars)
    with right:
        st.html(groups_html(groups, found, bars))
        drawn = even or MEASURES[0]
        line = said.CURVES_SAID.format(what=names[drawn].capitalize())
        st.plotly_chart(curves_chart(outcomes, drawn, threshold), config={"displayModeBar": False}, alt=line,
                        key=f"curves_{demo.name}")
        st.caption(line)
    st.html(f'<div class="dl-told">{escape(equal_in_words(groups, found))} {escape(base_in_words(groups, found))}</div>')
    st.markdown("\n".join(f"- {one}" for one in (groups.note, *told.lines) if one))
    method = demo.method(outcomes.method).title
    st.caption(said.COUNTED.format(data=outcomes.data, method=method, date=outcomes.about["date"]))


def _choose(told: TableTold, demo: Demo, known: tuple[Outcomes, ...]) -> tuple[Groups, Outcomes]:
    """The groups and the counts that the visitor wants to see."""
    titles = {groups.title: groups for groups in told.groups}
    groups = titles[st.radio(said.WHICH_TABLE, list(titles), key=f"groups_{demo.name}")]
    fitting = [one for one in known if one.data.startswith(groups.data) and one.by == groups.by]
    keys = [method.key for method in demo.methods if any(one.method == method.key for one in fitting)]
    # its own key for each table: the methods that were measured on it differ
    key = st.selectbox(said.WHICH_METHOD, keys, format_func=lambda key: demo.method(key).title,
                       key=f"whose_{demo.name}_{groups.title}")
    setups = {one.setup: one for one in fitting if one.method == key}
    blind = next((setup for setup in setups if setup), "")
    if blind and st.toggle(said.BLIND.format(by=blind.split()[-1]), key=f"blind_{demo.name}_{groups.title}"):
        return groups, setups[blind]
    return groups, setups[""]


def groups_html(groups: Groups, found: tuple[Treated, ...], bars: tuple[float, ...]) -> str:
    """The four shares of each group as bars, and how far they are apart."""
    parts = []
    for measure, title in zip(MEASURES, groups.measures):
        shares = [getattr(one, measure) for one in found]
        rows = "".join(
            f'<div class="row g{number}"><div class="name">{escape(one.group)}</div><div class="track"><div class="bar" '
            f'style="width:{100 * (share or 0):.1f}%"></div></div>'
            f'<div class="share">{said.NOBODY if share is None else percent(share)}</div></div>'
            for number, (one, share) in enumerate(zip(found, shares)))
        gap = apart(found, measure)
        away = f" · {(said.ONE_APART if gap == 1 else said.APART).format(count=gap)}" if gap is not None else ""
        parts.append(f"<section><h4>{escape(title)}<span>{away}</span></h4>{rows}</section>")
    told = (said.ONE_BAR.format(bar=f"{100 * bars[0]:.0f}") if len(set(bars)) == 1 else " · ".join(
        said.OWN_BAR.format(group=one.group, bar=f"{100 * bar:.0f}") for one, bar in zip(found, bars)))
    return f'<p>{escape(told)}</p><div class="dl-groups">{"".join(parts)}</div>'


def apart(found: tuple[Treated, ...], measure: str) -> int | None:
    """How far the groups' shares lie from each other, in points of 100; None where one has nobody."""
    shares = [getattr(one, measure) for one in found]
    return None if None in shares else abs(round(100 * shares[0]) - round(100 * shares[-1]))  # as the bars say it


def equal_in_words(groups: Groups, found: tuple[Treated, ...]) -> str:
    """Which of the four shares are equal now, and which are not."""
    near = [(gap := apart(found, measure)) is not None and gap <= NEAR for measure in MEASURES]
    equal, other = ("; ".join(title for title, one in zip(groups.measures, near) if one is wanted)
                    for wanted in (True, False))
    if not equal:
        return said.EQUAL_NONE
    return said.EQUAL_SOME.format(equal=equal, other=other) if other else said.EQUAL_ALL


def base_in_words(groups: Groups, found: tuple[Treated, ...]) -> str:
    """How often the outcome was true in each group, whatever a method says."""
    first, second = found
    return said.BASE.format(outcome=groups.outcome, **{
        f"{name}{end}": value for name, one in (("first", first), ("second", second))
        for end, value in (("", f"{100 * one.belong / max(one.people, 1):.0f}"), ("_people", f"{one.people:,}"),
                           ("_group", one.group))})


def curves_chart(outcomes: Outcomes, measure: str, threshold: float) -> go.Figure:
    """A share of each group at every threshold."""
    steps = [step / STEPS for step in range(STEPS + 1)]
    shares = [[getattr(one, measure) for one in treated(outcomes, (step,) * len(outcomes.groups))] for step in steps]
    figure = go.Figure()
    for number, (group, (light, dark, _)) in enumerate(zip(outcomes.groups, KINDS)):
        figure.add_scatter(x=[100 * step for step in steps], mode="lines",
                           y=[None if row[number] is None else 100 * row[number] for row in shares],
                           name=group, hovertemplate="%{y:.0f} %<extra></extra>",
                           line={"color": dark if is_dark() else light, "width": 3, "dash": DASHED[number]})
    figure.add_vline(x=100 * threshold, line={"width": 1, "dash": "dash", "color": ink()}, opacity=0.6)
    axis = {"range": [0, 101], "ticksuffix": " %", "fixedrange": True}
    return figure.update_layout(height=280, margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False, hovermode="x unified",
                                legend={"orientation": "h", "y": 1.18, "x": 0},
                                xaxis={**axis, "title": said.CURVES_X, "showgrid": False}, yaxis=axis)
