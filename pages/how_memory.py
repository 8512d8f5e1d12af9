"""Can a network remember? Two networks that read the visitor's text letter by letter, how they forget, and gates."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from demos.lessons import Lesson
from demos.lessons.memory import LONGEST, Reading, cells, likeliest, load, read, what_is_left
from demos.picture_results import png_uri
from pages.ui.lesson import part, picture, show_lesson
from pages.ui.toy_charts import fading_chart
from pages.ui.toy_pictures import shades

KINDS = ("lstm", "plain")
BACK = 60  # letters
GATES = ("forget", "input", "output", "content")
NAMED = {"quote": "quote", "word_cell": "word", "sentence": "sentence", "vowel": "vowel"}  # label -> row of the file


def letter_name(lesson: Lesson, letter: str) -> str:
    """A letter as a visitor reads it."""
    return {" ": lesson.labels["space"], "\n": lesson.labels["end_of_line"], "*": lesson.labels["unknown"]}.get(letter, letter)


def step_html(lesson: Lesson, reading: Reading, place: int) -> str:
    """One letter: itself, the memory after it, and the three likeliest to come."""
    memory = shades(reading.memory[place].reshape(8, 16)[::-1], -1.0, 1.0)
    guesses = "".join(f"<li>{escape(letter_name(lesson, letter))} <i>{100 * share:.0f} %</i></li>"
                      for letter, share in likeliest(reading.guesses[place]))
    return (f'<figure><b>{escape(letter_name(lesson, reading.letters[place]))}</b><img src="{png_uri(memory)}" '
            f'alt="{escape(lesson.labels["memory_alt"])}"><ol>{guesses}</ol></figure>')


@st.fragment
def by_letters(lesson: Lesson) -> None:
    """The network unrolled over a word."""
    said = lesson.labels
    st.header(said["letters_title"], anchor=False)
    st.html(f"<p>{escape(said['letters_said'])}</p>")
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        word = st.text_input(said["word"], said["word_start"], max_chars=30, key="word", bind="query-params")
    with right:
        kind = st.segmented_control(said["who"], KINDS, default="lstm", required=True, key="who",
                                    format_func=lambda key: said[key], bind="query-params")
    if not word:
        st.info(said["nothing"])
        return
    reading = read(load(kind), word)
    st.html(f'<div class="dl-unrolled" tabindex="0">'
            f'{"".join(step_html(lesson, reading, place) for place in range(len(word)))}</div>')
    got = sum(likeliest(guess, 1)[0][0] == letter for guess, letter in zip(reading.guesses, reading.letters[1:]))
    st.markdown(said["right_said"].format(count=len(word) - 1, right=got))


def kept_of(text: str) -> dict[str, np.ndarray]:
    """What is left in both networks, from the last letter back; the slider beside it does not ask for it anew."""
    known = st.session_state.get("fading_kept")
    if known is None or known[0] != text:
        found = {kind: what_is_left(load(kind), read(load(kind), text))[::-1] for kind in KINDS}
        known = st.session_state["fading_kept"] = (text, found)
    return known[1]


@st.fragment
def fading(lesson: Lesson) -> None:
    """How much of a change at an earlier letter is left, in both networks and by a number of the visitor's own."""
    said = lesson.labels
    text = st.session_state.get("memory_text", said["text_start"])[:LONGEST][-BACK:] or said["text_start"]
    left, right = part(lesson, "fades")
    with left:
        number = st.slider(said["fades_slider"], 0.5, 1.2, 0.7, 0.05, key="fades", bind="query-params")
        kept = kept_of(text)
        ten = min(10, len(text) - 1)
        st.markdown(said["fades_told"].format(**{kind: f"{100 * line[ten]:.2g}" for kind, line in kept.items()},
                                              number=f"{number:g}", own=f"{100 * number**10:.2g}"))
    with right:
        names = {kind: said[kind] for kind in KINDS}
        lines = {**{names[kind]: line for kind, line in kept.items()},
                 said["own_line"]: number ** np.arange(len(text), dtype=float)}
        picture(fading_chart(lines, said["fades_x"], said["fades_y"]), "fading", said["fades_alt"])


def choose_cell(lesson: Lesson) -> int:
    """The number of a cell, with what is known of it."""
    said = lesson.labels
    chosen = st.pills(said["cell"], [*NAMED, "own"], default="word_cell", required=True, key="cell",
                      format_func=lambda key: said[key], bind="query-params")
    if chosen == "own":
        return int(st.number_input(said["number"], 1, load("lstm").size, 1, key="cell_number")) - 1
    about = cells()[NAMED[chosen]]
    st.caption(said["named_told"].format(letters=f"{about['letters']:,}", correlation=f"{abs(about['correlation']):.2f}"))
    return int(about["cell"])


def shaded_html(reading: Reading, values: np.ndarray, signed: bool) -> str:
    """The letters, each shaded by its number: from 0 to 1, or with two colours from -1 to 1."""
    spans = []
    for letter, value in zip(reading.letters, values):
        kind = "dl-look" if not signed else f"dl-word {'for' if value > 0 else 'against'}"
        spans.append(f'<span class="{kind}" style="--p:{60 * abs(value):.0f}%" title="{value:.2f}">{escape(letter)}</span>')
    return f'<div class="dl-text lines dl-letters">{"".join(spans)}</div>'


@st.fragment
def gates(lesson: Lesson) -> None:
    """One cell's gates over the visitor's own text."""
    said = lesson.labels
    st.header(said["gates_title"], anchor=False)
    st.html(f"<p>{escape(said['gates_said'])}</p>")
    text = st.text_area(said["text"], said["text_start"], max_chars=LONGEST, key="memory_text", height=90)
    cell = choose_cell(lesson)
    gate = st.pills(said["show"], GATES, default="content", required=True, key="gate",
                    format_func=lambda key: said[key], bind="query-params")
    if not text.strip():
        st.info(said["nothing"])
        return
    reading = read(load("lstm"), text)
    signed = gate == "content"
    values = np.tanh(reading.cells[:, cell]) if signed else reading.gates[gate][:, cell]
    most, least = (letter_name(lesson, reading.letters[int(place)]) for place in (values.argmax(), values.argmin()))
    told = said["content_key"] if signed else said["gate_told"].format(most=most, least=least)
    st.html(shaded_html(reading, values, signed) + f"<p>{escape(told)}</p>")


def play(lesson: Lesson) -> None:
    """The three things to do, one below the other."""
    by_letters(lesson)
    gates(lesson)
    fading(lesson)


show_lesson("memory", play)
