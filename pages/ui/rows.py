"""A table that a phone can read: there, each row is a small card whose cells name their column."""

from __future__ import annotations

from html import escape


def rows_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """The table as HTML; cells are HTML already, the head is words."""
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f'<td data-name="{escape(name)}">{cell}</td>' if number else f"<td>{cell}</td>"
                                    for number, (name, cell) in enumerate(zip(head, row))) + "</tr>" for row in rows)
    return f'<div class="dl-scroll"><table class="dl-table rows"><tr>{top}</tr>{body}</table></div>'
