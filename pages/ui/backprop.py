"""One step of learning, drawn on a tiny network: forward, the mistake, the blame on its way back, the step."""

from __future__ import annotations

import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.backprop import GIVEN, RATE, Step, one_step
from pages.ui.drawing import circle, drawing_html, text
from pages.ui.lesson import part
from pages.ui.style import ink, soft

PLACES = (((90, 80), (90, 240)), ((320, 80), (320, 240)), ((550, 160),))  # of the neurons, layer by layer
STEPS = 5


@st.fragment
def back_step(lesson: Lesson) -> None:
    """The step that the visitor chose, in numbers and as a drawing."""
    said = lesson.labels
    left, right = part(lesson, "back")
    with left:
        goal = float(st.segmented_control(said["goal"], ["1", "0"], default="1", required=True, key="goal",
                                          bind="query-params"))
        number = st.slider(said["step"], 1, STEPS, 1, key="back", bind="query-params")
        step = one_step(goal)
        st.markdown(sentence(lesson, step, goal, number))
    with right:
        st.html(drawing(step, number, said["back_alt"]))


def sentence(lesson: Lesson, step: Step, goal: float, number: int) -> str:
    """What happens in this step, with its numbers."""
    hidden = " ".join(f"{total:.3f} becomes {answer:.3f}." for total, answer in zip(step.hidden_sums, step.hidden))
    blames = " ".join(f"{step.blame:.3f} × {weight:g} × {1 - answer**2:.3f} = {blame:.3f}." for weight, answer, blame
                      in zip(step.before.weights[1][:, 0], step.hidden, step.blames))
    slopes = " ".join(f"{blame:.3f} × {GIVEN[0, 0]:g} = {slope:.3f}."
                      for blame, slope in zip(step.blames, step.slopes_in[0]))
    return lesson.labels[f"back_{number}"].format(
        hidden=hidden, sum=step.sum, answer=step.answer, goal=goal, blame=step.blame, loss=step.loss, blames=blames,
        slopes=slopes, rate=RATE, after=step.answer_after, loss_after=step.loss_after)


def drawing(step: Step, number: int, alt: str) -> str:
    """The network with the numbers of this step: answers, then blames, then slopes, then the new weights."""
    network = step.after if number == STEPS else step.before
    on_lines = (step.slopes_in, step.slopes_out[:, None]) if number == 4 else network.weights
    parts = []
    for layer, (before, after) in enumerate(zip(PLACES, PLACES[1:])):
        for i, start in enumerate(before):
            for j, end in enumerate(after):
                value = float(on_lines[layer][i, j])
                at = np.array(start) + (0.3 if i != j else 0.5) * (np.array(end) - np.array(start))
                parts.append(f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="{ink()}" '
                             f'stroke-width="{1 + 3 * abs(float(network.weights[layer][i, j])):.1f}"/>')
                parts.append(f'<rect x="{at[0] - 34:.0f}" y="{at[1] - 14:.0f}" width="68" height="28" rx="6" '
                             f'fill="{soft()}"/>'
                             + text(at[0], at[1] + 6, (f"{value:+.2f}" if number != 4 else f"{value:+.3f}").replace("-", "\u2212"), 18))
    for places, values in zip(PLACES, _in_circles(step, number)):
        for (x, y), value in zip(places, values):
            parts.append(circle(x, y, 42, value, 18))
    return drawing_html("0 0 640 320", "".join(parts), alt)


def _in_circles(step: Step, number: int) -> tuple[list[str], list[str], list[str]]:
    """What stands in the inputs, the hidden neurons and the answer at this step."""
    given = [f"{value:g}" for value in GIVEN[0]]
    if number in (3, 4):
        return given, [f"{blame:+.3f}" for blame in step.blames], [f"{step.blame:+.3f}"]
    hidden = [f"{answer:.3f}" for answer in step.hidden]
    answer = step.answer_after if number == STEPS else step.answer
    return given, hidden, [f"{step.blame:+.3f}" if number == 2 else f"{answer:.3f}"]
