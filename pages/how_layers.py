"""Why more than one layer? Build a network, train it, and see what each of its neurons draws."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.network import Network, Training, build, drawn, share_right
from demos.lessons.points import SHAPES, points
from demos.picture_results import png_uri
from pages.ui.lesson import show_lesson
from pages.ui.toy_pictures import plane_html, shades

STEPS, RATE, MOST = 400, 0.03, 8
KEPT = "layers_trained"  # (settings, network) of this visitor


def choose(lesson: Lesson) -> tuple[str, tuple[int, ...], str]:
    """The points, the layers' sizes and the bend; all stand in the page's address."""
    said = lesson.labels
    shape = st.pills(said["shape"], list(SHAPES), default="xor", required=True, key="shape", wrap=True,
                                 format_func=lambda key: said[key], bind="query-params")
    hidden = st.segmented_control(said["hidden"], [0, 1, 2, 3], default=1, required=True, key="hidden",
                                  bind="query-params")
    sizes = [st.slider(said[name], 1, MOST, value, key=name, bind="query-params")
             for name, value in list(zip(("first", "second", "third"), (3, 4, 4)))[:hidden]]
    bend = "tanh"
    if hidden:
        bend = st.segmented_control(said["bend"], ["tanh", "relu"], default="tanh", required=True, key="layers_bend",
                                    format_func=lambda key: said[key], bind="query-params")
    return shape, (2, *sizes, 1), bend


def network_of(settings: tuple[str, tuple[int, ...], str]) -> tuple[Network, bool]:
    """The network of these settings, and whether it was trained."""
    kept = st.session_state.get(KEPT)
    return (kept[1], True) if kept and kept[0] == settings else (build(settings[1], settings[2]), False)


def neurons(lesson: Lesson, answers: list[np.ndarray]) -> str:
    """A small picture for every neuron of the hidden layers, layer by layer."""
    rows = []
    for number, layer in enumerate(answers[:-1], start=1):
        title = lesson.labels["layer"].format(number=number)
        cells = "".join(
            f'<figure><img class="dl-crisp" src="{png_uri(shades(one))}" '
            f'alt="{escape(title)}, {escape(lesson.labels["neuron"].format(number=place))}">'
            f"<figcaption>{place}</figcaption></figure>" for place, one in enumerate(layer, start=1))
        rows.append(f'<p class="dl-kind">{escape(title)}</p><div class="dl-neurons">{cells}</div>')
    return "".join(rows)


@st.fragment
def play(lesson: Lesson) -> None:
    """Settings on the left, what the network answers on the right, its neurons below."""
    said = lesson.labels
    left, right = st.columns([2, 3], gap="large")
    with left:
        settings = choose(lesson)
        where, kinds = points(settings[0])
        with st.container(horizontal=True):
            if st.button(said["train"], type="primary", key="train"):
                training = Training(build(settings[1], settings[2]), where, kinds, RATE)
                for _ in range(STEPS):
                    training.step()
                st.session_state[KEPT] = (settings, training.network)
            if st.button(said["forget"], key="forget"):
                st.session_state.pop(KEPT, None)
        network, trained = network_of(settings)
        good = round(share_right(network, where, kinds) * len(where))
        state = said["trained" if trained else "untrained"]
        st.markdown(state.format(steps=STEPS, count=network.count, right=good, all=len(where)))
    answers = drawn(network)
    with right:
        alt = said["plane"].format(right=good, all=len(where))
        st.html(plane_html(answers[-1][0], where, kinds, alt))
        st.caption(alt)
    if len(answers) > 1:
        st.html(f'<p class="dl-kind"><b>{escape(said["neurons"])}</b></p>{neurons(lesson, answers)}')


show_lesson("layers", play)
