"""What is a neuron? Shall I go for a walk, one neuron as a line, and softmax."""

from __future__ import annotations


import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.neuron import BENDS, learn_line, right, softmax, summed
from demos.lessons.points import points
from pages.ui.lesson import bars_html, part, picture, show_lesson
from pages.ui.neuron_drawing import neuron_svg
from pages.ui.toy_charts import bend_chart, line_chart

STEPS, RATE = 40, 1.5


def slider(label: str, key: str, low: float, high: float, value: float, step: float = 0.5) -> float:
    """A slider whose value stands in the page's address, so that it can be sent."""
    return st.slider(label, low, high, value, step, key=key, bind="query-params")


def walk(lesson: Lesson) -> None:
    """Two inputs, two weights, a bias and a bend, with the sum written out."""
    said = lesson.labels
    left, right_side = part(lesson, "walk")
    with left:
        sun, time = slider(said["sun"], "sun", 0.0, 10.0, 6.0), slider(said["time"], "time", 0.0, 5.0, 2.0)
        weights = (slider(said["weight_sun"], "w_sun", -2.0, 2.0, 1.0),
                   slider(said["weight_time"], "w_time", -2.0, 2.0, 1.0))
        bias = slider(said["bias"], "bias", -10.0, 10.0, -5.0)
        bend = st.pills(said["bend"], list(BENDS), default="sigmoid", required=True, key="bend",
                        format_func=lambda key: said[key], bind="query-params")
    total = float(summed(np.array([sun, time]), np.array(weights), bias))
    answer = float(BENDS[bend](np.array(total)))
    with right_side:
        st.html(neuron_svg((sun, time), weights, bias, answer, (said["sun"], said["time"]),
                           said["drawing"].format(sun=sun, time=time, answer=answer)))
        st.markdown(said["sum_said"].format(sun=sun, time=time, weight_sun=weights[0], weight_time=weights[1], bias=bias,
                                            sum=total))
        middle = 0.5 if bend == "sigmoid" else 0.0
        verdict = "undecided" if abs(answer - middle) < 0.005 else "strong" if answer > middle else "weak"
        st.markdown(f"{said['answer_said'].format(answer=answer)} {said[verdict]}")
        picture(bend_chart(bend, total, answer), "bend_chart", said["curve"].format(sum=total, answer=answer))


def line(lesson: Lesson) -> None:
    """Points of two kinds; the visitor turns the line, or lets the neuron learn it."""
    said = lesson.labels
    where, kinds = points("line")
    left, right_side = part(lesson, "line")
    with left:
        mine = np.array([slider(said["across"], "across", -5.0, 5.0, 1.0, 0.1),
                         slider(said["upward"], "upward", -5.0, 5.0, -3.0, 0.1),
                         slider(said["shift"], "shift", -3.0, 3.0, 1.0, 0.1)])
        way = learn_line(where, kinds, tuple(mine), STEPS, RATE)
        count = right(where, kinds, mine)
        st.markdown(said["count"].format(right=count, all=len(where)))
        learn = st.toggle(said["learn"], key="learn", bind="query-params")
        if learn:
            st.markdown(said["learn_said"].format(steps=STEPS, before=count, after=right(where, kinds, way[-1])))
    with right_side:
        picture(line_chart(where, kinds, mine, way if learn else None, said["play"]), "line_chart",
                said["line_alt"].format(right=count, all=len(where)))


def many(lesson: Lesson) -> None:
    """Three sums and the shares that softmax makes of them."""
    said = lesson.labels
    left, right_side = part(lesson, "softmax")
    names = said["names"].split(", ")
    with left:
        sums = [slider(said["sum_for"].format(name=name), f"sum_{number}", -5.0, 5.0, value)
                for number, (name, value) in enumerate(zip(names, (2.0, 1.0, 0.0)), start=1)]
    shares = softmax(np.array(sums))
    with right_side:
        st.html(bars_html((name, f"{100 * share:.0f} %", share) for name, share in zip(names, shares)))
        parts = ", ".join(f"{name} {100 * share:.0f}" for name, share in zip(names, shares))
        st.caption(said["shares"].format(shares=parts))


def play(lesson: Lesson) -> None:
    """The three things to do, one below the other; each answers by itself."""
    for one in (walk, line, many):
        st.fragment(one)(lesson)


show_lesson("neuron", play)
