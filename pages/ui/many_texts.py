"""What pages of text judges have beside the frame: lists of hard sentences, and many texts at once with a chart."""

from __future__ import annotations

from html import escape
from itertools import count

import plotly.graph_objects as go
import streamlit as st

from demos.base import Demo, Method
from demos.text_results import Judged
from demos.tricks import Trick
from pages.ui import text_words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask_part, digest, settle
from pages.ui.inputs import give_text
from pages.ui.place import Place
from pages.ui.results import percent
from pages.ui.style import colour

MOST_MB = 2
FAMILIES = ("classical", "deep")


def draw_text_parts(tricks: tuple[Trick, ...], demo: Demo, classical: Method, deep: Method, _: Given) -> None:
    """Draw both parts."""
    methods = {"classical": classical, "deep": deep}
    hard_sentences(demo, tricks, methods)
    many_at_once(demo, methods)


# --- sentences that are hard ------------------------------------------------------------------------

@st.fragment
def hard_sentences(demo: Demo, tricks: tuple[Trick, ...], methods: dict[str, Method]) -> None:
    """A list to choose, both answers to each of its sentences, and a press that makes one what the page asks about."""
    st.header(said.HARD, anchor=False)
    st.caption(said.HARD_CAPTION)
    titles = {trick.title: trick for trick in tricks}
    chosen = st.pills(said.WHICH_LIST, list(titles), key=f"tricks_{demo.name}", persist_state="session")
    if chosen is None:
        return
    trick = titles[chosen]
    st.caption(trick.caption)
    raw = "\n".join(text for text, _ in trick.sentences).encode()
    jobs = _ask(demo, methods, {"table": raw, "form": "lines"})
    summary, places = Place(), []
    for number, (text, _) in enumerate(trick.sentences):
        if st.button(text, key=f"trick_{demo.name}_{trick.key}_{number}", width="stretch", wrap=True,
                     help=said.PRESS, on_click=give_text, args=(demo, text)):
            st.rerun()  # the whole page: the press is about its top
        places.append(Place())

    def draw(_: Asked) -> None:
        found = _answers(jobs)
        for place, (text, truth), number in zip(places, trick.sentences, range(len(places))):
            place.html(trick_html(found, number, truth))
        if len(found) == len(jobs):
            summary.html(f'<p class="dl-told">{escape(counted(trick, found))}</p>')

    settle([(job, draw) for job in jobs.values()])


def trick_html(found: dict[str, Judged], number: int, truth: str) -> str:
    """What both methods say to one sentence, and whether it is what was meant."""
    cells = []
    for family in FAMILIES:
        name, share = answer(found[family], number) if family in found else ("", 0.0)
        mark = (" ✓" if name == truth else " ✗") if truth and name else ""
        answered = f"{name}, {percent(share)}{mark}" if name else words.WORKING
        cells.append(f'<span><span class="dl-dot {family}"></span>{words.FAMILY[family]}: <b>{escape(answered)}</b></span>')
    meant = f"<span>{escape(said.MEANT.format(truth=truth))}</span>" if truth else ""
    return f'<div class="dl-trick">{meant}{"".join(cells)}</div>'


def answer(judged: Judged, number: int) -> tuple[str, float]:
    """The name for one text, and its certainty."""
    share = float(judged.shares[number])
    return (judged.names[0], share) if share > 0.5 else (judged.names[1], 1 - share)


def counted(trick: Trick, found: dict[str, Judged]) -> str:
    """How many of the list each method got; without right answers, how far its certainties lie apart."""
    truths = [truth for _, truth in trick.sentences]
    if all(truths):
        right = {family: sum(answer(judged, i)[0] == truth for i, truth in enumerate(truths))
                 for family, judged in found.items()}
        return said.GOT.format(count=len(truths), **right)
    spread = {family: f"{100 * judged.shares.min():.0f} to {100 * judged.shares.max():.0f} %"
              for family, judged in found.items()}
    return said.SPREAD.format(name=next(iter(found.values())).names[0], **spread)


# --- many at once -----------------------------------------------------------------------------------

@st.fragment
def many_at_once(demo: Demo, methods: dict[str, Method]) -> None:
    """A text a line, or a file with a column of texts; both methods' answers, a chart of them all, and a table."""
    st.header(said.MANY, anchor=False)
    st.caption(said.MANY_CAPTION)
    left, right = st.columns([1, 2], gap="large")
    with left:
        lines = st.text_area(said.LINES, key=f"many_lines_{demo.name}", height=150, placeholder=said.PLACEHOLDER)
        file = st.file_uploader(said.FILE, key=f"many_file_{demo.name}", max_upload_size=MOST_MB)
        st.button(words.ASK_BOTH, key=f"many_ask_{demo.name}", icon=":material/arrow_forward:")
        column = Place()
    if file is None and not lines.strip():
        return
    inputs = {"table": file.getvalue()} if file is not None else {"table": lines.encode(), "form": "lines"}
    key = f"many_column_{demo.name}_{digest(inputs)[:12]}"
    if key in st.session_state and st.session_state[key] != st.session_state.get(f"_{key}"):
        inputs["column"] = float(st.session_state[key])
    with right:
        draw_judged(demo, _ask(demo, methods, inputs), column, key)


