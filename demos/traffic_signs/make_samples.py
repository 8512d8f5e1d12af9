"""Draws the samples: `python -m demos.traffic_signs.make_samples` writes them, the same each time.

A sign from pictograms.py is seen a little from the side, in some light, before a blurred place that is drawn too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from demos.traffic_signs.pictograms import picture

FOLDER = Path(__file__).with_name("samples")
SIDE = 320  # pixels
LEAVES, WALL, ROAD = (78, 104, 62), (158, 142, 124), (96, 98, 96)


@dataclass(frozen=True)
class Scene:
    """A sign in a place: `lean` is how far its left edge is away (-1 to 1), `light` multiplies all colours.

    `share` is how much of the picture's width the sign fills; `blur` in pixels, `grain` in parts of 255.
    """

    number: int
    seed: int
    lean: float = 0.1
    turn: float = 0.0
    light: float = 1.0
    share: float = 0.86
    blur: float = 0.6
    grain: float = 4.0
    faded: float = 0.0


SCENES = {
    "stop": Scene(14, 1, lean=0.12, turn=-3),
    "thirty": Scene(1, 2, lean=-0.15, turn=2),
    "give_way": Scene(13, 3, lean=0.1, light=1.1),
    "no_entry": Scene(17, 4, lean=0.25, turn=4, light=0.9),
    "children": Scene(28, 5, lean=-0.1, turn=-4),
    "roundabout": Scene(40, 6, lean=0.15, light=0.8),
    "worn": Scene(25, 7, lean=0.2, turn=7, light=0.3, blur=4.0, grain=9, faded=0.5),
    "street": Scene(12, 8, share=0.14, blur=0.4),
}


def place(seed: int) -> Image.Image:
    """A blurred place: sky, trees or houses, ground."""
    dice = np.random.default_rng(seed)
    drawn = Image.new("RGB", (SIDE, SIDE), tuple(int(v) for v in np.array((170, 190, 210)) + dice.integers(-20, 20)))
    pen = ImageDraw.Draw(drawn)
    ground = int(SIDE * dice.uniform(0.62, 0.8))
    for _ in range(14):
        x, width, top = dice.integers(-60, SIDE), dice.integers(40, 140), dice.integers(60, ground - 30)
        leaves = dice.random() < 0.6
        colour = tuple(int(v) for v in np.array(LEAVES if leaves else WALL) * dice.uniform(0.75, 1.25))
        if leaves:
            pen.ellipse((x, top, x + width, ground + 30), fill=colour)
        else:
            pen.rectangle((x, top, x + width, ground), fill=colour)
    pen.rectangle((0, ground, SIDE, SIDE), fill=ROAD)
    return drawn.filter(ImageFilter.GaussianBlur(7))


def seen_from_the_side(sign: Image.Image, lean: float) -> Image.Image:
    """The sign with one upright edge farther away than the other."""
    side = sign.width
    far, narrow = 0.14 * abs(lean) * side, 0.35 * abs(lean) * side
    left, right = (far, 0.0) if lean > 0 else (0.0, far)
    corners = ((narrow / 2, left), (side - narrow / 2, right), (side - narrow / 2, side - right), (narrow / 2, side - left))
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (side, 0), (side, side), (0, side))):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    numbers = np.linalg.solve(np.array(rows, float), np.array(wanted, float))
    return sign.transform((side, side), Image.Transform.PERSPECTIVE, tuple(numbers), Image.Resampling.BICUBIC)


def draw(scene: Scene) -> Image.Image:
    """The picture of a scene."""
    view = place(scene.seed)
    size = round(SIDE * scene.share)
    sign = seen_from_the_side(picture(scene.number, size), scene.lean).rotate(scene.turn, Image.Resampling.BICUBIC)
    if scene.faded:
        pale = Image.blend(sign.convert("RGB"), Image.new("RGB", sign.size, (170, 160, 145)), scene.faded)
        pale.putalpha(sign.getchannel("A"))
        sign = pale
    at = (SIDE - size) // 2
    ImageDraw.Draw(view).rectangle((SIDE // 2 - size // 24, SIDE // 2, SIDE // 2 + size // 24, SIDE), fill=(120, 122, 125))
    view.paste(sign, (at, at), sign)
    view = view.filter(ImageFilter.GaussianBlur(scene.blur))
    ramp = np.linspace(1.1, 0.85, SIDE)[:, None, None] * np.linspace(0.95, 1.05, SIDE)[None, :, None]
    noise = np.random.default_rng(scene.seed).normal(0, scene.grain, (SIDE, SIDE, 1))
    return Image.fromarray(np.clip(np.asarray(view) * ramp * scene.light + noise, 0, 255).astype(np.uint8))


def main() -> None:
    """Write every sample."""
    FOLDER.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        draw(scene).save(FOLDER / f"{name}.jpg", quality=88)


if __name__ == "__main__":
    main()
