"""Machine learning or deep learning? Six differences with a proof each, the league of all duels, and a chooser."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import list_demos
from pages.ui import compare_words as said
from pages.ui import words
from pages.ui.advice import advise
from pages.ui.league import counted, duels, league_chart, proof, table_html
from pages.ui.sections import demo_page, demos_with_page

HERE = {demo.name: demo for demo in list_demos()}


def differences_html() -> str:
    """The six differences, each with what was measured here."""
    rows = ""
    for name, classical, deep, demo, metric in said.ROWS:
        measured = proof(HERE[demo], metric) if demo in HERE else None
        shown = words.NO_FIGURE
        if measured:
            link = f'<a href="{demo}" target="_self">{escape(HERE[demo].question)}</a>'
            shown = "<br>".join((link, *(f'<span class="dl-dot {family}"></span>{escape(line)}'
                                         for family, line in zip(("classical", "deep"), measured))))
        cells = "".join(f'<td data-name="{head}">{cell}</td>' for head, cell in zip(said.PROPERTIES_HEAD[1:], (
            escape(classical), escape(deep), shown)))
        rows += f"<tr><td><b>{escape(name)}</b></td>{cells}</tr>"
    head = "".join(f"<th>{name}</th>" for name in said.PROPERTIES_HEAD)
    return f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}</tr>{rows}</table></div>'


@st.fragment
def chooser() -> None:
    """Four questions and the advice for their answers."""
    st.header(said.CHOOSER, anchor=False)
    st.html(f"<p>{escape(said.CHOOSER_SAID)}</p>")
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = [st.pills(label, list(options), default=list(options)[start], required=True, key=key, format_func=options.get,
                           bind="query-params", wrap=True)
                  for label, options, key, start in ((said.KIND, said.KINDS, "kind", 0), (said.COUNT, said.COUNTS, "count", 1),
                                                     (said.EXPLAIN, said.EXPLAINS, "explain", 1),
                                                     (said.HARDWARE, said.HARDWARES, "hardware", 1))]
    advice = advise(*chosen)
    with right:
        reasons = "".join(f"<p>{escape(reason)}</p>" for reason in advice.reasons)
        st.html(f'<section class="dl-card flat {advice.family}"><div class="dl-answer">{escape(advice.title)}</div>{reasons}</section>')
        if advice.demo in HERE:
            st.caption(said.SEE)
            st.page_link(demo_page(HERE[advice.demo]), label=HERE[advice.demo].question, icon=":material/arrow_forward:")


@st.fragment
def league() -> None:
    """All duels, sorted as the visitor likes."""
    found = duels(demos_with_page())
    st.header(said.LEAGUE, anchor=False)
    st.html(f"<p>{escape(said.LEAGUE_SAID)}</p>")
    order = st.segmented_control(said.SORT, list(said.SORTS), default="lead", required=True, key="sort",
                                 format_func=said.SORTS.get, bind="query-params")
    st.plotly_chart(league_chart(found, order), key="league", config={"displayModeBar": False}, alt=said.LEAGUE_ALT)
    st.html(f'<div class="dl-told">{escape(counted(found))}</div>')
    with st.expander(said.TABLE):
        st.caption(said.OTHER_SCALE)
        st.html(table_html(found))


st.title(words.ML_VS_DL, anchor=False)
st.html(f'<p class="dl-lede">{words.COMPARE_LEDE}</p>')
chooser()
league()
st.header(said.PROPERTIES, anchor=False)
st.html(f"<p>{escape(said.PROPERTIES_SAID)}</p>{differences_html()}")
st.markdown(words.RULE_OF_THUMB)
