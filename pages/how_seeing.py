"""How does a network see? A window slid over the visitor's own picture, and its way through the real network."""

from __future__ import annotations

import io
from html import escape

import numpy as np
import streamlit as st
from PIL import Image

from demos import get_demo
from demos.lessons import Lesson
from demos.lessons.seeing import FILTERS, convolve, grey, parse_window, pool, shown
from pages.ui.asks import Asked, ask, settle
from pages.ui.inputs import draw_inputs, given
from pages.ui.lesson import pixels_html, show_lesson
from pages.ui.why import draw_why

DEMO = get_demo("image_recognition")
NUMBERS = "window_numbers"  # the box with the nine numbers


def written(name: str) -> str:
    """A ready window as the nine numbers in the box."""
    return ", ".join(f"{number:g}" for row in FILTERS[name] for number in row)


def take_ready(key: str) -> None:
    """Put the chosen window's numbers into the box."""
    st.session_state[NUMBERS] = written(st.session_state[key])


def choose_window(lesson: Lesson) -> np.ndarray:
    """The window `(3, 3)` that the visitor chose or wrote; after a slip the last good one."""
    said = lesson.labels
    st.html(f"<p>{escape(said['window_said'])}</p>")
    st.pills(said["window"], list(FILTERS), default="upright", required=True, key="window", on_change=take_ready,
             args=("window",), format_func=lambda key: said[key], wrap=True)
    st.session_state.setdefault(NUMBERS, written("upright"))
    text = st.text_input(said["own"], key=NUMBERS, max_chars=80)
    window = parse_window(text)
    if window is None:
        st.info(said["own_wrong"])
        window = parse_window(st.session_state.get("window_good", written("upright")))
    else:
        st.session_state["window_good"] = text
    return window


def table(numbers: np.ndarray) -> str:
    """Three by three numbers."""
    rows = "".join("<tr>" + "".join(f"<td>{number:.2f}</td>" for number in row) + "</tr>" for row in numbers)
    return f'<table class="dl-nine">{rows}</table>'


@st.fragment
def by_hand(lesson: Lesson, preview: bytes) -> None:
    """The window over the picture, pooling, and one place written out."""
    said = lesson.labels
    bright = grey(np.asarray(Image.open(io.BytesIO(preview)).convert("RGB")))  # made by the worker, not the upload itself
    st.header(said["window_title"], anchor=False)
    window = choose_window(lesson)
    answers = convolve(bright, window)
    pooled = pool(answers)
    st.html(pixels_html((said[key], shown(part), said[f"{key}_said"].format(width=part.shape[1], height=part.shape[0]))
                        for key, part in (("before", bright), ("after", answers), ("pooled", pooled))))
    st.html(f"<p><b>{escape(said['place_title'])}</b></p>")
    left, right = st.columns([2, 3], gap="large")
    with left:
        x = st.slider(said["across"], 0, answers.shape[1] - 1, answers.shape[1] // 2, key=f"place_x_{bright.shape[1]}")
        y = st.slider(said["down"], 0, answers.shape[0] - 1, answers.shape[0] // 2, key=f"place_y_{bright.shape[0]}")
    with right:
        st.html(f'<div class="dl-times">{table(bright[y:y + 3, x:x + 3])}<span>×</span>{table(window)}</div>')
        st.markdown(said["place_said"].format(sum=answers[y, x]))


def play(lesson: Lesson) -> None:
    """The picture, the window over it, and its way through the real network."""
    said = lesson.labels
    st.header(said["picture_title"], anchor=False)
    draw_inputs(DEMO)
    thing, deep = given(DEMO), DEMO.method("deep")
    look, views = ask(DEMO.name, deep.key, thing, "look"), ask(DEMO.name, deep.key, thing, "explain")
    hand = st.container()
    st.header(said["follow_title"], anchor=False)
    st.html(f"<p>{escape(said['follow_said'])}</p>")
    follow = st.container()

    def draw_hand(job: Asked) -> None:
        if job.done:
            with hand:
                st.info(str(job.error)) if job.error is not None else by_hand(lesson, job.result(0).preview)

    def draw_follow(job: Asked) -> None:
        if job.done:
            draw_why(follow, job, None)

    settle([(look, draw_hand), (views, draw_follow)])


show_lesson("seeing", play)
