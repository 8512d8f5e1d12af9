"""One lesson's page: the question, the answer, something to do, a surprise, two more depths, the words, the real thing."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from demos import get_demo
from demos.glossary import entries
from demos.lessons import Lesson, get_lesson
from pages.ui import lesson_words as words
from pages.ui.sections import demo_page


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
    _terms(lesson)
    st.header(words.FOR_REAL, anchor=False)
    st.page_link(demo_page(get_demo(lesson.demo)), label=get_demo(lesson.demo).question, icon=":material/arrow_forward:")


def _terms(lesson: Lesson) -> None:
    """The lesson's words; each opens what it means."""
    known = {entry.term: entry for entry in entries()}
    st.html(f'<p class="dl-kind">{words.TERMS_HERE}</p>')
    with st.container(horizontal=True, gap="small"):
        for term in lesson.terms:
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
