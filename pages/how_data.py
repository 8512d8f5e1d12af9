"""Why so much data and power? Learning curves of both kinds of method, products timed live, and sizes of known models."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos import get_demo
from demos.engine import get_engine
from demos.lessons import Lesson
from demos.lessons.curves import Curve, curves
from demos.lessons.known_models import MODELS, powers
from demos.products import SIZES, Timed
from pages.ui.asks import Asked, ask_part, settle
from pages.ui.lesson import answered, part, picture, show_lesson
from pages.ui.place import Place
from pages.ui.toy_charts import learning_chart

DEMO = get_demo("image_recognition")
STEPS = 40  # of the slider
EVEN = 0.01


def counts_of(curve: Curve) -> list[int]:
    """So many counts from the fewest to the most, each some per cent more than the last."""
    return sorted({int(float(f"{count:.2g}")) for count in np.geomspace(curve.counts[0], curve.counts[-1], STEPS)})


@st.fragment
def learning(lesson: Lesson) -> None:
    """A task's two curves, and who is ahead with as many examples as the visitor says."""
    said = lesson.labels
    left, right = part(lesson, "curve")
    with left:
        tasks = list(curves())
        task = st.pills(said["task"], tasks, default="digits", required=True, key="task", format_func=lambda key: said[key],
                        bind="query-params", wrap=True)
        curve = curves()[task]
        counts = counts_of(curve)
        label = said["examples_each" if task == "pictures" else "examples"]
        count = st.select_slider(label, counts, counts[-1], key=f"count_{task}", format_func=lambda one: f"{one:,}")
        here = curve.at(count)
        told = said["told"].format(count=f"{count:,}", **{family: f"{100 * value:.0f}" for family, value in here.items()})
        lead = here["deep"] - here["classical"]
        ahead = said["even"] if abs(lead) < EVEN else said["ahead"].format(winner=said["deep" if lead > 0 else "classical"])
        crossings = curve.crossings
        crosses = said["crosses"].format(count=" and ".join(f"{one:,}" for one in crossings)) if crossings else said["never"]
        st.markdown(f"{told} {ahead}\n\n{crosses}")
    with right:
        picture(learning_chart(curve, count, label), "curves", said[f"{task}_scale"])


@st.fragment
def power(lesson: Lesson) -> None:
    """Products of large tables, timed where the models run."""
    said = lesson.labels
    left, right = part(lesson, "power")
    with left:
        pressed = st.button(said["press"], icon=":material/speed:", key="press") or st.session_state.get("multiplied")
        if get_engine().status()["device"] == "cpu":
            st.caption(said["no_gpu"])
        st.caption(said["per_picture"])
    if not pressed:
        return
    st.session_state["multiplied"] = True
    jobs = [ask_part(DEMO.name, DEMO.method("deep").key, "product", {"size": float(size)}) for size in SIZES]
    with right:
        places = [Place() for _ in jobs]

    def draw(job: Asked) -> None:
        place = places[jobs.index(job)]
        found: Timed | None = answered(job, place)
        if found is not None:
            billions = found.operations / 1e9
            place.html("<p>" + escape(said["product_told"].format(
                size=f"{found.size:,}", billions=f"{billions:.2g}", seconds=f"{found.seconds:.2g}", device=said[found.device],
                rate=f"{billions / found.seconds:,.0f}")) + "</p>")

    settle([(job, draw) for job in jobs])


def models(lesson: Lesson) -> None:
    """Known models and their sizes, on a scale in powers of ten."""
    said = lesson.labels
    st.header(said["models_title"], anchor=False)
    st.html(f"<p>{escape(said['models_said'])}</p>")
    head = "".join(f"<th>{escape(said[key])}</th>" for key in ("model", "weights", "read", "energy", "carbon"))
    rows = ""
    for model in sorted(MODELS, key=lambda one: one.weights):
        count = f"{model.weights / 1e6:,.3g} million" if model.weights < 1e9 else f"{model.weights / 1e9:,.0f} billion"
        rows += (f'<tr><td><b>{escape(model.name)}</b> ({model.year})<br><small>{escape(model.source)}</small></td>'
                 f'<td data-name="{said["weights"]}">{count}<div class="dl-track"><div style="width:{100 * powers(model.weights):.0f}%">'
                 f'</div></div></td><td data-name="{said["read"]}">{escape(model.read)}</td>'
                 f'<td data-name="{said["energy"]}">{escape(model.energy or said["unknown"])}</td>'
                 f'<td data-name="{said["carbon"]}">{escape(model.carbon or said["unknown"])}</td></tr>')
    st.html(f'<div class="dl-scroll"><table class="dl-table rows dl-sizes-table"><tr>{head}</tr>{rows}</table></div>')


def play(lesson: Lesson) -> None:
    """The three parts, one below the other."""
    learning(lesson)
    power(lesson)
    models(lesson)


show_lesson("data", play)
