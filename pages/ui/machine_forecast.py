"""A series of the visitor's own, forecast: simple methods at once, an LSTM while it is trained, and who was nearer."""

from __future__ import annotations

import time
from html import escape
from typing import Any

import streamlit as st

from demos.base import Demo, Method
from demos.machine_failure import series_set
from demos.machine_failure import words as said
from demos.machine_failure.blocks import AHEAD
from demos.machine_failure.smoothing import LAST
from demos.series_results import Forecast
from pages.ui import words
from pages.ui.asks import Asked, ask_again, ask_part, settle, stop_all
from pages.ui.life_chart import forecast_chart
from pages.ui.place import Place
from pages.ui.results import seconds
from pages.ui.rows import rows_table

FAMILIES = ("classical", "deep")
MOST_MB = 2
REDRAW_S = 0.8
NEAR = 0.03  # errors that differ by less than this share are called even


def draw_forecast(demo: Demo, methods: dict[str, Method]) -> None:
    """A file or a ready-made series, how far ahead, and what each method makes of its end.

    No fragment: a press on Stop inside a fragment would wait until the fragment has ended.
    """
    st.header(said.FORECAST, anchor=False)
    st.caption(said.FORECAST_CAPTION)
    titles = {title: key for key, (title, _) in said.SERIES.items()}
    pressed = st.pills(words.SAMPLES, list(titles), key=f"series_{demo.name}")
    left, right = st.columns([1, 2], gap="large")
    with left:
        file = st.file_uploader(said.FILE, key=f"series_file_{demo.name}", max_upload_size=MOST_MB)
        st.caption(said.ACCEPTED)
        ahead = st.slider(AHEAD.label, int(AHEAD.low), int(AHEAD.high), int(AHEAD.default), key=f"ahead_{demo.name}")
        raw = series_set.file_of(titles[pressed]) if pressed else file.getvalue() if file else None
        asked = f"series_asked_{demo.name}"
        # pressed again after Stop, it begins anew
        if st.button(said.GO, key=f"series_go_{demo.name}", icon=":material/play_arrow:", on_click=ask_again):
            st.session_state[asked] = True
    if not st.session_state.get(asked):
        return
    if raw is None:
        right.info(said.CHOOSE_ONE)
        return
    with right:
        title = said.SERIES[titles[pressed]][1] if pressed else said.YOURS
        answers(demo, methods, {"series": raw, "ahead": float(ahead)}, title)


def answers(demo: Demo, methods: dict[str, Method], inputs: dict[str, Any], title: str) -> None:
    """Both jobs, drawn as they come; Stop ends the training."""
    jobs = {family: ask_part(demo.name, methods[family].key, "forecast", inputs) for family in FAMILIES}
    chart, status, stop, told, last, ended = Place(), Place(), st.empty(), Place(), 0.0, False

    def draw(_: Asked) -> None:
        nonlocal last, ended
        whole = all(job.done for job in jobs.values())
        if ended or (not whole and time.monotonic() - last < REDRAW_S):
            return
        last, ended = time.monotonic(), whole
        found = {family: one for family, job in jobs.items() if (one := so_far(job)) is not None}
        if found:
            chart.draw("plotly_chart", forecast_chart(list(found.values())), config={"displayModeBar": False},
                       key=f"forecast_{demo.name}_{'whole' if whole else last}", alt=said.SERIES_ALT)
        status.html(status_html(jobs, title))
        if whole and len(found) == len(jobs):
            told.html(told_html(found))

    def offer(wanted: bool) -> None:
        stop.empty()
        if wanted:
            stop.button(words.STOP, key=f"series_stop_{demo.name}", icon=":material/stop:", on_click=stop_all)

    settle([(job, draw) for job in jobs.values()], offer)


def so_far(job: Asked) -> Forecast | None:
    """The whole answer, or as much as there is."""
    if not job.done:
        return job.partial.result if job.partial is not None else None
    return None if job.error is not None else job.result(0).result


def status_html(jobs: dict[str, Asked], title: str) -> str:
    """What is shown, how far the training is, or what went wrong."""
    errors = dict.fromkeys(str(job.error) for job in jobs.values() if job.error is not None)
    if errors:
        return "".join(f'<div class="dl-wait" role="alert">{escape(error)}</div>' for error in errors)
    deep = jobs["deep"]
    if deep.done:
        took = said.TOOK.format(seconds=seconds(deep.result(0).seconds))
        return f'<div class="dl-sure">{escape(title)}. {took}</div>'
    share = f"{100 * deep.fraction:.0f}"
    return (f'<div class="dl-sure" role="status">{said.TRAINING.format(share=share)}</div>'
            f'<div class="dl-progress" role="progressbar" aria-valuenow="{share}" aria-label="{words.WORKING}">'
            f'<div style="width:{share}%"></div></div>')


def told_html(found: dict[str, Forecast]) -> str:
    """The table of errors, the winner in words, and how the series was cut."""
    one = found["classical"]
    rows = [(name, family, float(error)) for forecast in found.values()
            for name, family, error in zip(forecast.names, forecast.families, forecast.errors)]
    rows.sort(key=lambda row: row[2])
    least = next(error for name, _, error in rows if name == LAST)
    cells = [(f'<span class="dl-dot {family}"></span>{escape(name)}', number(error),
              against(error, least) if name != LAST else "–") for name, family, error in rows]
    season = said.REPEATS.format(season=one.season) if one.season else ""
    split = said.SPLIT.format(known=one.cut, held=len(one.values) - one.cut, ahead=one.ahead, season=season)
    notes = dict.fromkeys(forecast.note for forecast in (found["deep"], one))
    longest = max(notes, key=len)  # the LSTM's holds the other's
    note = f"<p>{escape(longest)}</p>" if longest else ""
    return (f'<div class="dl-told"><b>{escape(winner(rows))}</b><p>{escape(split)}</p>{note}</div>'
            f"{rows_table(said.HEAD, cells)}")


def winner(rows: list[tuple[str, str, float]]) -> str:
    """Who was nearest, plainly."""
    (name, _, error), (other, _, second) = rows[:2]
    if second - error <= NEAR * second:
        return said.CLOSE.format(name=name, other=other, error=number(error), second=number(second))
    return said.WINNER.format(name=name, error=number(error),
                              second=said.SECOND.format(name=other, error=number(second)))


def number(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def against(error: float, least: float) -> str:
    """How much smaller or larger an error is, in a hundred."""
    if least <= 0:
        return "–"
    share = round(100 * (1 - error / least))
    return said.SAME if not share else said.AGAINST[share > 0].format(share=abs(share))
