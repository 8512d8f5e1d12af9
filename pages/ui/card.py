"""The card at the end of a page: what to know before trusting the answer."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.figures import Figure, comparable, parted, read_figures
from pages.ui import bet, words
from pages.ui.inputs import press
from pages.ui.results import megabytes

AT_FIRST = 6  # figures: a longer table is folded


def draw_card(demo: Demo) -> None:
    """How good it is, what it learnt from, where it fails, what it is not for, licences."""
    st.header(words.CARD, anchor=False)
    first, others = told_first(demo)
    figures = [*first, *others]
    if figures:
        st.subheader(words.HOW_GOOD, anchor=False)
        st.html(figures_html(demo, first))
        if others:
            with st.expander(words.MORE_FIGURES.format(count=len(others))):
                st.html(figures_html(demo, others))
        with st.expander(words.HOW_MEASURED):
            st.caption("\n\n".join(f"{_title(demo, figure)}: {measured(figure)}" for figure in figures))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(words.LEARNT, anchor=False)
        st.markdown(demo.card.learnt_from)
        st.subheader(words.LICENCE, anchor=False)
        st.markdown(demo.card.licence)
    with right:
        st.subheader(words.WEAK, anchor=False)
        st.markdown("\n".join(f"- {line}" for line in demo.card.weak_at))
        for sample in demo.samples:
            if sample.fails and bet.is_open_sample(demo, sample):  # or it would tell who is wrong
                end = "" if sample.title.endswith((".", "?", "!")) else "."
                st.markdown(f"**{sample.title}{end}** {sample.fails}")
                st.button(words.SEE_MISTAKE.format(title=sample.title), key=f"see_{demo.name}_{sample.key}",
                          on_click=press, args=(demo, sample), wrap=True)
        st.subheader(words.NEVER, anchor=False)
        st.markdown(demo.card.never_for)
    with st.expander(words.METHODS):
        st.html(methods_html(demo))
        st.caption(f"{words.SOURCES}: " + " · ".join(dict.fromkeys(s.source for s in demo.samples)))


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
