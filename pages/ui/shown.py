"""What was given, as the models got it: the decoded picture, sound or text."""

from __future__ import annotations

from html import escape

import streamlit as st

from demos.jobs import Look
from pages.ui import words
from pages.ui.images import bytes_uri
from pages.ui.life_view import curves_html
from pages.ui.markup import Markup
from pages.ui.taste import rated_html


def shown(look: Look, title: str, key: str | None = None) -> None:
    """Draw it, with one line under it; `key` names the player of a sound."""
    if look.kind == "number":
        st.html(f'<figure class="dl-shown"><blockquote class="dl-words">{escape(look.preview.decode())}</blockquote>'
                f"<figcaption>{escape(title)}</figcaption></figure>")
        return
    if look.kind == "engine":
        st.html(curves_html(look, title))
        return
    if look.kind == "films":
        st.html(rated_html(look, title))
        return
    size = words.SIZE[look.kind].format(*look.size)
    if look.kind == "picture" and look.others:
        pair = "".join(f'<img src="{bytes_uri(one.preview, "image/jpeg")}" alt="{escape(title)}">'
                       for one in (look, *look.others))
        st.html(Markup(f'<figure class="dl-shown"><div class="dl-pair">{pair}</div>'
                       f"<figcaption>{escape(title)}</figcaption></figure>"))
    elif look.kind == "picture":
        st.html(Markup(f'<figure class="dl-shown"><img src="{bytes_uri(look.preview, "image/jpeg")}" alt="{escape(title)}">'
                       f"<figcaption>{escape(title)} ({size})</figcaption></figure>"))
    elif look.kind == "sound":
        with st.container(key=key):
            st.audio(look.preview, format="audio/wav", alt=title)
        st.caption(f"{title} ({size})")
    else:
        # no markdown: words from outside may name a picture on another host
        st.html(f'<figure class="dl-shown"><blockquote class="dl-words">{escape(look.preview.decode())}</blockquote>'
                f"<figcaption>{escape(title)} ({size})</figcaption></figure>")
