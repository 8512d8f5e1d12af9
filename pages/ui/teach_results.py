"""How well a lesson went: its curve, what was taken for what, and the measured worth of a head start."""

from __future__ import annotations

from html import escape
from types import ModuleType

import numpy as np
import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.figures import in_hundred
from demos.teach_it.head_start import HeadStart, read_head_start
from demos.teach_it.practice import REPEATS, Practice
from pages.ui import words
from pages.ui.asks import Given
from pages.ui.charts import counts_chart
from pages.ui.teach_kinds import ways
from pages.ui.teach_memory import memory

FAMILIES = ("classical", "deep")


def how_well(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    lesson, said = memory(demo).lesson, ways(demo).said
    st.header(said.HOW_WELL, anchor=False)
    st.caption(said.HOW_WELL_CAPTION)
    if lesson is None or lesson.practice is None:
        st.html(f'<p class="dl-told">{escape(said.NO_LESSON)}</p>')
    else:
        left, right = st.columns([1, 1.2], gap="large")
        with left:
            st.subheader(said.OWN_CURVE, anchor=False)
            _own_curve(said, lesson.practice)
        with right:
            st.subheader(said.CONFUSED, anchor=False)
            for family in FAMILIES:
                st.html(confused_html(said, family, lesson.names, lesson.practice.confused[family]))
    _head_start(demo)


def _own_curve(said: ModuleType, practice: Practice) -> None:
    means = {family: practice.curves[family].mean(axis=1) for family in FAMILIES}
    few, many = practice.sizes[0], practice.sizes[-1]
    line = said.OWN_CURVE_SAID.format(
        few=few, many=many, repeats=REPEATS,
        **{f"{family}_{name}": in_hundred(float(means[family][place])) for family in FAMILIES
           for name, place in (("few", 0), ("many", -1))})
    figure = counts_chart(practice.sizes, {family: (one, None, None) for family, one in means.items()}, said.CURVE_X, said.CURVE_Y)
    st.plotly_chart(figure, config={"displayModeBar": False}, alt=line, key="teach_own_curve")
    st.html(f"<p>{escape(line)}</p>")


def confused_html(said: ModuleType, family: str, names: tuple[str, ...], counts: np.ndarray) -> str:
    """The counts as a table, the right ones on the slope shaded, and a sentence with the worst mix-up."""
    wrong = counts - np.diag(np.diag(counts))
    row, column = np.unravel_index(int(wrong.argmax()), wrong.shape)
    worst = said.WORST.format(truth=names[row], answer=names[column], count=wrong[row, column],
                              all=counts[row].sum()) if wrong.any() else ""
    line = said.CONFUSED_SAID.format(family=words.FAMILY[family], right=np.trace(counts), all=counts.sum(), worst=worst)
    head = f"<tr><th>{said.CONFUSED_HEAD} ↓</th>" + "".join(f"<th>{escape(name)}</th>" for name in names) + "</tr>"
    body = "".join(f"<tr><th>{escape(name)}</th>" + "".join(_cell(int(count), int(counts[i].sum()), i == j)
                                                           for j, count in enumerate(counts[i])) + "</tr>"
                   for i, name in enumerate(names))
    return (f'<section class="dl-card {family} flat"><p>{escape(line)}</p><div class="dl-scroll">'
            f'<table class="dl-confused">{head}{body}</table></div></section>')


def _cell(count: int, all_: int, right: bool) -> str:
    shade = f' style="--p:{60 * count / max(all_, 1):.0f}%"' if count else ""
    return f'<td class="{"right" if right else "wrong"}"{shade}>{count or "·"}</td>'


def _head_start(demo: Demo) -> None:
    """The measured curve from 1 to 50 examples of each thing."""
    found, said = read_head_start(demo_folder(demo.name)), ways(demo).said
    st.header(said.HEAD_START, anchor=False)
    st.caption(said.HEAD_START_CAPTION.format(seeds=found.seeds))
    line = head_start_sentence(said, found)
    left, right = st.columns([1.4, 1], gap="large")
    left.plotly_chart(counts_chart(found.sizes, found.curves, said.CURVE_X, said.CURVE_Y), config={"displayModeBar": False}, alt=line, key="teach_head_start")
    left.caption(said.BAND.format(seeds=found.seeds).capitalize() + ".")
    right.html(f'<p class="dl-told">{escape(line)}</p>')


def head_start_sentence(said: ModuleType, found: HeadStart) -> str:
    """What the curve shows, in words."""
    at = {family: dict(zip(found.sizes, found.curves[family][0])) for family in FAMILIES}
    few = 5
    behind, ahead = sorted(FAMILIES, key=lambda family: at[family][few])
    there = [size for size in found.sizes if at[behind][size] >= at[ahead][few]]
    needs = (said.NEEDS_MORE if there else said.NEVER_THERE).format(
        count=there[0] if there else found.sizes[-1], few=few, behind=said.WHO[behind], ahead=said.WHO[ahead])
    return said.HEAD_START_SAID.format(deep=in_hundred(at["deep"][few]), classical=in_hundred(at["classical"][few]), needs=needs)
