"""What kinds of networks exist? A drawing of each, what it is for, and the same program in four frameworks."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import list_demos
from demos.lessons import FOLDER, Lesson
from pages.ui.kind_drawings import DRAWN, kind_html
from pages.ui.lesson import show_lesson
from pages.ui.sections import demo_page

FITS = {"table": "dense", "picture": "cnn", "series": "lstm", "text": "transformer", "usual": "autoencoder",
        "nothing_yet": "diffusion", "friends": "graph"}
RUNS = {"dense": "credit_decision", "cnn": "image_recognition", "lstm": "machine_failure", "transformer": "translation",
        "autoencoder": "recommendation", "diffusion": "picture_maker"}
FRAMEWORKS = ("pytorch", "tensorflow", "keras", "jax")


def take_fitting() -> None:
    """Show the kind that fits what the visitor has."""
    st.session_state["kind"] = FITS[st.session_state["have"]]


@st.fragment
def kinds(lesson: Lesson) -> None:
    """What the visitor has, the kind that fits, and its drawing."""
    said = lesson.labels
    st.header(said["have_title"], anchor=False)
    st.html(f"<p>{escape(said['have_said'])}</p>")
    st.pills(said["have"], list(FITS), default="picture", required=True, key="have", on_change=take_fitting,
             format_func=lambda key: said[key])
    kind = st.pills(said["kind"], list(DRAWN), default="cnn", required=True, key="kind", format_func=lambda key: said[key],
                    bind="query-params")
    left, right = st.columns([3, 2], gap="large", vertical_alignment="center")
    with left:
        st.html(kind_html(kind, said[f"{kind}_said"]))
    with right:
        st.html(f"<p><b>{escape(said[kind])}</b></p><p>{escape(said[f'{kind}_said'])}</p>")
        here = {demo.name: demo for demo in list_demos()}
        if RUNS.get(kind) in here:
            st.caption(said["runs_here"])
            demo = here[RUNS[kind]]
            st.page_link(demo_page(demo), label=demo.question, icon=":material/arrow_forward:")
        else:
            st.caption(said["runs_not"])


def programs(lesson: Lesson) -> None:
    """The same program in four frameworks."""
    said = lesson.labels
    st.header(said["code_title"], anchor=False)
    st.html(f"<p>{escape(said['code_said'])}</p>")
    for tab, name in zip(st.tabs([said[name] for name in FRAMEWORKS]), FRAMEWORKS):
        tab.code((FOLDER.with_name("frameworks") / f"{name}.txt").read_text(), language="python")


def play(lesson: Lesson) -> None:
    """Both, one below the other."""
    kinds(lesson)
    programs(lesson)


show_lesson("kinds", play)
