"""The same network with fewer bits: what it gains and loses, and weights to be rounded by the visitor."""

from __future__ import annotations

import json
from html import escape

import plotly.graph_objects as go
import streamlit as st

from demos import get_demo
from demos.lessons.bits import BITS, TARGET, Rounded, filters, mosaic, networks
from demos.results import Labels
from demos.rounding import FULL, rounded
from pages.ui import next_words as said
from pages.ui.asks import Asked, ask, ask_part, settle
from pages.ui.inputs import draw_inputs, given
from pages.ui.lesson import answered, bars_html, draw_terms, picture, pixels_html
from pages.ui.place import Place
from pages.ui.results import megabytes, percent
from pages.ui.style import ink

DEMO = get_demo("image_recognition")
SHOWN = 4  # names of an answer
LINES = {"sentences": ("solid", "circle"), "signs": ("dash", "diamond"), "pictures": ("dot", "square")}


def draw_bits() -> None:
    """The table of three networks, then the slider with its chart, its filters and both answers."""
    found = networks()
    about = json.loads(TARGET.read_text())["pictures"]
    st.subheader(said.BITS_TITLE, anchor=False)
    st.html(f"<p>{escape(said.BITS_SAID)}</p>{table_html(found)}")
    st.html(f"<p>{escape(told(found))}</p>")
    draw_terms(said.TERMS["bits"])
    st.caption(said.BITS_HOW.format(**about))
    st.subheader(said.ROUND_TITLE, anchor=False)
    st.html(f"<p>{escape(said.ROUND_SAID)}</p>")
    draw_inputs(DEMO)
    round_them(found)


def table_html(found: dict[str, Rounded]) -> str:
    """A row for each network."""
    rows = ""
    for name, one in found.items():
        (right, size, time), (right8, size8, time8) = one.full, one.eight
        cells = (f"{megabytes(size)} → <b>{megabytes(size8)}</b>", f"{time:.2g} → <b>{time8:.2g}</b>",
                 said.RIGHT.format(full=f"{right:,}", eight=f"<b>{right8:,}</b>", asked=one.asked),
                 said.SAME.format(same=f"{one.same:,}", asked=one.asked))
        rows += f"<tr><td><b>{escape(said.TASKS[name])}</b></td>" + "".join(
            f'<td data-name="{escape(head)}">{cell}</td>' for head, cell in zip(said.HEAD[1:], cells)) + "</tr>"
    head = f"<th>{said.HEAD[0]}</th>" + "".join(f"<th>{name}<br><small>{said.BITS}</small></th>" for name in said.HEAD[1:-1])
    return f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}<th>{said.HEAD[-1]}</th></tr>{rows}</table></div>'


def told(found: dict[str, Rounded]) -> str:
    """What the table says, in words."""
    faster = sorted(one.full[2] / one.eight[2] for one in found.values())
    worst = max(found, key=lambda name: (found[name].full[0] - found[name].eight[0]) / found[name].asked)
    lost = found[worst].full[0] - found[worst].eight[0]
    return said.BITS_TOLD.format(fast=f"{faster[-1]:.1f}", slow=f"{faster[0]:.1f}", worst=said.CURVES_NAMES[worst], lost=lost,
                                 asked=found[worst].asked)


@st.fragment
def round_them(found: dict[str, Rounded]) -> None:
    """A number of bits: what is left of three networks, the filters, and the answer to the visitor's picture."""
    bits = st.select_slider(said.SLIDER, BITS, 5, key="bits", bind="query-params")
    left, right = st.columns([3, 2], gap="large")
    with left:
        at = "; ".join(said.AT_ONE.format(name=said.CURVES_NAMES[name], right=f"{one.right[BITS.index(bits)]:,}", asked=one.asked)
                       for name, one in found.items())
        picture(curves_chart(found, bits), "bits_curves", said.AT.format(bits=bits, told=at))
    with right:
        st.html(pixels_html([(said.FILTERS.format(bits=bits), mosaic(rounded(filters(), bits)), said.FILTERS_SAID)]))
        st.markdown(said.ALL_VALUES if bits == FULL else said.VALUES.format(values=2**bits - 1))
    thing, deep = given(DEMO), DEMO.method("deep").key
    jobs = (ask(DEMO.name, deep, thing), ask_part(DEMO.name, deep, "rounded", {**thing.inputs, "bits": float(bits)}))
    sides = st.columns(2, gap="large")
    places = [Place(side) for side in sides]
    names: dict[int, str] = {}

    def draw(job: Asked) -> None:
        number = jobs.index(job)
        answer: Labels | None = answered(job, places[number])
        if answer is not None:
            names[number] = answer.names[0]
            title = said.ROUNDED.format(bits=bits) if number else said.WHOLE
            likeliest = list(zip(answer.names, map(float, answer.scores)))[:SHOWN]
            rows = [(name, f"<b>{percent(score)}</b>", score) for name, score in likeliest]
            places[number].html(f'<p class="dl-kind">{title}</p>{bars_html(rows, families=["deep"] * SHOWN)}')

    settle([(job, draw) for job in jobs])
    if len(names) == 2:
        st.html(f'<div class="dl-told">{said.SAME_ANSWER if names[0] == names[1] else said.OTHER_ANSWER}</div>')


def curves_chart(found: dict[str, Rounded], bits: int) -> go.Figure:
    """Right answers of each network by bits, with a line at the chosen number."""
    figure, places = go.Figure(), list(range(len(BITS)))
    for name, one in found.items():
        dash, symbol = LINES[name]
        figure.add_scatter(x=places, y=[100 * right / one.asked for right in one.right], mode="lines+markers",
                           name=said.CURVES_NAMES[name], line={"color": ink(), "width": 3, "dash": dash},
                           marker={"symbol": symbol, "size": 10}, hovertemplate="%{y:.0f}")
    figure.add_vline(x=BITS.index(bits), line={"width": 1, "dash": "dash", "color": ink()}, opacity=0.6)
    return figure.update_layout(
        height=360, margin={"l": 0, "r": 10, "t": 10, "b": 0}, hovermode="x unified", dragmode=False,
        legend={"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"},
        xaxis={"tickvals": places, "ticktext": [str(one) for one in BITS], "title": said.SLIDER, "showgrid": False, "fixedrange": True},
        yaxis={"title": said.SCALE, "range": [0, 105], "fixedrange": True})
