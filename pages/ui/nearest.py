"""The taught examples nearest to a picture, as a row of small pictures."""

from __future__ import annotations

from html import escape

from demos.teach_it.page_words import EXAMPLE
from demos.teach_it.results import Nearest
from pages.ui.images import data_uri


def nearest_html(found: Nearest) -> str:
    """The nearest first, each with its name and which one of its name's examples it is."""
    cells = "".join(
        f'<figure><img src="{data_uri(thumb, 96)}" alt="{escape(name)}"><figcaption>{escape(name)}'
        f"<i>{EXAMPLE.format(number=number)}</i></figcaption></figure>"
        for thumb, name, number in zip(found.thumbs, found.names, found.numbers))
    return f'<div class="dl-nearest">{cells}</div>'
