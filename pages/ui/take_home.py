"""Take it home: one HTML file with both answers and what the network looked at, made in memory, for a visitor to keep.

It asks nothing of any host, and what the visitor gave is in it only where they tick that.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape

import streamlit as st

from demos.base import Demo
from demos.jobs import Look
from demos.results import View
from pages.ui import words
from pages.ui.images import bytes_uri
from pages.ui.style import CSS
from pages.ui.why import views_html

MOST_BYTES = 1_000_000
ROOM = 1_000  # for headings


def page_html(demo: Demo, duel: str, views: list[View], look: Look | None) -> str:
    """The whole file; `duel` is the duel as drawn, `look` what was given, or None to leave it out."""
    given = "" if look is None else f"<h2>{words.TAKEN_GIVEN}</h2>{given_html(look)}"
    duel = duel if look is not None else without_pictures(duel)
    left = MOST_BYTES - len(_whole(demo, given, duel, "").encode())
    figures = ""
    for view in views:
        figure = views_html([view])
        if len(figures) + len(figure.encode()) + ROOM > left:
            break
        figures += figure
    return _whole(demo, given, duel, f"<h2>{words.WHY}</h2>{figures}" if figures else "")


def _whole(demo: Demo, given: str, duel: str, why: str) -> str:
    said = words.TAKEN_SAID.format(project=words.PROJECT, date=date.today().isoformat())
    return (f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{escape(demo.question)}</title><style>{CSS} body {{ font-family: sans-serif; margin: 2rem auto; "
            f"max-width: 70rem; padding: 0 1rem; }} body.stApp {{ color-scheme: light dark; background: var(--paper); "
            f'color: var(--ink); }}</style><body class="stApp"><h1>{escape(demo.question)}</h1>'
            f'<p class="dl-lede">{escape(demo.summary)}</p>{given}{duel}{why}<p class="dl-told">{escape(said)}</p>')


def without_pictures(html: str) -> str:
    """The same without any picture: some duels draw on what was given."""
    return re.sub(r"<img[^>]*>", "", html)


def given_html(look: Look) -> str:
    """What was given, as a picture or as words; of sounds and tables only their kind."""
    if look.kind == "picture":
        return "".join(f'<p><img style="max-width:100%;max-height:24rem" src="{bytes_uri(one.preview, "image/jpeg")}" alt=""></p>'
                       for one in (look, *look.others))
    if look.kind in ("text", "number"):
        return f'<blockquote class="dl-words">{escape(look.preview.decode())}</blockquote>'
    return f"<p>{escape(words.TAKEN_OTHER)}</p>"


def offer(demo: Demo, duel: str, views: list[View], look: Look | None) -> None:
    """The tick and the button; draw it inside the place where it shall stand."""
    ticked = look is not None and st.checkbox(words.TAKEN_TICK, key=f"take_given_{demo.name}")
    shown = views if ticked else []  # what the network looked at shows what was given, too
    st.caption(words.TAKEN_CAPTION)
    st.download_button(words.TAKEN_BUTTON, data=lambda: page_html(demo, duel, shown, look if ticked else None).encode(),
                       file_name=f"{demo.name}.html", mime="text/html", icon=":material/download:", on_click="ignore",
                       key=f"take_{demo.name}")
