"""The one order of a demo page: what it does, input, duel, why, break it, card."""

from __future__ import annotations

import os
from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.engine import get_engine
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_again, drop_others, settle, stop_all
from pages.ui.breakit import break_it
from pages.ui.card import draw_card
from pages.ui.duel import duel_html
from pages.ui.inputs import draw_inputs, given
from pages.ui.methods import choose_deep
from pages.ui.place import Place
from pages.ui.results import megabytes
from pages.ui.shown import shown
from pages.ui.sound_view import PLAYER
from pages.ui.why import draw_why


def show_demo(demo: Demo) -> None:
    """Draw the whole page of a demo."""
    st.title(demo.question, anchor=False)
    st.html(f'<p class="dl-lede">{escape(demo.summary)}</p>')
    chips = st.container()
    left, right = st.columns([1, 2], gap="large")
    with left:
        picture = st.container()
        draw_inputs(demo)
        deep, options = choose_deep(demo)
    classical = demo.method("classical")
    chips.html(chips_html(deep))
    duel = Place(right)
    stop = right.container(key="stop_place").empty()
    st.header(words.WHY, anchor=False)
    why_said, why = Place(), st.container()
    breaking = st.container()
    draw_card(demo)

    thing = given(demo)
    drop_others(demo.name, thing.digest)
    if deep is not None:
        _answer(demo, classical, deep, options, thing, picture, duel, stop, why_said, why)
        if demo.changes:
            with breaking:
                st.header(words.BREAK, anchor=False)
                st.caption(words.BREAK_CAPTION)
                break_it(demo, classical, deep, thing, {"classical": {}, "deep": options})


def chips_html(deep: Method | None) -> str:
    """Device, tier and the promise of privacy, small."""
    device = get_engine().status()["device"]
    lines = [words.CHIP_DEVICE[device].format(cores=os.cpu_count()), words.CHIP_PRIVATE]
    if deep is not None:
        lines.insert(1, words.CHIP_WEIGHTS[deep.tier].format(mb=megabytes(deep.size_mb)))
    return '<ul class="dl-chips">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _answer(demo: Demo, classical: Method, deep: Method, options: dict[str, Any], thing: Given,
            picture: Any, duel: Place, stop: Any, why_said: Place, why: Any) -> None:
    """Ask everything about what was given, and fill the page's places as the answers come."""
    # the deep one first: its first words should not wait for the classical method
    jobs: dict[str, Asked] = {"deep": ask(demo.name, deep.key, thing, options=options),
                              "classical": ask(demo.name, classical.key, thing)}
    look = ask(demo.name, classical.key, thing, "look")
    views = ask(demo.name, deep.key, thing, "explain", options=options)

    def draw_duel(_: Asked) -> None:
        duel.html(duel_html(demo, classical, deep, jobs, thing))

    def draw_look(job: Asked) -> None:
        if job.done and job.error is None:
            with picture:
                shown(job.result(0), thing.title, key=PLAYER)

    def draw_views(job: Asked) -> None:
        why_said.draw("caption", words.WHY_CAPTION if job.done else f"{words.WHY_CAPTION} {words.LOOKING}")
        if job.done:
            deep_job = jobs["deep"]
            draw_why(why, job, deep_job.result(0) if deep_job.done and not deep_job.error else None)

    def offer_stop(wanted: bool) -> None:
        if wanted:
            stop.button(words.STOP, key=f"stop_{demo.name}", icon=":material/stop:", on_click=stop_all)
        else:
            stop.empty()

    settle([(jobs["deep"], draw_duel), (jobs["classical"], draw_duel), (look, draw_look), (views, draw_views)],
           offer_stop)
    if any(job.error is not None for job in jobs.values()):
        stop.button(words.AGAIN, key=f"again_{demo.name}", icon=":material/refresh:", on_click=ask_again)
