"""A neuron as a drawing: inputs on the left, lines as thick as their weights, the answer on the right."""

from __future__ import annotations

from pages.ui.drawing import circle, drawing_html, text
from pages.ui.style import ink, soft

WIDTH, HEIGHT = 560, 300


def neuron_svg(inputs: tuple[float, ...], weights: tuple[float, ...], bias: float, answer: float, names: tuple[str, ...],
               alt: str) -> str:
    """The picture as HTML; a line against (a weight below zero) is dashed."""
    middle = (330, HEIGHT / 2)
    parts = []
    for number, (value, weight, name) in enumerate(zip(inputs, weights, names)):
        y = HEIGHT * (number + 1) / (len(inputs) + 1)
        dash = 'stroke-dasharray="10 7"' if weight < 0 else ""
        parts.append(f'<line x1="150" y1="{y}" x2="{middle[0]}" y2="{middle[1]}" stroke="{ink() if weight else soft()}" '
                     f'stroke-width="{1 + 4 * abs(weight):.1f}" {dash}/>')
        parts.append(circle(120, y, 34, f"{value:g}", 20) + text(120, y - 43, name, 15))
        parts.append(text(222, y + (-14 if number == 0 else 26), f"× {weight:g}".replace("-", "\u2212"), 17))
    parts.append(f'<line x1="{middle[0]}" y1="{middle[1]}" x2="470" y2="{middle[1]}" stroke="{ink()}" stroke-width="3"/>')
    parts.append(circle(*middle, 44, f"{bias:+g}".replace("-", "\u2212"), 20, soft()))
    parts.append(circle(486, middle[1], 40, f"{answer:.2f}", 20))
    return drawing_html(f"0 0 {WIDTH} {HEIGHT}", "".join(parts), alt)
