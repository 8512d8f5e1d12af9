"""The glossary's entries as HTML, each with its own address and links to the pages where it is met."""

from __future__ import annotations

from html import escape

from demos import list_demos
from demos.glossary import Entry
from pages.ui import search_words as said
from pages.ui import words

OTHERS = {"how_this_works": words.HOW_THIS_WORKS, "ml_vs_dl": words.ML_VS_DL}


def entries_html(entries: tuple[Entry, ...], chosen: str = "") -> str:
    """A list of entries; the chosen one is marked."""
    questions = {**{demo.name: demo.question for demo in list_demos()}, **OTHERS}
    rows = []
    for entry in entries:
        also = f'<span class="also">{escape(said.ALSO.format(names=", ".join(entry.also)))}</span>' if entry.also else ""
        links = ", ".join(f'<a href="{page}">{escape(questions[page])}</a>' for page in entry.pages)
        rows.append(
            f'<div class="entry{" chosen" if entry.slug == chosen else ""}" id="{entry.slug}"><dt>{escape(entry.term)} '
            f'<a class="own" href="{entry.link}" aria-label="{escape(said.LINK_TO.format(term=entry.term))}">#</a>{also}</dt>'
            f"<dd>{escape(entry.says)}<br><span class=\"met\">{said.MET} {links}</span></dd></div>")
    return f'<dl class="dl-glossary">{"".join(rows)}</dl>'
