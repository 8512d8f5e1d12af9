"""How answers about a machine's life are drawn: a guess between its low and high one, what sensors did, LSTM gates."""

from __future__ import annotations

from html import escape

import numpy as np
from PIL import Image

from demos.drawn import colours
from demos.jobs import Look
from demos.picture_results import png_uri
from demos.series_results import Effects, Gates, Life
from pages.ui import life_words as said
from pages.ui.drawing import drawing_html
from pages.ui.style import ink

CELL = (14, 7)  # px of one flight and one cell in the picture of the gates
WIDE, HIGH, GAP = 340, 54, 12  # of one sensor's curve


def life_html(life: Life) -> str:
    """A line from 0 to the most, with the guess as a mark and a band from the low to the high one."""
    low, at, high = (float(one[-1]) for one in (life.low, life.expected, life.high))
    share = 100 / life.most
    sentence = said.BAND.format(low=low, high=high)
    band = f"left:{low * share:.1f}%;width:{max(high - low, 1) * share:.1f}%"
    return (f'<div class="dl-life" role="img" aria-label="{escape(sentence)}"><div class="band" style="{band}"></div>'
            f'<div class="mark" style="left:{at * share:.1f}%"></div></div>'
            f"{_ends(said.NONE_LEFT, said.MOST_LEFT.format(most=life.most))}"
            f'<div class="dl-sure">{escape(sentence)}</div>')


def _ends(left: str, right: str) -> str:
    """The words under both ends of a line."""
    return f'<div class="dl-ends"><span>{escape(left)}</span><span>{escape(right)}</span></div>'


def effects_html(effects: Effects) -> str:
    """A bar for each thing that moved the guess, the strongest first; to the left where it took time off."""
    order = [i for i in np.argsort(-np.abs(effects.values)) if abs(effects.values[i]) >= 0.05]
    low, high = min(0.0, float(effects.values.min())), max(0.0, float(effects.values.max()))
    rows = "".join(f'<div class="row"><div class="name"><b>{escape(effects.names[i])}</b></div>'
                   f"{_bar(float(effects.values[i]), low, max(high, low + 1e-6))}"
                   f'<div class="share">{_signed(float(effects.values[i]))}</div></div>' for i in order)
    key = f'<div class="key"><span>{said.LESS}</span><span>{said.MORE}</span></div>'
    return f'<div class="dl-pushes">{rows}{key}</div>' if order else ""


def _bar(value: float, low: float, high: float) -> str:
    """A bar from the line of nought, to the left for less; the page's tables draw reasons so too."""
    nought, width = (100 * one / (high - low) for one in (-low, abs(value)))
    left = nought if value > 0 else nought - width
    return (f'<div class="track" style="--nought:{nought:.1f}%"><i class="{"for" if value > 0 else "against"}" '
            f'style="left:{left:.1f}%;width:{width:.1f}%"></i></div>')


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def gates_html(gates: Gates) -> str:
    """A picture for each gate and one of what the cells give out: cells from top to bottom, steps from left to right.

    The cells stand in the order of what they give out at the end, so that those that say the same stand together.
    """
    order = np.argsort(-gates.held[:, -1], kind="stable")
    shown = [(name, gate.mean(), gate[order]) for name, gate in zip(gates.names, gates.gates)]
    last = gates.first + gates.held.shape[1] - 1
    figures = [_map(said.GATE.format(name=name), said.OPEN.format(share=100 * mean), values, gates.first, last)
               for name, mean, values in shown]
    figures.append(_map(said.GIVEN_OUT, said.GIVEN_OUT_SAID, (gates.held[order] + 1) / 2, gates.first, last))
    return f'<div class="dl-gates">{"".join(figures)}</div>'


def _map(title: str, under: str, values: np.ndarray, first: int, last: int) -> str:
    level = (np.clip(values, 0, 1) * 255).astype(np.uint8)
    picture = Image.fromarray(colours("Viridis")[level])
    picture = picture.resize((level.shape[1] * CELL[0], level.shape[0] * CELL[1]), Image.Resampling.NEAREST)
    ends = _ends(said.FLIGHT.format(number=first), said.FLIGHT.format(number=last))
    return (f'<figure><figcaption><b>{escape(title)}</b></figcaption><img src="{png_uri(np.asarray(picture))}" '
            f'alt="{escape(title)}: {escape(under)}">{ends}<span>{escape(under)}</span></figure>')


def curves_html(look: Look, title: str) -> str:
    """The sensors of a record, each as a line from its first flight to its last."""
    rows = [line.split("\t") for line in look.preview.decode().splitlines()]
    parts = []
    for number, (name, values) in enumerate(rows):
        heights = np.array([float(value) for value in values.split()])
        low, high = min(-4.0, float(heights.min())), max(4.0, float(heights.max()))
        x = np.linspace(0, WIDE, len(heights))
        y = number * (HIGH + GAP + 14) + 16 + HIGH * (high - heights) / (high - low)
        line = " ".join(f"{one:.1f},{two:.1f}" for one, two in zip(x, y))
        top = number * (HIGH + GAP + 14) + 11
        parts.append(f'<text x="0" y="{top}" font-size="12" fill="{ink()}">{escape(name)}</text>'
                     f'<polyline points="{line}" fill="none" stroke="{ink()}" stroke-width="1.2"/>')
    alt = said.CURVES.format(title=title, flights=look.size[0])
    drawn = drawing_html(f"-2 -2 {WIDE + 4} {len(rows) * (HIGH + GAP + 14)}", "".join(parts), alt)
    return f'<figure class="dl-shown dl-curves">{drawn}<figcaption>{escape(alt)}</figcaption></figure>'
