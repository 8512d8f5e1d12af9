"""What the page of the picture maker has beside the template: the same noise with more steps, a walk between two."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos.base import Demo, Method
from demos.picture_maker import words as said
from demos.picture_results import Made, png_uri
from pages.ui import words
from pages.ui.asks import Asked, Given, ask_part, settle
from pages.ui.place import Place


@st.fragment
def draw_made_parts(demo: Demo, classical: Method, deep: Method, given: Given) -> None:
    """Two things to press, answered by the networks of this project; each press redraws this part of the page alone."""
    st.header(said.TRY, anchor=False)
    st.caption(said.TRY_CAPTION)
    titles = {title: key for key, title in said.PARTS.items()}
    chosen = st.pills(said.TRY, list(titles), key=f"part_{demo.name}", label_visibility="collapsed",
                      persist_state="session")
    if chosen is None:
        return
    what, seed = given.inputs["what"], int(given.inputs["seed"])
    if titles[chosen] == "more_steps":
        job = ask_part(demo.name, demo.method("deep").key, "more_steps", {"what": what, "seed": seed})
        draw(job, said.MORE_SAID, "{caption}")
    else:
        last = st.number_input(said.WALK_TO, 0, 9999, (seed + 1) % 10_000, key=f"walk_{demo.name}_{given.digest[:16]}")
        job = ask_part(demo.name, demo.method("deep").key, "walk", {"what": what, "first": seed, "last": int(last)})
        draw(job, said.WALK_SAID, said.PLACE)


def draw(job: Asked, sentence: str, caption: str) -> None:
    """The pictures in columns, one for each moment, and what to see in them."""
    place = Place()
    if not job.done:
        place.html(f'<div class="dl-wait" role="status">{words.WORKING}</div>')
    settle([(job, lambda _: None)])
    if job.error is not None:
        place.html(f"<p>{escape(str(job.error))}</p>")
        return
    place.html(columns_html(job.result(0).result, caption) + f'<div class="dl-told">{escape(sentence)}</div>')


def columns_html(made: Made, caption: str) -> str:
    """A column of pictures for each moment, with its caption."""
    columns = []
    for moment, name in zip(made.frames, made.captions):
        under = escape(caption.format(caption=name))
        pictures = "".join(f'<img src="{png_uri(one)}" alt="{under}">' for one in moment)
        columns.append(f"<figure>{pictures}<figcaption>{under}</figcaption></figure>")
    return f'<div class="dl-made rows">{"".join(columns)}</div>'