def draw_judged(demo: Demo, jobs: dict[str, Asked], column: Place, key: str) -> None:
    """The chart while the answers come, then the table of them all."""
    status, chart, times = Place(), Place(), count()
    stop = st.empty()

    def draw(_: Asked) -> None:
        found = _answers(jobs)
        if found:
            ended = all(job.done for job in jobs.values())
            lines = summary_lines(found) if ended else [words.WORKING]
            status.html(f'<div class="dl-told">{escape(" ".join(lines))}</div>')
            chart.draw("plotly_chart", summary_chart(found), config={"displayModeBar": False}, alt=" ".join(lines),
                       key=f"many_chart_{demo.name}_{next(times)}")  # each drawing is a chart of its own

    def offer(wanted: bool) -> None:
        stop.button(words.STOP, key=f"many_stop_{demo.name}", icon=":material/stop:",
                    on_click=lambda: [job.cancel() for job in jobs.values()]) if wanted else stop.empty()

    settle([(job, draw) for job in jobs.values()], offer)
    errors = dict.fromkeys(str(job.error) for job in jobs.values() if job.error is not None)
    for error in errors:
        status.html(f'<div class="dl-told" role="alert">{escape(error)}</div>')
    found = _answers(jobs)
    one = next(iter(found.values()), None)
    if one is not None and len(one.columns) > 1:
        st.session_state.setdefault(f"_{key}", one.column)  # what was found without being told
        column.draw("selectbox", said.COLUMN, list(range(len(one.columns))), index=one.column, key=key,
                    format_func=lambda place: one.columns[place])
    if len(found) == len(jobs) and not errors:
        st.dataframe(rows(found), hide_index=True, width="stretch", height=320)


def _ask(demo: Demo, methods: dict[str, Method], inputs: dict) -> dict[str, Asked]:
    return {family: ask_part(demo.name, method.key, "many", inputs) for family, method in methods.items()}


def _answers(jobs: dict[str, Asked]) -> dict[str, Judged]:
    """What has come so far, by family."""
    found = {family: job.partial if not job.done else None if job.error else job.result(0)
             for family, job in jobs.items()}
    return {family: whole.result for family, whole in found.items() if whole is not None}


def summary_lines(found: dict[str, Judged]) -> list[str]:
    """How many each method put under the first name, how often the two differ, and what was left out."""
    one = next(iter(found.values()))
    lines = [said.COUNTED.format(who=words.WHO[family].capitalize(), count=int((judged.shares > 0.5).sum()),
                                 all=len(judged.texts), name=judged.names[0]) for family, judged in found.items()]
    if len(found) == len(FAMILIES):
        classical, deep = (found[family].shares > 0.5 for family in FAMILIES)
        lines.append(said.DIFFER.format(count=int((classical != deep).sum())))
    if one.left_out:
        lines.append(said.LEFT_OUT.format(count=one.left_out, read=len(one.texts)))
    return lines


def summary_chart(found: dict[str, Judged]) -> go.Figure:
    """How many texts at each certainty of the first name, in ten steps, for both methods."""
    figure = go.Figure()
    name = next(iter(found.values())).names[0]
    for family, judged in sorted(found.items()):
        counts = [0] * 10
        for share in judged.shares:
            counts[min(9, int(10 * share))] += 1
        figure.add_bar(x=[f"{10 * i}–{10 * i + 10}" for i in range(10)], y=counts, name=words.FAMILY[family],
                       marker={"color": colour(family), "pattern": {"shape": "/" if family == "classical" else ""}},
                       hovertemplate="%{y} texts<extra></extra>")
    figure.update_layout(height=300, margin={"l": 0, "r": 10, "t": 10, "b": 0}, barmode="group", dragmode=False,
                         legend={"orientation": "h", "y": 1.12, "x": 0},
                         xaxis={"title": said.AXIS.format(name=name), "fixedrange": True, "type": "category"},
                         yaxis={"title": said.TEXTS, "fixedrange": True, "tickformat": "d",
                                "dtick": 1 if len(next(iter(found.values())).texts) < 10 else None})
    return figure


def rows(found: dict[str, Judged]) -> dict[str, list[str]]:
    """The table: each text with both answers."""
    one = next(iter(found.values()))
    table: dict[str, list[str]] = {said.TEXT: list(one.texts)}
    for family in FAMILIES:
        pairs = [answer(found[family], i) for i in range(len(one.texts))]
        table[words.FAMILY[family]] = [f"{name} ({percent(share)})" for name, share in pairs]
    return table
