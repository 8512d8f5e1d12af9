"""Draws what stands on and beside a drawn road: cars from behind, people walking, traffic signs.

Each is drawn large on a clear square and then shrunk to its place, so that its edges are smooth. The signs are
drawn after the shapes of the German ones; nothing here is a photo.
"""

from __future__ import annotations

import math
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE = 512  # px of the square on which things are drawn
CAR_COLOURS = ((176, 28, 34), (222, 224, 226), (38, 58, 110), (70, 74, 80), (24, 26, 30), (150, 156, 164))
SHIRTS = ((196, 60, 52), (54, 104, 178), (232, 230, 222), (72, 126, 84), (226, 170, 58), (40, 40, 46))
TROUSERS = ((36, 42, 66), (30, 30, 34), (104, 92, 74))
SKINS = ((236, 200, 172), (150, 104, 76), (92, 62, 46), (214, 170, 134))
RED, BLUE, WHITE, BLACK = (196, 22, 36), (0, 82, 158), (246, 246, 244), (18, 18, 20)
LEAVES = ((58, 92, 44), (78, 108, 50), (46, 80, 52))


def _clear() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    return picture, ImageDraw.Draw(picture)


def _shade(colour: tuple[int, int, int], times: float) -> tuple[int, int, int]:
    return tuple(min(255, int(channel * times)) for channel in colour)


@lru_cache(maxsize=32)
def car(kind: int, lights: bool) -> Image.Image:
    """A car from behind, `(512, 512)` RGBA, in one of the colours; `lights` are on at dusk."""
    picture, draw = _clear()
    colour = CAR_COLOURS[kind % len(CAR_COLOURS)]
    dark, bright = _shade(colour, 0.55), _shade(colour, 1.25)
    tall = 60 if kind % 3 == 2 else 0  # a van
    draw.ellipse((6, 462, 506, 511), fill=(0, 0, 0, 120))  # shadow
    for x in (46, 388):
        draw.rounded_rectangle((x, 380, x + 78, 506), 18, fill=(16, 16, 18))
    draw.polygon(((98, 250), (142, 84 - tall), (170, 62 - tall), (342, 62 - tall), (370, 84 - tall), (414, 250)), fill=colour)
    draw.polygon(((128, 236), (160, 100 - tall), (352, 100 - tall), (384, 236)), fill=(34, 42, 52))
    draw.polygon(((128, 236), (160, 100 - tall), (236, 100 - tall), (196, 236)), fill=(78, 92, 106))  # a reflection
    draw.rounded_rectangle((30, 232, 482, 452), 46, fill=colour)
    draw.rounded_rectangle((52, 238, 460, 262), 12, fill=bright)
    draw.rounded_rectangle((30, 392, 482, 462), 26, fill=dark)  # bumper
    draw.line((120, 384, 392, 384), fill=dark, width=6)
    red = (255, 70, 50) if lights else (158, 18, 26)
    for x in (36, 390):
        draw.rounded_rectangle((x, 274, x + 86, 340), 18, fill=red)
        draw.rounded_rectangle((x + 26, 316, x + 62, 336), 6, fill=(244, 214, 190))
    draw.rounded_rectangle((192, 312, 320, 350), 5, fill=(238, 238, 230))  # plate
    draw.line((206, 331, 306, 331), fill=(60, 60, 66), width=12)
    if lights:
        glow = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        for x in (36, 390):
            ImageDraw.Draw(glow).ellipse((x - 16, 258, x + 102, 356), fill=(255, 60, 40, 170))
        picture = Image.alpha_composite(picture, glow.filter(ImageFilter.GaussianBlur(22)))
    return picture


