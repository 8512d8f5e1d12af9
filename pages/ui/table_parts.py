"""What the pages of tables have beside the template: ways to another answer, all methods, honest chances, groups."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.figures import Figure, in_hundred, read_figures
from demos.results import Labels
from demos.tabular_outcomes import Outcomes, calibration, read_outcomes
from demos.tabular_results import Tree
from demos.tabular_told import TableTold
from pages.ui import table_words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.charts import DASHES
from pages.ui.fairness import draw_groups
from pages.ui.place import Place
from pages.ui.results import megabytes
from pages.ui.rows import rows_table
from pages.ui.style import colour, ink
from pages.ui.table_view import tree_html, ways_html

FEW = 20  # people in a bin, below which its mark is small
SYMBOLS = {"logistic": "square", "boosting": "diamond", "tree": "triangle-up", "network": "circle"}


def draw_table_parts(told: TableTold, demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    draw_ways(told, demo, {"classical": classical, "deep": deep}, given)
    draw_methods(told, demo, given)
    draw_honest(told, demo)
    draw_groups(told, demo)


@st.fragment
def draw_ways(told: TableTold, demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """What would have changed both answers, at a threshold to be moved."""
    st.header(told.ways, anchor=False)
    st.caption(said.WAYS_CAPTION)
    bar = st.slider(told.bar, 2, 98, 50, step=2, format=said.THRESHOLD_IN_100, key=f"ways_bar_{demo.name}", width=560)
    columns = st.columns(2, gap="large")
    watched = []
    for column, (family, method) in zip(columns, methods.items()):
        job = ask_part(demo.name, method.key, "ways", {**given.inputs, "bar": bar / 100})
        place = Place(column)

        def draw(job: Asked, place: Place = place, family: str = family, method: Method = method) -> None:
            kind = f'<div class="dl-kind"><b>{words.FAMILY[family]}:</b> {escape(method.title)}</div>'
            place.html(f'<section class="dl-card {family} flat">{kind}{ways_in_words(job)}</section>')

        watched.append((job, draw))
    settle(watched)
    st.html(f'<p class="dl-told">{escape(told.promises)}</p>')


def ways_in_words(job: Asked) -> str:
    """The ways as HTML, or where they stand."""
    if not job.done:
        return f'<div class="dl-wait" role="status">{words.WORKING}</div>'
    if job.error:
        return f'<div class="dl-wait" role="alert">{escape(str(job.error))}</div>'
    return ways_html(job.result(0).result)


# --- all methods ------------------------------------------------------------------------------------

def draw_methods(told: TableTold, demo: Demo, given: Given) -> None:
    """The answer of every method in a table, and the small tree with the path of these answers."""
    st.header(said.METHODS, anchor=False)
    st.caption(said.METHODS_CAPTION)
    table, tree = Place(), Place()
    jobs = {method.key: ask(demo.name, method.key, given) for method in demo.methods}
    looking = ask(demo.name, "tree", given, "explain")

    def draw_table(_: Asked) -> None:
        answers = {key: job.result(0).result for key, job in jobs.items() if job.done and job.error is None}
        table.html(methods_table(told, demo, answers))

    def draw_tree(job: Asked) -> None:
        views = job.result(0).views if job.done and not job.error else ()
        view = next((view for view in views if isinstance(view.result, Tree)), None)
        if view:
            tree.html(f'<section class="dl-card classical flat"><div class="dl-kind">{said.PATH}</div>'
                      f"{tree_html(view.result)}<span>{escape(view.sentence)}</span></section>")

    settle([*((job, draw_table) for job in jobs.values()), (looking, draw_tree)])


def methods_table(told: TableTold, demo: Demo, answers: dict[str, Labels]) -> str:
    """A row for each method: what it says now, and what it reached when it was measured."""
    rows = []
    for method in demo.methods:
        says = dict(zip(answers[method.key].names, answers[method.key].scores)) if method.key in answers else {}
        figures = [_measured(demo, method, metric) for metric in ("accuracy", "pairs_ordered")]
        cells = (said.IN_100.format(count=f"{100 * float(says[told.outcome]):.0f}") if says else said.DASH,
                 *(said.IN_100.format(count=in_hundred(one.value)) if one else said.DASH for one in figures),
                 megabytes(method.size_mb))
        rows.append((f'<span class="dl-dot {method.family}"></span>{escape(method.title)}', *map(escape, cells)))
    return rows_table(tuple(name.format(outcome=told.outcome) for name in said.METHODS_HEAD), rows)


def _measured(demo: Demo, method: Method, metric: str) -> Figure | None:
    """The figure on the demo's own table."""
    return next((f for f in read_figures(demo_folder(demo.name))
                 if (f.method, f.metric, f.setup) == (method.key, metric, "")), None)


# --- honest chances ---------------------------------------------------------------------------------

@st.fragment
def draw_honest(told: TableTold, demo: Demo) -> None:
    """The calibration curves of the methods that are chosen."""
    counted = {one.method: one for one in read_outcomes(demo_folder(demo.name))
               if one.data.startswith(told.groups[0].data) and one.by == told.groups[0].by and not one.setup}
    st.header(said.HONEST, anchor=False)
    st.caption(said.HONEST_CAPTION)
    titles = {method.title: method for method in demo.methods if method.key in counted}
    first = [demo.method(family).title for family in ("classical", "deep")]
    chosen = st.pills(said.HONEST_WHO, list(titles), selection_mode="multi", key=f"honest_{demo.name}",
                      default=[title for title in first if title in titles])
    methods = [method for title, method in titles.items() if title in chosen]
    lines = [said.HONEST_SAID.format(who=method.title, count=in_hundred(figure.value), rows=f"{figure.items:,}",
                                     things=figure.things)
             for method in methods if (figure := _measured(demo, method, "chances_off"))]
    chart = honest_chart([(method, counted[method.key]) for method in methods])
    st.plotly_chart(chart, config={"displayModeBar": False}, alt=" ".join(lines) or said.HONEST_CAPTION,
                    key=f"honest_chart_{demo.name}")
    if lines:
        st.html("".join(f"<p>{escape(line)}</p>" for line in lines))


def honest_chart(counted: list[tuple[Method, Outcomes]]) -> go.Figure:
    """How often it came true against what was said, for each method."""
    figure = go.Figure(go.Scatter(x=[0, 100], y=[0, 100], mode="lines", line={"color": ink(), "width": 1, "dash": "dash"},
                                  hoverinfo="skip", showlegend=False))
    for method, outcomes in counted:
        curve = calibration(outcomes)
        figure.add_scatter(
            x=[100 * x for x, _, _ in curve], y=[100 * y for _, y, _ in curve], mode="lines+markers", name=method.title,
            line={"color": colour(method.family), "width": 3, "dash": DASHES[method.family]},
            marker={"symbol": SYMBOLS.get(method.key, "circle"),
                    "size": [13 if people >= FEW else 6 for _, _, people in curve]},
            text=[f"{people:,}" for _, _, people in curve], hovertemplate=said.HONEST_HOVER)
    axis = {"range": [0, 100], "ticksuffix": " %", "fixedrange": True}
    return figure.update_layout(height=420, margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False,
                                legend={"orientation": "h", "y": 1.14, "x": 0},
                                xaxis={**axis, "title": said.HONEST_X, "showgrid": False},
                                yaxis={**axis, "title": said.HONEST_Y})
