"""What the page of the search has beside the template: the map of meanings, and a text of the visitor's own."""

from __future__ import annotations

from html import escape
from statistics import median
from textwrap import wrap

import plotly.graph_objects as go
import streamlit as st

from demos import list_demos
from demos.base import Demo, Method
from demos.search.cutting import MOST
from demos.text_results import MeaningMap, Passages
from pages.ui import search_words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.passages import passages_html, title_html
from pages.ui.place import Place
from pages.ui.sections import other_page
from pages.ui.style import colour, is_dark, paper

NAMED_FROM = 8  # passages from which a page's name stands on the map
FAMILIES = ("classical", "deep")


def draw_search(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    draw_map(demo, classical, deep, given)
    draw_own(demo, {"classical": classical, "deep": deep})
    st.page_link(other_page("glossary.py"), icon=":material/arrow_forward:")


# --- the map --------------------------------------------------------------------------------------

def draw_map(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """All passages as dots, the question among them, joined to the nearest; and what shared words find."""
    st.header(said.MAP, anchor=False)
    st.caption(said.MAP_CAPTION)
    place, told = Place(), Place()
    by_words = ask(demo.name, classical.key, given)
    points = ask_part(demo.name, deep.key, "map", {"text": given.inputs["text"]})
    settle([(by_words, lambda _: None), (points, lambda _: None)])
    if points.error is not None:
        told.html(f'<p class="dl-told" role="alert">{escape(str(points.error))}</p>')
        return
    found: MeaningMap = points.result(0).result
    shared = by_words.result(0).result if by_words.error is None else None
    lines = [said.MAP_SAID.format(titles="; ".join(f"“{found.titles[i]}”" for i in found.nearest[:3])),
             said.MAP_WORDS if shared and shared.numbers else said.MAP_NO_WORDS, said.MAP_CAUTION]
    place.draw("plotly_chart", map_chart(found, shared), config={"displayModeBar": False}, alt=" ".join(lines),
               key=f"map_{demo.name}_{given.digest[:12]}")
    told.html(f"<p>{escape(' '.join(lines))}</p>")


def map_chart(found: MeaningMap, shared: Passages | None) -> go.Figure:
    """The map; nothing that a visitor wrote stands in it, as a chart's texts may hold markup."""
    figure, quiet = go.Figure(), "#8F8B81" if is_dark() else "#A8A396"
    hover = [f"<b>{escape(title)}</b><br>{'<br>'.join(wrap(escape(text), 60))}"
             for title, text in zip(found.titles, found.texts)]

    def dots(numbers: list[int], name: str, **marker: object) -> None:
        figure.add_scatter(x=found.points[numbers, 0].tolist(), y=found.points[numbers, 1].tolist(), mode="markers",
                           name=name, marker=marker, text=[hover[i] for i in numbers], hovertemplate="%{text}<extra></extra>")

    x, y = map(float, found.question)
    dots(list(range(len(found.titles))), said.ALL, size=6, color=quiet, opacity=0.65)
    for i in found.nearest:
        figure.add_scatter(x=[x, float(found.points[i, 0])], y=[y, float(found.points[i, 1])], mode="lines",
                           line={"color": colour("deep"), "width": 1.5}, hoverinfo="skip", showlegend=False)
    if shared and shared.numbers:
        dots([i for i in shared.numbers if i < len(found.titles)], said.BY_WORDS, size=15, symbol="square-open",
             color=colour("classical"), line={"width": 2.5})
    dots(list(found.nearest), said.NEAREST, size=10, color=colour("deep"))
    figure.add_scatter(x=[x], y=[y], mode="markers", name=said.ASKED, hovertemplate=f"{said.ASKED}<extra></extra>",
                       marker={"symbol": "star", "size": 20, "color": colour("deep"), "line": {"width": 1.5, "color": "white"}})
    for title, (left, up) in islands(found).items():
        figure.add_annotation(x=left, y=up, text=f"<b>{escape(title)}</b>", showarrow=False, font={"size": 13},
                              bgcolor=paper(), borderpad=1, opacity=0.85)
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(height=560, margin={"l": 0, "r": 0, "t": 10, "b": 0}, dragmode=False, hovermode="closest",
                         legend={"orientation": "h", "y": 1.06, "x": 0}, xaxis=hidden, yaxis=hidden)
    return figure


def islands(found: MeaningMap) -> dict[str, tuple[float, float]]:
    """Where the middle of each demo's passages lies, by the demo's textbook name."""
    titles, rows = {demo.name: demo.title for demo in list_demos()}, {}
    for page, point in zip(found.pages, found.points.tolist()):
        if page in titles:
            rows.setdefault(titles[page], []).append(point)
    return {title: (median(x for x, _ in points), median(y for _, y in points)) for title, points in rows.items()
            if len(points) >= NAMED_FROM}


# --- a text of one's own --------------------------------------------------------------------------

@st.fragment
def draw_own(demo: Demo, methods: dict[str, Method]) -> None:
    """A text that is pasted or uploaded, a question to it, and what both methods find."""
    st.header(said.OWN, anchor=False)
    st.caption(said.OWN_CAPTION.format(most=MOST))
    left, right = st.columns([1, 2], gap="large")
    with left:
        st.button(said.EXAMPLE, key=f"own_example_{demo.name}", on_click=_example, args=(demo,))
        pasted = st.text_area(said.PASTE, key=f"own_text_{demo.name}", height=170)
        file = st.file_uploader(said.FILE, key=f"own_file_{demo.name}", max_upload_size=2)
        question = st.text_input(said.ASK_OWN, key=f"own_question_{demo.name}")
        st.button(words.ASK_BOTH, key=f"own_ask_{demo.name}", icon=":material/arrow_forward:")
    data = file.getvalue() if file is not None else pasted.encode()
    with right:
        if data and question.strip():
            inputs = {"document": data, "text": question}
            draw_found({family: ask_part(demo.name, method.key, "own", inputs) for family, method in methods.items()}, methods)
        elif data:
            st.caption(said.NO_QUESTION)


def _example(demo: Demo) -> None:
    """Fill in a text and a question."""
    st.session_state[f"own_text_{demo.name}"] = said.EXAMPLE_TEXT
    st.session_state[f"own_question_{demo.name}"] = said.EXAMPLE_QUESTION


def draw_found(jobs: dict[str, Asked], methods: dict[str, Method]) -> None:
    """Both methods' passages side by side, as they come."""
    place, stop = Place(), st.empty()

    def draw(_: Asked) -> None:
        errors = dict.fromkeys(str(job.error) for job in jobs.values() if job.error is not None)
        if errors:
            place.html("".join(f'<p class="dl-told" role="alert">{escape(error)}</p>' for error in errors))
            return
        place.html('<div class="dl-duel dl-own">' + "".join(
            found_html(family, methods[family], jobs[family]) for family in FAMILIES) + "</div>")

    def offer(wanted: bool) -> None:
        stop.button(words.STOP, key="own_stop", icon=":material/stop:",
                    on_click=lambda: [job.cancel() for job in jobs.values()]) if wanted else stop.empty()

    settle([(job, draw) for job in jobs.values()], offer)


def found_html(family: str, method: Method, job: Asked) -> str:
    """One method's card: the passages that it found, or how far it is."""
    whole = job.result(0) if job.done else job.partial
    title = f'<div class="dl-kind"><b>{words.FAMILY[family]}:</b> {escape(method.title)}</div>'
    if whole is None:
        middle = f'<div class="dl-wait" role="status">{words.WORKING}</div>'
    else:
        result: Passages = whole.result
        first = title_html(result, 0) if result.items else words.NOTHING["Passages"]
        note = f'<div class="dl-note">{escape(result.note)}</div>' if result.note else ""
        told = (said.FOUND_IN.format(who=words.WHO[family].capitalize(), count=result.searched) if job.done else
                said.READING.format(who=words.WHO[family].capitalize(), share=100 * job.fraction))
        middle = (f'<div class="dl-answer long">{first}</div>{passages_html(result, family)}{note}'
                  f'<div class="dl-sure">{escape(told)}</div>')
    return f'<section class="dl-card {family} flat">{title}{middle}</section>'