@lru_cache(maxsize=64)
def person(kind: int, stride: float) -> Image.Image:
    """Somebody who walks past, `(512, 512)` RGBA with the figure 220 px wide; `stride` in [-1, 1] is the step."""
    picture, draw = _clear()
    shirt, trousers = SHIRTS[kind % len(SHIRTS)], TROUSERS[kind % len(TROUSERS)]
    skin, hair = SKINS[kind % len(SKINS)], (40, 30, 26) if kind % 3 else (96, 70, 40)
    middle, hip, swing = 256, 268, 66 * stride
    draw.ellipse((146, 488, 366, 511), fill=(0, 0, 0, 100))
    for side, cloth in ((-1, _shade(trousers, 0.75)), (1, trousers)):
        knee, foot = (middle + 0.55 * side * swing, 376), (middle + side * swing, 486)
        draw.line(((middle, hip), knee), fill=cloth, width=58)
        draw.line((knee, foot), fill=cloth, width=42)
        draw.ellipse((knee[0] - 23, knee[1] - 23, knee[0] + 23, knee[1] + 23), fill=cloth)
        draw.rounded_rectangle((foot[0] - 26, 478, foot[0] + 40, 502), 10, fill=(26, 24, 26))
    draw.line(((middle - 30, 120), (middle - 44 + 0.8 * swing, 262)), fill=_shade(shirt, 0.7), width=32)  # far arm
    draw.rounded_rectangle((middle - 56, 92, middle + 56, 288), 44, fill=shirt)
    draw.line(((middle + 34, 124), (middle + 48 - 0.8 * swing, 258)), fill=_shade(shirt, 0.85), width=32)
    hand = (middle + 50 - 0.85 * swing, 268)
    draw.ellipse((hand[0] - 15, hand[1] - 15, hand[0] + 15, hand[1] + 15), fill=skin)
    draw.rectangle((middle - 14, 72, middle + 14, 102), fill=skin)
    draw.ellipse((middle - 35, 8, middle + 35, 88), fill=skin)
    draw.pieslice((middle - 38, 4, middle + 38, 84), 160, 372, fill=hair)
    return picture


@lru_cache(maxsize=8)
def tree(kind: int) -> Image.Image:
    """A tree, `(512, 512)` RGBA."""
    picture, draw = _clear()
    random = Random(kind)
    draw.rectangle((242, 300, 270, 508), fill=(84, 66, 50))
    for number in range(90):
        turn, far, radius = random.uniform(0, 6.28), random.uniform(0, 1) ** 0.5, random.uniform(20, 52)
        x, y = 256 + 150 * far * math.cos(turn), 180 + 140 * far * math.sin(turn)
        leaf = _shade(LEAVES[kind % 3], random.uniform(0.7, 1.05) + 0.25 * (y < 170))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=leaf)
    return picture


def _corners(count: int, radius: float, turn: float) -> list[tuple[float, float]]:
    middle = SIDE / 2
    return [(middle + radius * math.cos(turn + 2 * math.pi * i / count),
             middle + radius * math.sin(turn + 2 * math.pi * i / count)) for i in range(count)]


def _write(draw: ImageDraw.ImageDraw, text: str, size: int, colour: tuple[int, int, int]) -> None:
    font = ImageFont.load_default(size)
    draw.text((SIDE / 2, SIDE / 2), text, fill=colour, font=font, anchor="mm", stroke_width=size // 22,
              stroke_fill=colour)


@lru_cache(maxsize=16)
def sign(name: str) -> Image.Image:
    """A traffic sign of `road.SIGNS` that fills the square, `(512, 512)` RGBA."""
    picture, draw = _clear()
    if name == "Stop":
        draw.polygon(_corners(8, 254, math.pi / 8), fill=WHITE)
        draw.polygon(_corners(8, 236, math.pi / 8), fill=RED)
        _write(draw, "STOP", 158, WHITE)
    elif name == "Give way":
        draw.polygon(((6, 34), (506, 34), (256, 466)), fill=RED)
        draw.polygon(((104, 92), (408, 92), (256, 354)), fill=WHITE)
    elif name.startswith("Speed limit"):
        draw.ellipse((4, 4, 508, 508), fill=RED)
        draw.ellipse((68, 68, 444, 444), fill=WHITE)
        _write(draw, name.split()[-1], 262, BLACK)
    elif name == "Priority road":
        draw.polygon(_corners(4, 254, 0), fill=WHITE)
        draw.polygon(_corners(4, 238, 0), fill=BLACK)
        draw.polygon(_corners(4, 228, 0), fill=WHITE)
        draw.polygon(_corners(4, 158, 0), fill=(250, 190, 20))
    elif name == "No entry":
        draw.ellipse((4, 4, 508, 508), fill=RED)
        draw.rectangle((84, 206, 428, 306), fill=WHITE)
    else:  # keep right: an arrow to the lower right
        draw.ellipse((4, 4, 508, 508), fill=BLUE)
        draw.line((140, 140, 350, 350), fill=WHITE, width=64)
        draw.polygon(((400, 400), (400, 210), (210, 400)), fill=WHITE)
    return picture
