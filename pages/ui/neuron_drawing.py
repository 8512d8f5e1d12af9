"""A neuron as a drawing: inputs on the left, lines as thick as their weights, the answer on the right."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from pages.ui.style import is_dark

WIDTH, HEIGHT = 560, 300


def neuron_svg(inputs: tuple[float, ...], weights: tuple[float, ...], bias: float, answer: float, names: tuple[str, ...],
               alt: str) -> str:
    """The picture as HTML; a line against (a weight below zero) is dashed."""
    ink, soft, paper = ("#ECE9E2", "#33373D", "#15171A") if is_dark() else ("#1C1B19", "#DDD9CF", "#FBFAF7")
    middle = (330, HEIGHT / 2)
    parts = []
    for number, (value, weight, name) in enumerate(zip(inputs, weights, names)):
        y = HEIGHT * (number + 1) / (len(inputs) + 1)
        dash = 'stroke-dasharray="10 7"' if weight < 0 else ""
        parts.append(f'<line x1="150" y1="{y}" x2="{middle[0]}" y2="{middle[1]}" stroke="{ink if weight else soft}" '
                     f'stroke-width="{1 + 4 * abs(weight):.1f}" {dash}/>')
        parts.append(_circle(120, y, 34, paper, ink, f"{value:g}") + _text(120, y - 43, ink, name, 15))
        parts.append(_text(222, y + (-14 if number == 0 else 26), ink, f"× {weight:g}".replace("-", "\u2212"), 17))
    parts.append(f'<line x1="{middle[0]}" y1="{middle[1]}" x2="470" y2="{middle[1]}" stroke="{ink}" stroke-width="3"/>')
    parts.append(_circle(*middle, 44, soft, ink, f"{bias:+g}".replace("-", "\u2212")))
    parts.append(_circle(486, middle[1], 40, paper, ink, f"{answer:.2f}"))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
           f'{"".join(parts)}</svg>')
    return f'<img class="dl-drawing" alt="{escape(alt)}" src="data:image/svg+xml,{quote(svg)}">'


def _circle(x: float, y: float, radius: float, fill: str, ink: str, text: str) -> str:
    return (f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{ink}" stroke-width="2.5"/>'
            + _text(x, y + 7, ink, text, 20))


def _text(x: float, y: float, ink: str, text: str, size: int) -> str:
    return f'<text x="{x}" y="{y:.0f}" font-size="{size}" fill="{ink}" text-anchor="middle">{escape(text)}</text>'
