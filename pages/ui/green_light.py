"""The check of the show as it runs: the total at the top, what is red and what to do, and a row for everything."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import get_demo
from demos.check import Row, verdict
from demos.engine import get_engine
from demos.errors import Busy
from demos.green_light import GreenLight, last_check, start_check
from pages.ui import green_light_words as said
from pages.ui.results import megabytes, seconds
from pages.ui.rows import rows_table

MINE = "_green_light"  # the check that this visitor started
RAN = "_green_light_ran"  # whether one ran when this page was drawn last
TICK_S = 1.0
GB = 1024


def draw_check() -> None:
    """The whole of it; while a check runs this part comes again by itself."""
    check = last_check()
    st.fragment(_check, run_every=TICK_S if check is not None and check.running else None)()


def _check() -> None:
    check = last_check()
    running = check is not None and check.running
    if st.session_state.get(RAN, False) != running:
        st.session_state[RAN] = running
        st.rerun()  # the whole page: only it can begin and end how often this part comes again
    if running and st.session_state.get(MINE) is check:
        st.button(said.STOP, key="green_stop", icon=":material/stop:", on_click=check.stop)
    elif not running:
        st.button(said.AGAIN if check else said.START, key="green_start", type="primary", icon=":material/play_arrow:",
                  on_click=_start)
    if check is None:
        st.html(f'<div class="dl-told" role="status">{said.NEVER_RAN}</div>')
        return
    _draw_total(check)
    _draw_rows(list(check.rows))


def _start() -> None:
    try:
        st.session_state[MINE] = start_check(get_engine())
    except Busy as error:  # somebody else was a moment earlier
        st.toast(str(error))


def _draw_total(check: GreenLight) -> None:
    """One sentence on all of it, or how far it is."""
    done = len(check.rows)
    red = any(row.state == "wrong" for row in check.rows)
    if check.running:
        lines = [said.RUNNING.format(done=done, planned=check.planned, took=seconds(check.seconds), now=check.now)]
        if st.session_state.get(MINE) is not check:
            lines.append(said.ANOTHER)
    else:
        time = f"{check.ended:%H:%M}" if check.ended else ""
        lines = [] if check.was_stopped else [verdict(check.rows)]
        lines.append(said.STOPPED.format(time=time, done=done, planned=check.planned) if check.was_stopped else
                     said.ENDED.format(time=time, took=seconds(check.seconds)))
    light = "wrong" if red else "" if check.running or check.was_stopped else "fine"
    bar = (f'<div class="dl-progress" role="progressbar" aria-label="{said.MODELS}" aria-valuemin="0" aria-valuemax="{check.planned}" '
           f'aria-valuenow="{done}"><div style="width:{100 * done / max(check.planned, 1):.0f}%"></div></div>')
    st.html(f'<div class="dl-told dl-light {light}" role="status">' + "".join(f"<p>{escape(line)}</p>" for line in lines)
            + (bar if check.running else "") + "</div>")


def _draw_rows(rows: list[Row]) -> None:
    """What is red first; then models, steps and the machine, each a table that opens."""
    red = [row for row in rows if row.state == "wrong"]
    if red:
        st.subheader(said.RED, anchor=False)
        st.html(_table(red))
    for kind, name in (("demo", said.DEMOS), ("talk", said.TALKS), ("machine", said.MACHINE)):
        mine = [row for row in rows if row.kind == kind]
        if mine:
            count = {state: sum(row.state == state for row in mine) for state in said.STATES}
            label = said.COUNTED.format(name=name, fine=count["fine"], red=count["wrong"], slow=count["slow"], left=count["left out"])
            with st.expander(label, expanded=kind != "talk", key=f"green_{kind}"):
                st.html(_table(mine))


def _table(rows: list[Row]) -> str:
    return rows_table(said.HEAD, [(f'<span class="dl-state {row.state.split()[0]}">{said.STATES[row.state]}</span>', _what(row),
                                   escape(seconds(row.seconds)) if row.seconds else "–", _memory(row), _says(row)) for row in rows])


def _what(row: Row) -> str:
    if row.kind == "demo":
        demo = get_demo(row.about)
        return f"<b>{escape(demo.question)}</b><br>{escape(demo.method(row.part).title)}"
    if row.kind == "talk" and row.part != "file":
        return f"<b>{escape(row.about)}</b><br>{escape(said.STEP.format(number=row.part, line=row.title))}"
    return f"<b>{escape(row.title)}</b>"


def _memory(row: Row) -> str:
    if not row.megabytes:
        return "–"
    return f"{row.megabytes / GB:,.1f} GB" if row.kind == "machine" else megabytes(row.megabytes)


def _says(row: Row) -> str:
    return escape(row.says) + (f"<br><b>{escape(said.DO.format(do=row.do))}</b>" if row.do else "")
