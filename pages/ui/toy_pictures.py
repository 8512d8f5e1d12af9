"""Pictures of the lessons' toys as plain images: they change three times a second without a flicker."""

from __future__ import annotations

from html import escape

import numpy as np

from demos.picture_results import png_uri
from pages.ui.drawing import drawing_html, svg_uri
from pages.ui.style import ink, is_dark, paper
from pages.ui.toy_charts import KINDS, NO_YES

REACH = 1.25  # the plane goes from -1.25 to 1.25


def shades(answers: np.ndarray, low: float | None = None, high: float | None = None) -> np.ndarray:
    """`(side, side, 3)` uint8, the top row first: what a neuron answers, by default from its lowest to its highest."""
    low, high = float(answers.min()) if low is None else low, float(answers.max()) if high is None else high
    share = np.clip((answers - low) / max(high - low, 1e-9), 0, 1)
    stops = np.array([[int(colour[i:i + 2], 16) for i in (1, 3, 5)] for colour in NO_YES[1 if is_dark() else 0]], float)
    mixed = [np.interp(share, [0, 0.5, 1], stops[:, channel]) for channel in range(3)]
    return np.stack(mixed, axis=-1)[::-1].round().astype(np.uint8)


def plane_html(answers: np.ndarray, points: np.ndarray, kinds: np.ndarray, alt: str) -> str:
    """What a network answers at each place `(side, side)`, from 0 to 1, and the points over it."""
    marks, edge, fills = [], paper(), [kind[1 if is_dark() else 0] for kind in KINDS]
    for (x, y), kind in zip(points, np.asarray(kinds).astype(int)):
        left, top = 100 * (x + REACH) / (2 * REACH), 100 * (REACH - y) / (2 * REACH)
        shape = (f'circle cx="{left:.2f}" cy="{top:.2f}" r="1.05"' if kind
                 else f'rect x="{left - 0.95:.2f}" y="{top - 0.95:.2f}" width="1.9" height="1.9"')
        marks.append(f'<{shape} fill="{fills[kind]}" stroke="{edge}" stroke-width=".3"/>')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{"".join(marks)}</svg>'
    return (f'<div class="dl-plane"><img src="{png_uri(shades(answers, 0, 1))}" alt="{escape(alt)}">'
            f'<img class="layer" alt="" src="{svg_uri(svg)}"></div>')


def loss_html(history: list[float], alt: str) -> str:
    """The loss after each step as one line, from 0 at the bottom to its highest at the top."""
    keep = np.unique(np.linspace(0, len(history) - 1, min(len(history), 240)).astype(int))
    high, last = max(history), max(len(history) - 1, 1)
    line = " ".join(f"{300 * step / last:.1f},{95 - 90 * history[step] / high:.1f}" for step in keep)
    parts = (f'<path d="M0 5V95H300" fill="none" stroke="{ink()}" stroke-opacity=".4"/>'
             f'<polyline points="{line}" fill="none" stroke="{ink()}" stroke-width="2"/>'
             f'<text x="-4" y="9" text-anchor="end">{high:.2g}</text><text x="-4" y="98" text-anchor="end">0</text>'
             f'<text x="300" y="109" text-anchor="end">{len(history) - 1}</text>')
    return drawing_html("-26 0 330 112", parts, alt, font_size=10, fill=ink())
