"""All duels of the dashboard as one picture and one table, from their measured figures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from demos import demo_folder
from demos.base import Demo
from demos.figures import AS_GOOD, HIGHER_IS_BETTER, Figure, comparable, gain, read_figures
from pages.ui import compare_words as said
from pages.ui import words
from pages.ui.charts import SYMBOLS
from pages.ui.results import megabytes
from pages.ui.style import colour, soft

EACH_PX = 34  # height of a duel


@dataclass(frozen=True)
class Duel:
    """A demo and the figures of its two methods, None where they were not measured on the same things."""

    demo: Demo
    pair: tuple[Figure, Figure] | None

    @property
    def lead(self) -> float:
        """By how much the deep method is better, as a fraction."""
        return gain(*self.pair) if self.pair else 0.0

    @property
    def right(self) -> tuple[float, float]:
        """Both figures as shares of 100; errors are turned round."""
        return tuple(100 * (one.value if HIGHER_IS_BETTER[one.metric] else 1 - one.value) for one in self.pair or ())

    @property
    def larger(self) -> float:
        """How many times as large the deep method's weights are."""
        return self.demo.method("deep").size_mb / max(self.demo.method("classical").size_mb, 1e-3)

    @property
    def winner(self) -> str:
        """"classical", "deep" or "even"."""
        return "even" if abs(self.lead) < AS_GOOD else "deep" if self.lead > 0 else "classical"


def duels(demos: list[Demo]) -> list[Duel]:
    """Every demo with its pair of figures."""
    return [Duel(demo, comparable(read_figures(demo_folder(demo.name)), demo.method("classical").key,
                                  demo.method("deep").key)) for demo in demos]


def league_chart(found: list[Duel], order: str) -> go.Figure:
    """The duels that are shares of 100, each as a line between its square and its circle; the first at the top."""
    shown = [duel for duel in found if duel.pair and duel.pair[0].is_share]
    shown.sort(key={"lead": lambda duel: -duel.lead, "size": lambda duel: -duel.larger, "menu": lambda duel: duel.demo.order}[order])
    names = [duel.demo.title for duel in shown]
    figure = go.Figure()
    for duel in shown:
        figure.add_scatter(x=duel.right, y=[duel.demo.title] * 2, mode="lines", showlegend=False,
                           line={"color": soft(), "width": 5}, hoverinfo="skip")
    for place, family in enumerate(("classical", "deep")):
        figure.add_scatter(x=[duel.right[place] for duel in shown], y=names, mode="markers", name=words.FAMILY[family],
                           marker={"color": colour(family), "symbol": SYMBOLS[family][0], "size": 15},
                           text=[duel.pair[place].sentence() for duel in shown], hovertemplate="%{text}<extra></extra>")
    return figure.update_layout(
        height=90 + EACH_PX * len(shown), margin={"l": 0, "r": 10, "t": 10, "b": 0}, dragmode=False,
        legend={"orientation": "h", "y": 1.06, "x": 0}, xaxis={"range": [0, 102], "fixedrange": True},
        yaxis={"autorange": "reversed", "fixedrange": True, "automargin": True})


def counted(found: list[Duel]) -> str:
    """How many duels each kind leads."""
    measured = [duel.winner for duel in found if duel.pair]
    return said.COUNTED.format(count=len(measured), **{kind: measured.count(kind) for kind in ("deep", "classical", "even")})


def table_html(found: list[Duel]) -> str:
    """All duels with both methods, their sizes and figures."""
    head = "".join(f"<th>{name}</th>" for name in words.COMPARE_HEAD)
    return (f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}</tr>{"".join(map(row_html, found))}</table></div>')


def row_html(duel: Duel) -> str:
    """One duel as a table row."""
    cells = [f'<a href="{duel.demo.name}" target="_self">{escape(duel.demo.question)}</a>']
    for place, family in enumerate(("classical", "deep")):
        method = duel.demo.method(family)
        line = duel.pair[place].sentence() if duel.pair else words.NO_FIGURE
        cells.append(f'<span class="dl-dot {family}"></span>{escape(method.title)}, {megabytes(method.size_mb)}<br>{escape(line)}')
    better = words.NOT_SAME_DATA if duel.pair is None else {**words.FAMILY, "even": words.EVEN_SHORT}[duel.winner]
    return ("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells)
            + f'<td data-name="{words.COMPARE_HEAD[-1]}">{better}</td></tr>')


def proof(demo: Demo, metric: str) -> tuple[str, str] | None:
    """What was measured of both methods of a demo; with "size" how much they weigh; None where one is not measured."""
    methods = [demo.method(family) for family in ("classical", "deep")]
    if metric == "size":
        first, second = (megabytes(method.size_mb) for method in methods)
        return first, second
    rows = read_figures(demo_folder(demo.name))
    found = [next((row for row in rows if (row.method, row.metric) == (method.key, metric)), None) for method in methods]
    return (found[0].sentence(), found[1].sentence()) if found[0] and found[1] else None
