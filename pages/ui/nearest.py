"""The taught examples nearest to a new one, as a row of small pictures; sounds can be played."""

from __future__ import annotations

from html import escape

import numpy as np

from demos.teach_it.page_words import EXAMPLE
from demos.teach_it.results import Nearest
from pages.ui.images import bytes_uri, data_uri
from pages.ui.teach_kinds import in_colour, wav_of

SIDE = 96  # px


def nearest_html(found: Nearest) -> str:
    """The nearest first, each with its name and which one of its name's examples it is."""
    cells = "".join(
        f'<figure>{_drawn(found, place, name)}<figcaption>{escape(name)}<i>{EXAMPLE.format(number=number)}</i></figcaption></figure>'
        for place, (name, number) in enumerate(zip(found.names, found.numbers)))
    return f'<div class="dl-nearest{" sounds" if found.sounds is not None else ""}">{cells}</div>'


def _drawn(found: Nearest, place: int, name: str) -> str:
    thumb: np.ndarray = found.thumbs[place]
    if found.sounds is None:
        return f'<img src="{data_uri(thumb, SIDE)}" alt="{escape(name)}">'
    return (f'<img src="{data_uri(in_colour(thumb), SIDE)}" alt="{escape(name)}">'
            f'<audio controls controlslist="nodownload noplaybackrate" preload="none" '
            f'aria-label="{escape(name)}" src="{bytes_uri(wav_of(found.sounds[place]), "audio/wav")}"></audio>')
