"""Kinds of networks, each as one drawing: neurons, windows, loops, and what is handed on."""

from __future__ import annotations

from collections.abc import Callable

from pages.ui.drawing import circle, drawing_html, text
from pages.ui.style import ink, soft

VIEW = "0 0 640 260"
Place = tuple[float, float]


def line(start: Place, end: Place, width: float = 1.5, arrow: bool = False) -> str:
    """A line, with a head at its end if wanted."""
    head = ""
    if arrow:
        (x, y), (u, v) = start, end
        length = max(((u - x) ** 2 + (v - y) ** 2) ** 0.5, 1)
        dx, dy = 11 * (u - x) / length, 11 * (v - y) / length
        head = f'<path d="M{u} {v} L{u - dx - dy / 2:.1f} {v - dy + dx / 2:.1f} L{u - dx + dy / 2:.1f} {v - dy - dx / 2:.1f}Z" fill="{ink()}"/>'
    return f'<line x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" stroke="{ink()}" stroke-width="{width}"/>{head}'


def box(x: float, y: float, wide: float, high: float, words: str = "", dark: bool = False) -> str:
    """A box with words in its middle."""
    return (f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="7" fill="{soft()}" stroke="{ink()}" '
            f'stroke-width="{3 if dark else 1.5}"/>' + (text(x + wide / 2, y + high / 2 + 6, words, 16) if words else ""))


def column(x: float, count: int, high: float = 210) -> list[Place]:
    """The places of `count` neurons one above the other, in the drawing's middle."""
    gap = high / count
    return [(x, 130 + gap * (place - (count - 1) / 2)) for place in range(count)]


def layers(sizes: tuple[int, ...], radius: float = 13) -> str:
    """Layers of neurons, each joined to all of the next."""
    step = 520 / (len(sizes) - 1)
    columns = [column(60 + step * number, size) for number, size in enumerate(sizes)]
    lines = "".join(line(start, end, 1) for one, other in zip(columns, columns[1:]) for start in one for end in other)
    return lines + "".join(circle(*place, radius, "", 12) for places in columns for place in places)


def grid(x: float, y: float, side: int, cell: float) -> str:
    """A square of cells."""
    return "".join(f'<rect x="{x + cell * i}" y="{y + cell * j}" width="{cell}" height="{cell}" fill="{soft()}" '
                   f'stroke="{ink()}" stroke-width=".8"/>' for i in range(side) for j in range(side))


def cnn() -> str:
    """A picture, a window on it, smaller and smaller maps, and an answer."""
    parts = grid(20, 40, 9, 20) + f'<rect x="60" y="80" width="60" height="60" fill="none" stroke="{ink()}" stroke-width="5"/>'
    for number in range(3):
        parts += grid(262 + 14 * number, 62 + 14 * number, 5, 18)
    for number in range(4):
        parts += grid(450 + 10 * number, 92 + 10 * number, 2, 18)
    parts += line((120, 110), (262, 100), 1.5, True) + line((385, 130), (446, 128), 1.5, True)
    return parts + line((525, 136), (580, 136), 1.5, True) + circle(605, 136, 24, "", 14)


def chain(words: tuple[str, ...]) -> str:
    """The same box at each piece, handing its memory on."""
    parts = ""
    for number, word in enumerate(words):
        x = 40 + 150 * number
        parts += box(x, 95, 90, 62) + circle(x + 45, 220, 24, word, 18) + circle(x + 45, 36, 20, "", 14)
        parts += line((x + 45, 194), (x + 45, 160), 2, True) + line((x + 45, 94), (x + 45, 59), 2, True)
        if number:
            parts += line((x - 60, 126), (x - 2, 126), 3, True)
    return parts


def lstm() -> str:
    """One cell: a band of memory above, three gates below."""
    parts = box(90, 40, 460, 180) + line((30, 80), (605, 80), 5, True) + line((30, 180), (90, 180), 3, True)
    for number, sign in enumerate(("×", "+", "×")):
        x = 190 + 130 * number
        parts += circle(x, 80, 17, sign, 20) if number < 2 else circle(x, 150, 17, sign, 20)
        parts += box(x - 36, 168, 72, 36, ("f", "i", "o")[number], True)
        parts += line((x, 166), (x, 99 if number < 2 else 169), 2, number < 2)
    return parts + line((450, 80), (450, 132), 2, True) + line((450, 134), (605, 134), 3, True)


def transformer() -> str:
    """Words, each joined to all the others by lines of unlike width."""
    low, high = [(70 + 125 * number, 220.0) for number in range(5)], [(70 + 125 * number, 50.0) for number in range(5)]
    lines = "".join(line(start, end, 0.6 + 4.5 * ((7 * i + 3 * j) % 5 == 1)) for i, start in enumerate(low)
                    for j, end in enumerate(high))
    return lines + "".join(circle(*place, 24, "", 14) for place in (*low, *high))


def diffusion() -> str:
    """Squares from noise to a shape."""
    parts = ""
    for number in range(5):
        x, clear = 20 + 125 * number, number / 4
        for i in range(8):
            for j in range(8):
                noise, shape = ((13 * i + 7 * j + 5 * i * j) % 11) / 10, 1.0 if 4 <= (i - 3.5) ** 2 + (j - 3.5) ** 2 <= 11 else 0.0
                depth = (1 - clear) * noise + clear * shape
                parts += (f'<rect x="{x + 12 * i}" y="{82 + 12 * j}" width="12" height="12" fill="{ink()}" '
                          f'fill-opacity="{depth:.2f}"/>')
        parts += f'<rect x="{x}" y="82" width="96" height="96" fill="none" stroke="{ink()}"/>'
        parts += line((x + 100, 130), (x + 121, 130), 2, True) if number < 4 else ""
    return parts


def graph() -> str:
    """People who know each other, and one of them hearing from the neighbours."""
    places = ((90, 70), (80, 190), (230, 130), (370, 55), (390, 205), (540, 90), (550, 200))
    pairs = ((0, 1), (0, 2), (1, 2), (2, 3), (2, 4), (3, 5), (4, 6), (5, 6), (3, 4))
    lines = "".join(line(places[one], places[other], 2) for one, other in pairs)
    heard = "".join(line(places[one], (230 + 0.25 * (places[one][0] - 230), 130 + 0.25 * (places[one][1] - 130)), 5, True)
                    for one in (0, 1, 3, 4))
    return lines + heard + "".join(circle(*place, 26 if number == 2 else 20, "", 14, soft() if number == 2 else "")
                                   for number, place in enumerate(places))


DRAWN: dict[str, Callable[[], str]] = {
    "dense": lambda: layers((4, 6, 6, 2)), "cnn": cnn, "rnn": lambda: chain(("c", "a", "t", "s")), "lstm": lstm,
    "transformer": transformer, "autoencoder": lambda: layers((7, 4, 2, 4, 7)), "diffusion": diffusion, "graph": graph}


def kind_html(kind: str, alt: str) -> str:
    """The drawing of a kind of network."""
    return drawing_html(VIEW, DRAWN[kind](), alt)
