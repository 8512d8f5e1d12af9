"""What the machine page has beside the template: a life played with its alarm, a series forecast, what is rare."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.machine_failure import alarms, rare
from demos.machine_failure import words as said
from demos.series_results import Life
from demos.weights import find_part
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, settle
from pages.ui.life_chart import cost_chart, play_chart
from pages.ui.machine_forecast import draw_forecast
from pages.ui.place import Place
from pages.ui.rows import rows_table

FAMILIES = ("classical", "deep")
EARLY, LATE = (1, 2, 5, 10, 20, 50), (10, 20, 50, 100, 200, 500, 1000)


def draw_machine(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """All of them, in this order."""
    draw_life(demo, {"classical": classical, "deep": deep}, given)
    forecast, rest = st.container(), st.container()
    with rest:
        draw_rare()
    with forecast:  # the last, since the page waits there while a network is trained
        draw_forecast(demo, {"classical": classical, "deep": deep})


def whole_life(demo: Demo, given: Given) -> tuple[Given, bool]:
    """The record to play, and whether it ends where the engine did: a ready-made engine's life, or the visitor's file."""
    key = given.digest.removeprefix("sample:")
    if key == given.digest:
        return given, False
    raw = find_part(f"samples/{key}_whole.txt", demo_folder(demo.name)).read_bytes()
    return Given({"engine": raw}, f"{given.digest}_whole", given.title), True


@st.fragment
def draw_life(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """The life to be played, two sliders for what it costs, and the alarm that they choose."""
    st.header(said.PLAY, anchor=False)
    st.caption(said.PLAY_CAPTION)
    played, ended = whole_life(demo, given)
    jobs: dict[str, Asked] = {family: ask(demo.name, method.key, played) for family, method in methods.items()}
    jobs["look"] = ask(demo.name, methods["classical"].key, played, "look")
    chart, told = Place(), Place()
    if not all(job.done for job in jobs.values()):
        told.draw("caption", words.WORKING)
        settle([(job, lambda _: None) for job in jobs.values()])
    error = next((job.error for job in jobs.values() if job.error is not None), None)
    if error is not None:
        told.draw("info", str(error))
        return
    lives: dict[str, Life] = {family: jobs[family].result(0).result for family in FAMILIES}
    early, late = sliders(demo)
    chosen = {family: alarms.cheapest(method.key, early, late) for family, method in methods.items()}
    whole = int(lives["deep"].flights[-1]) if ended else None
    alt = said.PLAY_SAID.format(truth=said.TRUTH_KNOWN if ended else said.TRUTH_UNKNOWN)
    told.draw("caption", alt)
    lines = [line for family in FAMILIES for line in alarm_lines(family, chosen[family], lives[family], whole)]
    left, right = st.columns([1, 1], gap="large")
    with right:
        st.html('<div class="dl-told">' + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>")
    left.plotly_chart(cost_chart({family: chosen[family].costs for family in FAMILIES},
                                 {family: chosen[family].threshold for family in FAMILIES}),
                      key=f"cost_{demo.name}", config={"displayModeBar": False}, alt=" ".join(lines))
    # the large chart last: what a slider says must not wait for it
    played_chart = play_chart(jobs["look"].result(0), lives, whole, chosen["deep"].threshold)
    chart.draw("plotly_chart", played_chart, key=f"play_{demo.name}", config={"displayModeBar": False}, alt=alt)


def sliders(demo: Demo) -> tuple[float, float]:
    """What a wasted flight costs, and what a failure in service costs."""
    st.subheader(said.ALARM, anchor=False)
    st.caption(said.ALARM_CAPTION.format(engines=100))
    left, right = st.columns(2, gap="large")
    early = left.select_slider(said.EARLY, EARLY, value=1, key=f"early_{demo.name}")
    late = right.select_slider(said.LATE, LATE, value=500, key=f"late_{demo.name}", format_func="{:,}".format)
    return float(early), float(late)


def alarm_lines(family: str, alarm: alarms.Alarm, life: Life, whole: int | None) -> list[str]:
    """What the cheapest threshold costs, and when it rings for this engine."""
    who = words.WHO[family]
    lines = [said.CHOSEN.format(who=f"{who[0].upper()}{who[1:]}", threshold=alarm.threshold, wasted=alarm.wasted,
                                missed=alarm.missed, engines=alarm.engines, notice=alarms.NOTICE,
                                cost=float(alarm.costs.min()))]
    place = alarms.first_below(np.asarray(life.expected), alarm.threshold)
    if place is None:
        return [*lines, said.NEVER_RINGS.format(who=f"the {who}")]
    flight = int(life.flights[place])
    left = said.RINGS_LEFT.format(left=whole - flight) if whole is not None else ""
    return [*lines, said.RINGS.format(who=f"the {who}", flight=flight, left=left)]


def draw_rare() -> None:
    """The table of what is rare, as it was measured."""
    found = rare.stored()
    rows, failures = int(found["rows"]), int(found["failures"])
    st.header(said.RARE, anchor=False)
    st.caption(said.RARE_CAPTION.format(rows=rows, failures=failures, share=f"{100 * (rows - failures) / rows:.1f}"))
    cells = []
    for key, row in found["methods"].items():
        share = f"{100 * row['caught'] / max(row['alarms'], 1):.0f}"
        real = said.ALARMS_REAL.format(share=share, alarms=row["alarms"]) if row["alarms"] else said.ALARMS_NONE
        cells.append((escape(said.RARE_METHODS[key]), f"{100 * row['right'] / rows:.1f} in 100",
                      f"{row['caught']} of {failures}", real))
    st.html(rows_table(said.RARE_HEAD, cells) + f'<div class="dl-told">{escape(said.RARE_SAID)}</div>')
