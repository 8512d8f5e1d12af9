"""Can a network learn too much? A bendy curve and a network through noisy points, and what holds them back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.fitting import FEW, MANY, NEW, RIDGE, cross_validated, curve, heights, miss
from demos.lessons.fitting import network, polynomial, sample
from pages.ui.lesson import bars_html, part, picture, show_lesson
from pages.ui.toy_charts import curve_chart

DEGREES = range(0, 15)
FRESH = 99  # the seed of the points that no method has seen


def switch(lesson: Lesson, name: str, key: str) -> bool:
    """A switch whose state stands in the page's address."""
    return st.toggle(lesson.labels[name], key=key, bind="query-params")


def misses(lesson: Lesson, said: Callable[[np.ndarray], np.ndarray], x: np.ndarray, y: np.ndarray) -> None:
    """How far off it is at its own points and at new ones, as two bars on one scale."""
    new_x, new_y = sample(NEW, FRESH)
    offs = (("known", len(x), miss(said(x), y)), ("unseen", NEW, miss(said(new_x), new_y)))
    st.html(bars_html((lesson.labels[label].format(count=count), f"<b>{off:.2f}</b>" if off < 100 else f"<b>{off:,.0f}</b>", off)
                      for label, count, off in offs))


@st.fragment
def bendy(lesson: Lesson) -> None:
    """A polynomial whose degree the visitor or cross-validation chooses."""
    said = lesson.labels
    left, right = part(lesson, "polynomial")
    with left:
        degree = st.slider(said["degree"], DEGREES[0], DEGREES[-1], 3, key="degree", bind="query-params")
        x, y = sample(MANY if switch(lesson, "more", "more") else FEW)
        decay = RIDGE if switch(lesson, "decay", "decay") else 0.0
        if switch(lesson, "cross", "cross"):
            found = cross_validated(x, y, range(0, 13), decay)
            degree = min(found, key=lambda tried: found[tried])
            st.markdown(said["chosen"].format(degree=degree))
        weights = polynomial(x, y, degree, decay)
        misses(lesson, lambda places: heights(weights, places), x, y)
    with right:
        picture(curve_chart(x, y, lambda places: heights(weights, places)), "bendy",
                said["polynomial_alt"].format(degree=degree))


@st.fragment
def nervous(lesson: Lesson) -> None:
    """A network on the same points, with a switch for each way to hold it back."""
    said = lesson.labels
    left, right = part(lesson, "network", count=network(FEW, False, False, False)[0].count)
    with left:
        count = MANY if switch(lesson, "more", "net_more") else FEW
        learnt, steps = network(count, switch(lesson, "decay", "net_decay"), switch(lesson, "dropout", "net_dropout"),
                                switch(lesson, "early", "net_early"))
        x, y = sample(count)
        st.markdown(said["steps"].format(steps=steps))
        misses(lesson, lambda places: curve(learnt, places), x, y)
    with right:
        picture(curve_chart(x, y, lambda places: curve(learnt, places)), "nervous", said["network_alt"])


def play(lesson: Lesson) -> None:
    """Both, one below the other."""
    bendy(lesson)
    nervous(lesson)


show_lesson("overfitting", play)
