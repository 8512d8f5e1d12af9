"""What the film page has beside the template: simpler methods, the map, the way out of the bubble, a wish in words."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos import demo_folder
from demos.base import Demo, Method
from demos.figures import headline
from demos.taste_results import Bubble, FilmMap, Suggestions
from pages.ui import taste_words as said
from pages.ui import words
from pages.ui.asks import Asked, Given, ask, ask_part, settle
from pages.ui.place import Place
from pages.ui.taste import suggestions_html
from pages.ui.taste_charts import bubble_chart, map_chart, nearest
from demos.weights import method_state

FAMILIES = ("classical", "deep")
DESCRIBED, SIMPLER = "described", ("neighbours", "popular")
QUIET = {"displayModeBar": False}


def draw_taste(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Everything between "Break it" and the card."""
    draw_bubble(demo, {"classical": classical, "deep": demo.method("deep")}, given)
    draw_map(demo, demo.method("deep"), given)
    draw_simpler(demo, given)
    draw_wish(demo, given)


def refused(jobs: list[Asked]) -> bool:
    """Whether one of them ended in an error; its sentence is then drawn."""
    errors = dict.fromkeys(str(job.error) for job in jobs if job.error is not None)
    for error in errors:
        st.html(f'<p class="dl-told" role="alert">{escape(error)}</p>')
    return bool(errors)


def card_html(family: str, title: str, result: Suggestions, told: str = "", before: Suggestions | None = None) -> str:
    """A list in a card of its own; films that `before` did not hold are marked."""
    note = f'<div class="dl-note">{escape(result.note)}</div>' if result.note else ""
    told = f'<div class="dl-sure">{escape(told)}</div>' if told else ""
    return (f'<section class="dl-card {family} flat"><div class="dl-kind"><b>{words.FAMILY[family]}:</b> {escape(title)}</div>'
            f"{suggestions_html(result, first_told=False, before=before)}{note}{told}</section>")


# --- the bubble -----------------------------------------------------------------------------------

@st.fragment
def draw_bubble(demo: Demo, methods: dict[str, Method], given: Given) -> None:
    """A slider from "more of the same" to "surprise me", both lists there, and how known and varied they are."""
    st.header(said.BUBBLE, anchor=False)
    st.caption(said.BUBBLE_CAPTION)
    liked = {"liked": given.inputs["liked"]}
    jobs = {family: ask_part(demo.name, method.key, "bubble", liked) for family, method in methods.items()}
    settle([(job, lambda _: None) for job in jobs.values()])
    if refused(list(jobs.values())):
        return
    bubbles: dict[str, Bubble] = {family: job.result(0).result for family, job in jobs.items()}
    last = len(bubbles["deep"].lists) - 1
    place = st.select_slider(said.SLIDER, range(last + 1), key=f"bubble_{demo.name}", persist_state="session",
                             format_func=lambda n: said.SAME if n == 0 else said.SURPRISE if n == last else
                             said.BETWEEN.format(percent=round(100 * n / last)))
    first, now = bubbles["deep"].lists[0], bubbles["deep"].lists[place]
    told = said.BUBBLE_SAID.format(
        known=round(100 * now.popularity), known_first=round(100 * first.popularity), varied=round(100 * now.variety),
        varied_first=round(100 * first.variety), new=len({*now.items} - {*first.items}))
    lists, charts = st.columns([1.7, 1], gap="large")
    lists.html('<div class="dl-duel dl-own">' + "".join(
        card_html(family, methods[family].title, bubbles[family].lists[place], before=bubbles[family].lists[0])
        for family in FAMILIES) + "</div>")
    for what, title in (("popularity", said.WELL_KNOWN), ("variety", said.VARIED)):
        charts.plotly_chart(bubble_chart(bubbles, what, title, place), config=QUIET, alt=told, key=f"{what}_{demo.name}")
    st.html(f"<p>{escape(told)}</p>")


# --- the map --------------------------------------------------------------------------------------

def draw_map(demo: Demo, deep: Method, given: Given) -> None:
    """The best known films as the network holds them, the visitor among them."""
    st.header(said.MAP, anchor=False)
    st.caption(said.MAP_CAPTION)
    place = Place()
    points = ask_part(demo.name, deep.key, "map", {"liked": given.inputs["liked"]})
    settle([(points, lambda _: None)])
    if refused([points]):
        return
    found: FilmMap = points.result(0).result
    told = said.MAP_SAID.format(titles="; ".join(f"“{found.titles[i]}”" for i in nearest(found)))
    place.draw("plotly_chart", map_chart(found), config=QUIET, alt=told, key=f"map_{demo.name}_{given.digest[:12]}")
    st.html(f"<p>{escape(told)}</p>")


# --- simpler methods ------------------------------------------------------------------------------

def draw_simpler(demo: Demo, given: Given) -> None:
    """Neighbours and popularity, side by side, with how good they were when measured."""
    st.header(said.SIMPLER, anchor=False)
    st.caption(said.SIMPLER_CAPTION)
    place = Place()
    methods = {key: demo.method(key) for key in SIMPLER}
    jobs = {key: ask(demo.name, key, given) for key in SIMPLER}
    settle([(job, lambda _: None) for job in jobs.values()])
    if refused(list(jobs.values())):
        return
    cards = []
    for key, job in jobs.items():
        figure = headline(demo, methods[key])
        told = f"{said.SIMPLER_SAID[key]} {said.MEASURED.format(sentence=figure.sentence()) if figure else ''}"
        cards.append(card_html("classical", methods[key].title, job.result(0).result, told.strip()))
    place.html(f'<div class="dl-duel dl-own">{"".join(cards)}</div>')


# --- a wish in words ------------------------------------------------------------------------------

@st.fragment
def draw_wish(demo: Demo, given: Given) -> None:
    """A box for a wish, a few to press, and the films whose descriptions are nearest to it."""
    st.header(said.WISH, anchor=False)
    method = demo.method(DESCRIBED)
    here = method_state(method, demo_folder(demo.name))
    if here != "ready":
        st.info(f"{words.NOT_HERE.format(title=method.title)} {here.capitalize()}.")
        return
    st.caption(said.WISH_CAPTION)
    key = f"wish_{demo.name}"
    with st.container(horizontal=True, gap="small"):
        for number, wish in enumerate(said.WISH_TRY):
            st.button(wish, key=f"{key}_{number}", on_click=st.session_state.__setitem__, args=(key, wish), wrap=True)
    wish = st.text_input(said.WISH_LABEL, key=key, max_chars=200)
    if not wish.strip():
        return
    job = ask(demo.name, method.key, given, options={"wish": wish})
    with st.spinner(words.LOADING):
        settle([(job, lambda _: None)])
    if not refused([job]):
        st.html(card_html("deep", method.title, job.result(0).result))
