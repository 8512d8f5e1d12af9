"""A text shaded by where a head of attention looks from one of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from pages.ui.results import percent

DARKEST = 60  # per cent of colour of what a head looks at most


def looks_html(pieces: Sequence[str], row: np.ndarray, piece: int, faint_after: bool = True) -> str:
    """The pieces, each shaded by how much the chosen one looks at it, by its row of shares `(n,)`.

    With `faint_after` those after it are faint, for a network that reads from left to right cannot see them.
    """
    spans, most = [], max(float(row.max()), 1e-6)
    for place, text in enumerate(pieces):
        share = float(row[place])
        space = text[:len(text) - len(text.lstrip())]
        kind = "dl-look from" if place == piece else "dl-look later" if faint_after and place > piece else "dl-look"
        depth = f"{DARKEST * share / most:.0f}%"
        spans.append(f'{escape(space)}<span class="{kind}" style="--p:{depth}" title="{percent(share)}">'
                     f"{escape(text[len(space):])}</span>")
    return f'<div class="dl-text lines">{"".join(spans)}</div>'
