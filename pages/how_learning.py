"""How does a network learn? A ball that rolls downhill, a training to watch, and one step back with real numbers."""

from __future__ import annotations

import time

import streamlit as st

from demos.lessons import Lesson
from demos.lessons.descent import ending, height, roll
from demos.lessons.network import Training, build, drawn
from demos.lessons.points import SHAPES, points
from pages.ui.backprop import back_step
from pages.ui.lesson import part, picture, show_lesson
from pages.ui.toy_charts import landscape_chart
from pages.ui.toy_pictures import loss_html, plane_html

ROLLS = 30
RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.3)
LIVE_RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TICK_S, WORK_S, ENOUGH = 0.3, 0.15, 2000  # between two looks at the training; its work in each; steps at the most
KEPT, RUNNING = "toy_training", "toy_running"


@st.fragment
def rolling(lesson: Lesson) -> None:
    """A landscape, a start, a step length; the ball's way plays in the browser."""
    said = lesson.labels
    left, right = part(lesson, "roll")
    with left:
        rate = st.select_slider(said["rate"], RATES, 0.2, key="rate", bind="query-params")
        begin = (st.slider(said["begin_x"], -2.0, 2.0, -1.8, 0.1, key="x", bind="query-params"),
                 st.slider(said["begin_y"], -2.0, 2.0, 1.8, 0.1, key="y", bind="query-params"))
        way = roll(begin, rate, ROLLS)
        st.markdown(said[f"end_{ending(way)}"].format(steps=len(way) - 1, loss=float(height(way[-1]))))
    with right:
        picture(landscape_chart(way, said["play"]), "landscape", said["roll_alt"])


def training_of(shape: str, size: int, rate: float) -> Training:
    """This visitor's training with these settings, begun anew when one of them changes."""
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != (shape, size, rate):
        training = Training(build((2, size, size, 1), "relu"), *points(shape), rate)
        st.session_state[KEPT] = kept = ((shape, size, rate), training, {"seconds": 0.0, "reached": None})
        st.session_state[RUNNING] = False
    return kept[1]


def work(training: Training, clock: dict[str, float | None]) -> None:
    """Train for a moment, so that Stop is heard soon; remember when 95 in 100 were right."""
    began = time.perf_counter()
    while time.perf_counter() - began < WORK_S and training.done < ENOUGH:
        training.step()
        if clock["reached"] is None and training.done % 5 == 0 and training.right >= 0.95:
            clock["reached"] = clock["seconds"] + time.perf_counter() - began
    clock["seconds"] += time.perf_counter() - began
    if training.done >= ENOUGH:
        st.session_state[RUNNING] = False
        st.rerun()


def turn() -> None:
    """Start the training, or stop it."""
    st.session_state[RUNNING] = not st.session_state.get(RUNNING, False)


def live(lesson: Lesson) -> None:
    """Choose points, press Train, watch; the fragment comes again by itself while the training goes on."""
    said = lesson.labels
    left, right = part(lesson, "live")
    with left:
        shape = st.pills(said["shape"], list(SHAPES), default="spiral", required=True, key="live_shape", wrap=True,
                                     format_func=lambda key: said[key], bind="query-params")
        size = st.slider(said["size"], 1, 16, 12, key="size", bind="query-params")
        rate = st.select_slider(said["rate_live"], LIVE_RATES, 0.03, key="live_rate", bind="query-params")
        training = training_of(shape, size, rate)
        clock = st.session_state[KEPT][2]
        running = st.session_state.get(RUNNING, False)
        with st.container(horizontal=True):
            # turned in the callback: it comes once for a press, however often the page is drawn again for it
            if st.button(said["stop" if running else "train"], type="primary", key="go", on_click=turn):
                st.rerun()  # the whole page: only it can set how often this part comes again
            if st.button(said["again"], key="again"):
                st.session_state.pop(KEPT)
                st.rerun()
        if running:
            work(training, clock)
        good = round(training.right * len(training.kinds))
        st.markdown(said["state"].format(steps=training.done, right=good, all=len(training.kinds),
                                         loss=training.history[-1], seconds=clock["seconds"]))
        if clock["reached"] is not None:
            st.markdown(said["reached"].format(seconds=clock["reached"]))
        st.html(loss_html(training.history, said["curve"]))
        st.caption(said["curve"])
    with right:
        alt = said["plane"].format(right=good, all=len(training.kinds))
        st.html(plane_html(drawn(training.network)[-1][0], training.inputs, training.kinds, alt))
        st.caption(alt)


def play(lesson: Lesson) -> None:
    """The three things to do, one below the other."""
    rolling(lesson)
    st.fragment(live, run_every=TICK_S if st.session_state.get(RUNNING) else None)(lesson)
    back_step(lesson)


show_lesson("learning", play)
