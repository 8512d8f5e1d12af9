"""What is attention? The heads of MiniLM on the visitor's own sentence, and its words shuffled."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos import get_demo
from demos.attention_results import Heads, Orders
from demos.lessons import Lesson
from demos.lessons.attention import KNOWN, last_it, most_looked_at, sheet
from demos.picture_results import png_uri
from pages.ui.asks import Asked, ask_part, settle
from pages.ui.lesson import answered, bars_html, show_lesson
from pages.ui.looks import looks_html
from pages.ui.place import Place

DEMO = get_demo("search")
TEXT = "sentence"  # the box with the sentence
LONGEST = 200


def take(text: str) -> None:
    """Put a sentence into the box."""
    st.session_state[TEXT] = text


def sentence(lesson: Lesson) -> str:
    """What the visitor wrote or chose; it stands in the page's address."""
    said = lesson.labels
    st.session_state.setdefault(TEXT, said["example_start"])
    text = st.text_input(said["sentence"], key=TEXT, max_chars=LONGEST, bind="query-params").strip()
    with st.container(horizontal=True, gap="small"):
        for name in ("example_start", "example_small", "example_song", "example_street"):
            st.button(said[f"{name}_name"], key=f"take_{name}", on_click=take, args=(said[name],))
    return text


def choose_head(lesson: Lesson, heads: Heads) -> tuple[int, int] | None:
    """The layer and head to look through, both from 0; None is the mean of all."""
    said = lesson.labels
    which = st.pills(said["which"], [*KNOWN, "mean", "own"], default="it", required=True, key="which",
                     format_func=lambda key: said[key], bind="query-params")
    if which != "own":
        return KNOWN.get(which)
    with st.container(horizontal=True):
        return tuple(st.selectbox(said[name], range(1, count + 1), key=name, width=120) - 1
                     for name, count in zip(("layer", "head"), heads.shares.shape))


@st.fragment
def looks(lesson: Lesson, heads: Heads) -> None:
    """The text shaded from the chosen word, and all heads as small pictures; no control asks the network again."""
    said = lesson.labels
    st.header(said["looks_title"], anchor=False)
    st.html(f"<p>{escape(said['looks_said'])}</p>")
    chosen = choose_head(lesson, heads)
    count, start = len(heads.pieces), last_it(heads.pieces)
    names = [f"{piece.strip()} ({place + 1})" for place, piece in enumerate(heads.pieces)]
    piece = st.select_slider(said["from"], range(count), count - 1 if start is None else start,
                             key=f"from_{hash(heads.pieces)}", format_func=lambda at: names[at]) if count > 1 else 0
    shares = heads.shares.mean(axis=(0, 1)) if chosen is None else heads.shares[chosen]
    row = shares[piece]
    most = most_looked_at(heads.pieces, shares, piece)
    told = said["told"].format(piece=heads.pieces[piece].strip(), most=heads.pieces[most].strip(),
                               share=f"{100 * row[most]:.0f}")
    away = said["outside_told"].format(share=f"{100 * (1 - row.sum()):.0f}")
    st.html(looks_html(heads.pieces, row, piece, faint_after=False) + f"<p>{escape(told)} {escape(away)}</p>")
    st.html(f"<p><b>{escape(said['sheet_title'])}</b></p>")
    shown = (255 * np.repeat(sheet(heads.shares, chosen)[..., None], 3, axis=2)).astype(np.uint8)
    st.html(f'<figure class="dl-view dl-pixels dl-sheet"><img src="{png_uri(shown)}" alt="{escape(said["sheet_alt"])}">'
            f"<figcaption><span>{escape(said['sheet_said'])}</span></figcaption></figure>")


def orders_html(lesson: Lesson, found: Orders) -> str:
    """Each order with its two bars."""
    said = lesson.labels
    cards = []
    for text, alike, nowhere in zip(found.texts, found.alike, found.without_places):
        rows = ((said[name], f"<b>{100 * value:.0f}</b>", value) for name, value in (("as_it_is", alike), ("without", nowhere)))
        cards.append(f'<p class="dl-words">{escape(text)}</p>{bars_html(rows)}')
    told = said["order_told" if found.texts else "only_one"]
    return "".join(cards) + f'<div class="dl-told">{escape(told)}</div>'


def play(lesson: Lesson) -> None:
    """The sentence, where each head looks, and what the order is worth."""
    said = lesson.labels
    text = sentence(lesson)
    if not text:
        st.info(said["nothing"])
        return
    deep = DEMO.method("deep").key
    shown = st.container()
    st.header(said["order_title"], anchor=False)
    st.html(f"<p>{escape(said['order_said'])}</p>")
    order = Place()
    waiting = Place(shown)

    def draw_heads(job: Asked) -> None:
        heads: Heads | None = answered(job, waiting)
        if heads is not None:
            waiting.draw("empty")
            with shown:
                looks(lesson, heads)

    def draw_orders(job: Asked) -> None:
        if job.done and job.error is None:
            order.html(orders_html(lesson, job.result(0).result))

    settle([(ask_part(DEMO.name, deep, "heads", {"text": text}), draw_heads),
            (ask_part(DEMO.name, deep, "orders", {"text": text}), draw_orders)])


show_lesson("attention", play)
