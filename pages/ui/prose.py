"""Running text as HTML: paragraphs, what is bold and what is code, which is all that a card's words use of Markdown."""

from __future__ import annotations

import re
from html import escape

MARKED = re.compile(r"\*\*(?P<b>.+?)\*\*|`(?P<code>.+?)`")


def inline_html(text: str) -> str:
    """A line of text; between two pairs of stars it is bold, between backticks it is code."""
    return MARKED.sub(lambda found: f"<{found.lastgroup}>{found[found.lastgroup or 0]}</{found.lastgroup}>", escape(text))


def prose_html(text: str) -> str:
    """Paragraphs, which an empty line parts."""
    return "".join(f"<p>{inline_html(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()))
