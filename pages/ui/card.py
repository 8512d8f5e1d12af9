"""The card at the end of a page: what to know before trusting the answer."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.figures import Figure, comparable, parted, read_figures
from pages.ui import bet, words
from pages.ui.inputs import press
from pages.ui.prose import inline_html, prose_html
from pages.ui.results import megabytes

AT_FIRST = 6  # figures: a longer table is folded


def draw_card(demo: Demo) -> None:
    """How good it is, what it learnt from, where it fails, what it is not for, licences.

    Few large pieces: each one that Streamlit is handed costs its server and the browser time on every drawing of the page.
    """
    st.header(words.CARD, anchor=False)
    top = how_good_html(demo)
    if top:
        st.html(top)
    left, right = st.columns(2, gap="large")
    left.html(headed(words.LEARNT, prose_html(demo.card.learnt_from)) + headed(words.LICENCE, prose_html(demo.card.licence)))
    with right:
        weak = headed(words.WEAK, "<ul>" + "".join(f"<li>{inline_html(line)}</li>" for line in demo.card.weak_at) + "</ul>")
        for sample in demo.samples:
            if sample.fails and bet.is_open_sample(demo, sample):  # or it would tell who is wrong
                end = "" if sample.title.endswith((".", "?", "!")) else "."
                st.html(f'{weak}<p class="dl-mistake"><b>{escape(sample.title)}{end}</b> {inline_html(sample.fails)}</p>')
                st.button(words.SEE_MISTAKE.format(title=sample.title), key=f"see_{demo.name}_{sample.key}",
                          on_click=press, args=(demo, sample), wrap=True)
                weak = ""
        st.html(weak + headed(words.NEVER, prose_html(demo.card.never_for)))
    sources = " · ".join(escape(one) for one in dict.fromkeys(sample.source for sample in demo.samples))
    st.html(folded(words.METHODS, f'{methods_html(demo)}<p class="dl-quiet">{words.SOURCES}: {sources}</p>'))


def how_good_html(demo: Demo) -> str:
    """The figures, the first ones open, and how each was measured; empty where nothing was."""
    first, others = told_first(demo)
    figures = [*first, *others]
    if not figures:
        return ""
    more = folded(words.MORE_FIGURES.format(count=len(others)), figures_html(demo, others)) if others else ""
    how = "".join(f'<p class="dl-quiet">{escape(_title(demo, figure))}: {inline_html(measured(figure))}</p>' for figure in figures)
    return headed(words.HOW_GOOD, figures_html(demo, first)) + more + folded(words.HOW_MEASURED, how)


def headed(title: str, inner: str) -> str:
    """A part of the card under its own heading."""
    return f'<h3 class="dl-part">{escape(title)}</h3>{inner}'


def folded(title: str, inner: str) -> str:
    """What is read only by those who open it."""
    return f'<details class="dl-more"><summary>{escape(title)}</summary>{inner}</details>'


def told_first(demo: Demo) -> tuple[list[Figure], list[Figure]]:
    """The few figures that say how good the methods are, and all others."""
    figures = read_figures(demo_folder(demo.name))
    pair = comparable(figures, demo.method("classical").key, demo.method("deep").key)
    return parted(figures, pair[0] if pair else None, AT_FIRST)


def _title(demo: Demo, figure: Figure) -> str:
    return next((m.title for m in demo.methods if m.key == figure.method), figure.method)


def measured(figure: Figure) -> str:
    """Everything needed to measure it again."""
    said = words.MEASURED_BY.format(date=figure.date, command=figure.command, machine=figure.machine)
    return f"{figure.sentence()}. {said} {figure.note}"


def figures_html(demo: Demo, figures: list[Figure]) -> str:
    """A row for each figure: the method, the number as counts, and its interval."""
    family = {m.key: m.family for m in demo.methods}
    rows = "".join(
        f'<tr><td><span class="dl-dot {family.get(f.method, "")}"></span>{escape(_title(demo, f))}</td>'
        f"<td>{escape(f.sentence())}{interval(f)}</td><td>{escape(f.data)}</td></tr>" for f in figures)
    head = "".join(f"<th>{name}</th>" for name in words.FIGURE_HEAD)
    return f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}</tr>{rows}</table></div>'


def interval(figure: Figure) -> str:
    """' (between 62 and 64 if measured again)' where an interval was measured."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (f"{100 * end:.1f}" if figure.is_share else f"{end:.3g}" for end in (figure.low, figure.high))
    return " " + words.BETWEEN.format(low=low, high=high)


def methods_html(demo: Demo) -> str:
    """Every method with its weights: where they come from, size, licence and the digest's beginning."""
    rows = []
    for method in demo.methods:
        for row in method.weights:
            digest = row.files[0].sha256[:12] or "–"
            rows.append(f'<tr><td><span class="dl-dot {method.family}"></span>{escape(method.title)}</td>'
                        f"<td>{escape(row.source)}</td><td>{megabytes(row.size_mb)}</td><td>{escape(row.license)}</td>"
                        f"<td><code>{digest}</code></td></tr>")
    head = "".join(f"<th>{name}</th>" for name in words.METHOD_HEAD)
    return f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}</tr>{"".join(rows)}</table></div>'
