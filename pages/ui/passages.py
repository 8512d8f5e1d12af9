"""Passages that were found, as HTML: the first in full, the others below it, each with a link to where it stands."""

from __future__ import annotations

from html import escape

from demos.text_results import Passages
from pages.ui import search_words as said


def title_html(result: Passages, number: int) -> str:
    """A passage's title, a link where it stands on a page of the dashboard; the link opens beside this page."""
    title, link = escape(result.items[number]), result.links[number]
    if not link:
        return title
    return (f'<a href="{escape(link)}" target="_blank" rel="noopener" title="{escape(said.OPEN)}">{title}'
            '<span aria-hidden="true"> ↗</span></a>')


def passages_html(result: Passages, family: str) -> str:
    """All passages with their scores; the bars are scaled to the largest."""
    most = max([float(score) for score in result.scores] + [1e-9])
    rows = []
    for number, (text, score) in enumerate(zip(result.texts, result.scores)):
        title = f"<b>{title_html(result, number)}</b>" if number else ""
        told = said.SCORE[family].format(score=float(score))
        rows.append(
            f'<li>{title}<p>{escape(text)}</p><div class="score"><div class="track"><div class="bar" '
            f'style="width:{100 * max(float(score), 0) / most:.0f}%"></div></div><span>{escape(told)}</span></div></li>')
    return f'<ol class="dl-passages">{"".join(rows)}</ol>' if rows else ""
