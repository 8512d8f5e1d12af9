"""Boxes and lanes drawn over the picture they were found in."""

from __future__ import annotations

from collections import Counter
from html import escape

import numpy as np

from demos.jobs import Look
from demos.results import Boxes, Scene
from demos.samples import said
from pages.ui import words
from pages.ui.drawing import svg_uri
from pages.ui.images import bytes_uri
from pages.ui.style import CLASSICAL, DEEP_ON_DARK

COLOURS = {"classical": CLASSICAL, "deep": DEEP_ON_DARK}  # on a photo, so the light blue in both themes
SIZES = (6.0, 4.5, 3.2)  # of names, in hundredths of the picture
LABELLED = 12  # boxes; with more the names would hide the picture


def found_html(look: Look, found: dict[str, Boxes], alt: str = "", small: bool = False, shares: bool = True) -> str:
    """The picture with what each family found in it; classical dashed, deep solid.

    Boxes of one family have their names, and their shares unless `shares` is off; a `small` picture has thick
    lines and no names.
    """
    named = len(found) == 1 and not small
    layers = "".join(f'<img class="layer" alt="" src="{layer_uri(boxes, look.size, family, named, shares, small)}">'
                     for family, boxes in found.items())
    alt = alt or ". ".join(f"{words.FAMILY[family]}: {counted(boxes)}" for family, boxes in found.items())
    return (f'<div class="dl-over"><img src="{bytes_uri(look.preview, "image/jpeg")}" alt="{escape(alt)}">'
            f"{layers}</div>")


def counted(boxes: Boxes) -> str:
    """'pedestrian × 3, vehicle', or that nothing was found."""
    counts = Counter(boxes.names)
    return ", ".join(f"{name} × {n}" if n > 1 else name for name, n in counts.items()) or said(boxes)


def layer_uri(boxes: Boxes, size: tuple[float, ...], family: str, named: bool = True, shares: bool = True,
              small: bool = False) -> str:
    """The boxes and lanes as a transparent SVG the size of the picture, as a data address."""
    width, height = size
    unit = max(width, height) / (40 if small else 100)
    colour, dash = COLOURS[family], f'stroke-dasharray="{2 * unit:.1f} {unit:.1f}"' if family == "classical" else ""
    named = named and len(boxes.names) <= LABELLED
    lines = [_line(lane, unit, colour, dash) for lane in (boxes.lanes if isinstance(boxes, Scene) else ())]
    texts = [f"{name} {100 * min(float(score), 1):.0f} %" if shares else name
             for name, score in zip(boxes.names, boxes.scores)]
    drawn = [_box(xyxy, colour, unit, dash) for xyxy in boxes.xyxy]
    if named:
        drawn += _names(boxes.xyxy, texts, unit, colour, width)
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">'
           f'{"".join(lines)}{"".join(drawn)}</svg>')
    return svg_uri(svg)


def _box(xyxy: np.ndarray, colour: str, unit: float, dash: str) -> str:
    """One box with a dark edge, so that it is seen on any picture."""
    x0, y0, x1, y1 = map(float, xyxy)
    shape = f'x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" rx="{unit / 2:.1f}" fill="none"'
    return (f'<rect {shape} stroke="#15171A" stroke-opacity=".55" stroke-width="{unit:.1f}"/>'
            f'<rect {shape} stroke="{colour}" stroke-width="{0.55 * unit:.2f}" {dash}/>')


def _names(boxes: np.ndarray, texts: list[str], unit: float, colour: str, width: float) -> list[str]:
    """The names above their boxes or below, inside the picture, as large as they all fit, to be read from afar.

    A name is begun less than half its length before its box, else it would seem to be another's; at the smallest
    size it may be, and a name that would lie on another is left out.
    """
    drawn: list[str] = []
    for size in SIZES:
        fitting = min([size * unit, *(width / (0.58 * len(text) + 1) for text in texts)])
        drawn = _names_of_size(boxes, texts, fitting, colour, width)
        beside = all(x0 + _length(text, fitting) / 2 <= width for (x0, *_), text in zip(boxes.tolist(), texts))
        if len(drawn) == len(texts) and beside:
            break
    return drawn


def _names_of_size(boxes: np.ndarray, texts: list[str], size: float, colour: str, width: float) -> list[str]:
    placed: list[tuple[float, float, float]] = []  # left, right and top of those that are drawn
    drawn = []
    for (x0, y0, _, y1), text in zip(boxes.tolist(), texts):
        length = _length(text, size)
        left = max(0.0, min(x0, width - length))
        tops = [y0 - 1.2 * size] * (y0 > 1.3 * size) + [y1 + 0.2 * size]
        free = [top for top in tops if not any(left < right and left + length > begin and abs(top - other) < 1.15 * size
                                               for begin, right, other in placed)]
        if free:
            placed.append((left, left + length, free[0]))
            drawn.append(_name(left, free[0], length, text, size, colour))
    return drawn


def _length(text: str, size: float) -> float:
    return 0.58 * size * len(text) + size


def _name(left: float, top: float, length: float, text: str, size: float, colour: str) -> str:
    return (f'<rect x="{left:.1f}" y="{top:.1f}" width="{length:.1f}" height="{1.15 * size:.1f}" rx="{size / 6:.1f}" '
            f'fill="#15171A" fill-opacity=".8"/><text x="{left + size / 2:.1f}" y="{top + 0.87 * size:.1f}" '
            f'font-family="sans-serif" font-size="{size:.1f}" fill="{colour}">{escape(text)}</text>')


def _line(lane: np.ndarray, unit: float, colour: str, dash: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in lane)
    return (f'<polyline points="{points}" fill="none" stroke="#15171A" stroke-opacity=".55" stroke-width="{1.6 * unit:.1f}"/>'
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{unit:.1f}" {dash}/>')
