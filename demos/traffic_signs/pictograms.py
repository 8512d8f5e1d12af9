"""The 43 signs as drawings of this project: SVG for pages, and pictures for the samples.

`pictograms.txt` holds the shapes and says how they are written. Nothing here is copied from a data set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

COLOURS = {"R": "#c1272d", "W": "#ffffff", "K": "#1c1b19", "B": "#0b5ca8", "Y": "#f5b800", "G": "#8a8a8a",
           "N": "#1f8a4c"}
Point = tuple[float, float]
BETWEEN = 6  # points on a smooth line from one of its points to the next


@dataclass(frozen=True)
class Shape:
    """A filled "p", a line "l" of `width` with round ends, or a disc "d" or ring "o" around its only point."""

    kind: str
    colour: str
    points: tuple[Point, ...]
    width: float = 0.0
    radius: float = 0.0


def _point(text: str) -> Point:
    return tuple(map(float, text.split(",")))  # type: ignore[return-value]


def _smooth(points: list[Point], closed: bool) -> list[Point]:
    """More points on a Catmull-Rom curve through these (Catmull and Rom 1974)."""
    closed = closed or points[0] == points[-1]
    row = points[:-1] if points[0] == points[-1] else points
    ends = (row[-1:], row[:2]) if closed else (row[:1], row[-1:])
    row = [*ends[0], *row, *ends[1]]
    found: list[Point] = []
    for a, b, c, d in zip(row, row[1:], row[2:], row[3:]):
        for number in range(BETWEEN):
            t = number / BETWEEN
            found.append(tuple(0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2
                                      + (3 * q - p - 3 * r + s) * t**3) for p, q, r, s in zip(a, b, c, d)))
    return [*found, row[-2]]


@lru_cache(maxsize=1)
def _written() -> dict[str, list[list[str]]]:
    """The words of each line, under the heading it stands below, such as "sign 14"."""
    found: dict[str, list[list[str]]] = {}
    for line in Path(__file__).with_suffix(".txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        first, *rest = line.split()
        if first in ("glyph", "symbol", "sign"):
            found[line] = lines = []
            continue
        lines.append([first, *rest])
    return found


def _placed(shapes: list[Shape], scale: float, x: float, y: float, mirror: bool = False) -> list[Shape]:
    """The shapes made larger by `scale` and then moved."""
    across = -scale if mirror else scale
    return [Shape(one.kind, one.colour, tuple((px * across + x, py * scale + y) for px, py in one.points),
                  one.width * scale, one.radius * scale) for one in shapes]


def _shapes(heading: str, colour: str) -> list[Shape]:
    """What stands below a heading, `colour` put for C."""
    found: list[Shape] = []
    for kind, ink, *rest in _written()[heading]:
        ink = colour if ink == "C" else ink
        if kind in "sf":
            at, size = _point(rest[1]), float(rest[2]) / 100
            half = 50 * size
            found += _placed(_shapes(f"symbol {ink}", rest[0]), size, at[0] + (half if kind == "f" else -half),
                             at[1] - half, kind == "f")
            continue
        if kind == "t":
            found += _text(rest[0], ink, _point(rest[1]), float(rest[2]))
        elif kind in "do":
            *width, at, radius = rest
            found.append(Shape(kind, ink, (_point(at),), float(width[0]) if width else 0.0, float(radius)))
        else:
            width = float(rest.pop(0)) if kind in "lc" else 0.0
            points = [_point(text) for text in rest]
            points = _smooth(points, kind == "b") if kind in "bc" else points
            found.append(Shape("l" if kind in "lc" else "p", ink, tuple(points), width))
    return found


def _text(text: str, ink: str, middle: Point, height: float) -> list[Shape]:
    """Characters beside each other, `height` high, around `middle`."""
    scale, step = height / 11.7, 7.6
    left = middle[0] - scale * (step * len(text) - (step - 6)) / 2
    return [shape for place, one in enumerate(text)
            for shape in _placed(_shapes(f"glyph {one}", ink), scale, left + place * step * scale,
                                 middle[1] - 5 * scale)]


@lru_cache(maxsize=43)
def shapes(number: int) -> tuple[Shape, ...]:
    """The shapes of a sign 0-42 on a field of 100 by 100, from the back to the front."""
    return tuple(_shapes(f"sign {number}", "K"))


@lru_cache(maxsize=43)
def svg(number: int) -> str:
    """A sign 0-42 as an SVG document without a size of its own."""
    drawn = []
    for one in shapes(number):
        ink = COLOURS[one.colour]
        (x, y), points = one.points[0], " ".join(f"{px:.1f},{py:.1f}" for px, py in one.points)
        if one.kind == "p":
            drawn.append(f'<polygon points="{points}" fill="{ink}"/>')
        elif one.kind == "l":
            drawn.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="{one.width:.1f}" '
                         'stroke-linecap="round" stroke-linejoin="round"/>')
        else:
            paint = f'fill="{ink}"' if one.kind == "d" else f'fill="none" stroke="{ink}" stroke-width="{one.width:.1f}"'
            drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{one.radius:.1f}" {paint}/>')
    return f'<svg viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'


def picture(number: int, side: int) -> Image.Image:
    """A sign 0-42 as a picture with transparency, `side` pixels wide, drawn at four times that."""
    from PIL import Image, ImageDraw

    large, scale = Image.new("RGBA", (4 * side, 4 * side)), 4 * side / 100
    pen = ImageDraw.Draw(large)
    for one in shapes(number):
        ink, points = COLOURS[one.colour], [(x * scale, y * scale) for x, y in one.points]
        rim = one.width * scale / 2
        if one.kind == "p":
            pen.polygon(points, fill=ink)
        elif one.kind == "l":
            pen.line(points, fill=ink, width=round(2 * rim), joint="curve")
            for x, y in (points[0], points[-1]):
                pen.ellipse((x - rim, y - rim, x + rim, y + rim), fill=ink)
        else:
            (x, y), reach = points[0], one.radius * scale + rim
            box = (x - reach, y - reach, x + reach, y + reach)
            pen.ellipse(box, fill=ink) if one.kind == "d" else pen.ellipse(box, outline=ink, width=round(2 * rim))
    return large.resize((side, side), Image.Resampling.LANCZOS)
