"""Drawings for the lessons: circles, texts and lines in the page's colours, as one picture with its sentence."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from pages.ui.style import ink, paper


def svg_uri(svg: str) -> str:
    """An SVG as a data address for `<img src>`."""
    return f"data:image/svg+xml,{quote(svg)}"


def drawing_html(view: str, parts: str, alt: str, **attributes: object) -> str:
    """The parts as one picture; `view` is the SVG's viewBox, `attributes` hold for all parts."""
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-family="sans-serif"{given}>{parts}</svg>'
    return f'<img class="dl-drawing" alt="{escape(alt)}" src="{svg_uri(svg)}">'


def circle(x: float, y: float, radius: float, words: str, size: int, fill: str = "") -> str:
    """A neuron: a circle with what stands in it."""
    return (f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill or paper()}" stroke="{ink()}" stroke-width="2.5"/>'
            + text(x, y + 7, words, size))


def text(x: float, y: float, words: str, size: int) -> str:
    """Words with their middle at `x`."""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{ink()}" text-anchor="middle">{escape(words)}</text>'
