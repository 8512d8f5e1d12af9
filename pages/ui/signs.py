"""What the page of the traffic signs has beside the template: pictograms, stickers, noise, and who is taken for whom."""

from __future__ import annotations

import hashlib
import io
from html import escape
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from demos.base import Demo, Method
from demos.compare import compare
from demos.jobs import Step, Sweep
from demos.perturb import Change
from demos.results import Labels
from demos.traffic_signs import words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.charts import sweep_chart
from pages.ui.icons import icon_of
from pages.ui.images import bytes_uri
from pages.ui.place import Place
from pages.ui.signs_confused import draw_confused
from pages.ui.signs_stickers import draw_stickers

STRENGTHS = (0, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64)
NOISE = Change("fgsm", "Noise", "picture", STRENGTHS, "parts of 255", "moved by {strength:g} of 255", lambda value, _: value)


def draw_signs(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    methods = {"classical": classical, "deep": deep}
    seen = ask_part(demo.name, deep.key, "seen", given.inputs)
    seen.wait(10)
    if seen.done and seen.error is None:
        square = seen.result(0).result.image
        draw_stickers(demo, methods, given, square)
        draw_noise(demo, methods, given, square)
    st.header(said.KNOWN, anchor=False)
    draw_likeliest(demo, methods, given)
    draw_confused(demo)


def draw_likeliest(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """Both methods' ten likeliest signs with their pictograms."""
    jobs = {family: ask(demo.name, method.key, given) for family, method in methods.items()}
    columns = {family: labels.result for family, job in jobs.items() if (labels := answer(job)) is not None}
    if not columns:
        return
    st.subheader(said.LIKELIEST, anchor=False)
    for (family, labels), place in zip(columns.items(), st.columns(2, gap="large")):
        rows = "".join(f'<li>{icon_of(demo.name, number)}<b>{escape(name)}</b>'
                       f"<span>{100 * score:.1f} %</span></li>"
                       for number, name, score in zip(labels.ids, labels.names, map(float, labels.scores)))
        place.html(f'<div><span class="dl-dot {family}"></span>{words.FAMILY[family]}</div><ol class="dl-signs">{rows}</ol>')


def answer(job: Asked) -> Any:
    """The whole answer of a job that ends soon, or None."""
    job.wait(10)
    return None if not job.done or job.error is not None else job.result(0)


def png(square: np.ndarray) -> bytes:
    """`(H, W, 3)` uint8 as the bytes of a PNG, exact."""
    out = io.BytesIO()
    Image.fromarray(square).save(out, "PNG")
    return out.getvalue()


def given_square(square: np.ndarray) -> Given:
    """A square as if a visitor had given it."""
    data = png(square)
    return Given({"image": data}, hashlib.sha256(data).hexdigest(), "")


def answers_html(found: dict[str, Labels | None]) -> str:
    """What each family says, with the pictogram."""
    rows = "".join(
        f'<tr><td style="white-space: nowrap"><span class="dl-dot {family}"></span>{words.FAMILY[family]}</td>'
        + (f"<td>{icon_of('traffic_signs', labels.ids[0])}{escape(labels.names[0])}</td>"
           f"<td>{100 * float(labels.scores[0]):.0f} %</td></tr>" if labels else f"<td>{words.WORKING}</td><td></td></tr>")
        for family, labels in found.items())
    return f'<table class="dl-table">{rows}</table>'


def picture_html(square: np.ndarray, title: str, sentence: str) -> str:
    """A small square, its pixels as large squares, with its name and one sentence."""
    return (f'<figure class="dl-view dl-pixels"><img src="{bytes_uri(png(square), "image/png")}" '
            f'alt="{escape(title)}: {escape(sentence)}"><figcaption><b>{escape(title)}</b><span>{escape(sentence)}</span>'
            "</figcaption></figure>")


@st.fragment
def draw_noise(demo: Demo, methods: dict[str, Method], given: Given, square: np.ndarray) -> None:
    """One gradient step against the network, as strong as the visitor wants, and what both say to it."""
    st.subheader(said.NOISE, anchor=False)
    st.caption(said.NOISE_CAPTION)
    strength = st.select_slider(said.STRENGTH, STRENGTHS, value=8, key=f"noise_{demo.name}")
    noisy = {one: ask_part(demo.name, methods["deep"].key, "fgsm", {**given.inputs, "strength": float(one)})
             for one in STRENGTHS}
    squares = {one: found.result.image for one, job in noisy.items() if (found := answer(job)) is not None}
    if strength not in squares:
        st.info(str(noisy[strength].error or words.WORKING))
        return
    moved = squares[strength]
    away = moved.astype(int) - square.astype(int)
    visible = np.clip(128 + away * (120 / max(strength, 1)), 0, 255).astype(np.uint8)
    left, right = st.columns([1.5, 1], gap="large")
    left.html('<div class="dl-views dl-three">' + picture_html(square, said.BEFORE, said.BEFORE_SAID)
              + picture_html(visible, said.ADDED, said.ADDED_SAID.format(strength=strength))
              + picture_html(moved, said.AFTER, said.AFTER_SAID) + "</div>")
    jobs = {family: [ask(demo.name, method.key, given_square(squares[one])) for one in STRENGTHS if one in squares]
            for family, method in methods.items()}
    with right:
        _draw_answers(demo, jobs, STRENGTHS.index(strength))


def _draw_answers(demo: Demo, jobs: dict[str, list[Asked]], index: int) -> None:
    """The answers at this strength, and the curve over all strengths."""
    table, chart = Place(), Place()
    settle([(job, lambda _: None) for row in jobs.values() for job in row])
    found = {family: [labels.result if (labels := answer(job)) else None for job in row] for family, row in jobs.items()}
    table.html(answers_html({family: row[index] for family, row in found.items()}))
    sweeps = {family: Sweep("fgsm", tuple(_step(strength, row[0], labels) for strength, labels in zip(STRENGTHS, row)), 0.0)
              for family, row in found.items()}
    lines = [fell(family, [step.result for step in sweep.steps]) for family, sweep in sweeps.items()]
    chart.draw("plotly_chart", sweep_chart(NOISE, sweeps, index, said.CURVE), config={"displayModeBar": False},
               alt=" ".join(lines), key=f"noise_chart_{demo.name}")
    st.html("".join(f"<p>{escape(line)}</p>" for line in lines))


def _step(strength: float, first: Labels | None, labels: Labels | None) -> Step:
    kept, same = compare(first, labels)
    return Step(strength, labels, "", None, kept, same)  # type: ignore[arg-type]


def fell(family: str, row: list[Labels | None]) -> str:
    """The sentence on the first strength at which the answer is another one."""
    for strength, labels in zip(STRENGTHS, row):
        if row[0] and labels and labels.names[0] != row[0].names[0]:
            return words.FLIPS.format(who=words.WHO[family], first=row[0].names[0], before=words.UNCHANGED,
                                      then=labels.names[0], after=NOISE.says.format(strength=strength))
    return words.HOLDS.format(who=words.WHO[family])
