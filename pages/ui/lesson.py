"""One lesson's page: the question, the answer, something to do, a surprise, two more depths, the words, the real thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import zip_longest
from typing import Any

import numpy as np
import streamlit as st

from demos import get_demo
from demos.glossary import entries
from demos.lessons import Lesson, get_lesson
from demos.picture_results import png_uri
from pages.ui import lesson_words as words
from pages.ui.asks import Asked
from pages.ui.place import Place
from pages.ui.sections import demo_page
from pages.ui.words import WORKING


def show_lesson(name: str, play: Callable[[Lesson], None]) -> None:
    """Draw the lesson; `play` draws what the visitor does in it."""
    lesson = get_lesson(name)
    st.title(lesson.question, anchor=False)
    st.html(f'<p class="dl-lede">{escape(lesson.answer)}</p>')
    play(lesson)
    st.header(words.TRY_THIS, anchor=False)
    st.markdown(lesson.try_this)
    with st.expander(words.WHAT_HAPPENS):
        st.markdown(lesson.what_happens)
    st.header(words.DEEPER, anchor=False)
    with st.expander(words.CURIOUS):
        st.markdown(lesson.curious)
    with st.expander(words.ENGINEER):
        st.markdown(lesson.engineer)
    draw_terms(lesson.terms)
    st.header(words.FOR_REAL, anchor=False)
    st.page_link(demo_page(get_demo(lesson.demo)), label=get_demo(lesson.demo).question, icon=":material/arrow_forward:")


def draw_terms(terms: Iterable[str]) -> None:
    """Words of the glossary; each opens what it means."""
    known = {entry.term: entry for entry in entries()}
    st.html(f'<p class="dl-kind">{words.TERMS_HERE}</p>')
    with st.container(horizontal=True, gap="small"):
        for term in terms:
            with st.popover(term):
                st.markdown(known[term].says)


def part(lesson: Lesson, name: str, **values: object) -> tuple[Any, Any]:
    """The head of one thing to do, from the labels `name`_title and `name`_said; where its controls and picture go."""
    st.header(lesson.labels[f"{name}_title"], anchor=False)
    st.html(f"<p>{escape(lesson.labels[f'{name}_said'].format(**values))}</p>")
    left, right = st.columns([2, 3], gap="large")
    return left, right


def picture(chart: object, key: str, sentence: str) -> None:
    """A chart that cannot be dragged away, with its one sentence under it."""
    st.plotly_chart(chart, key=key, config={"displayModeBar": False, "scrollZoom": False})
    st.caption(sentence)


def bars_html(rows: Iterable[tuple[str, str, float]], wide: bool = False, families: Sequence[str] = ()) -> str:
    """Bars on one scale: a name, what stands beside its bar as HTML, and how long it is, from 0 to 1.

    `wide` leaves more room beside the bars; `families` colours each as "classical" or "deep", "" as neither.
    """
    drawn = "".join(
        f'<div class="row {family}"><span class="name">{escape(name)}</span><span class="share">{said}</span>'
        f'<div class="track"><div class="bar" style="width:{100 * min(max(share, 0), 1):.1f}%"></div></div></div>'
        for (name, said, share), family in zip_longest(rows, families, fillvalue=""))
    return f'<div class="dl-bars dl-plain{" dl-wide-share" if wide else ""}">{drawn}</div>'


def pixels_html(views: Iterable[tuple[str, np.ndarray, str]]) -> str:
    """Pictures `(h, w, 3)` uint8 with square pixels beside each other, each with its name and its one sentence."""
    return '<div class="dl-views dl-three">' + "".join(
        f'<figure class="dl-view dl-pixels"><img src="{png_uri(shown)}" alt="{escape(name)}"><figcaption>'
        f"<b>{escape(name)}</b><span>{escape(sentence)}</span></figcaption></figure>"
        for name, shown, sentence in views) + "</div>"


def answered(job: Asked, place: Place) -> Any:
    """A job's result once it is there; until then its place says so, or what went wrong."""
    if job.error is not None:
        place.html(f'<div class="dl-told" role="alert">{escape(str(job.error))}</div>')
    elif not job.done:
        place.html(f'<div class="dl-wait" role="status">{WORKING}</div>')
    else:
        return job.result(0).result
    return None
