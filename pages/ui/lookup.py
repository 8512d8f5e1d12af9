"""A list to be searched by typing, in which each entry has an address of its own: the glossary, the questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from demos import get_demo
from pages.ui import search_words as said
from pages.ui.sections import demo_page


@dataclass(frozen=True)
class LookUp:
    """The page's name, what names an entry in its address, and the words of the box and its count."""

    page: str
    by: str
    wanted: str
    help: str
    count: str
    none: str


def look_up(words: LookUp, find: Callable[[str], tuple[Any, ...]], drawn: Callable[..., str]) -> None:
    """The entry that the address names, a box to type in, and what `find` finds; `drawn(entries, chosen)` gives HTML."""
    address = st.query_params.get(words.by, "")
    chosen = tuple(entry for entry in find("") if entry.slug == address)
    if chosen:
        st.html(drawn(chosen, address))
    wanted = st.text_input(words.wanted, key=f"{words.page}_wanted", placeholder=words.help, max_chars=60)
    found = find(wanted)
    st.caption(words.count.format(count=len(found), all=len(find(""))))
    if found:
        st.html(drawn(found))
    else:
        st.text(words.none.format(wanted=wanted))
    st.page_link(demo_page(get_demo("search")), label=said.ASK_SEARCH, icon=":material/arrow_forward:")
