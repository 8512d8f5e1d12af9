"""Pictures as files: arrays as JPEG or PNG, heat maps in inferno, network stages in viridis.

A worker process draws what its models looked at, and sends that: a picture of 448 pixels is 50 kB as a file and 600 as an
array, and the process of the pages, which all visitors share, has nothing more to do with it.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from demos.jobs import Answer
from demos.picture_results import Drawn
from demos.results import Boxes, Heatmap, Maps, Mask, Picture, View

DEEP_ON_DARK = "#56B4E9"  # the deep method's blue where it lies on a picture
SIDE = 448  # px of a view's longer side
SMALLEST = 56  # px of one map, four of which make a picture of a stage: fewer cells are drawn larger, never smoothed
STOPS = {"Inferno": "000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4",
         "Viridis": "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725"}


@lru_cache(maxsize=4)
def colours(name: str) -> np.ndarray:
    """`(256, 3)` uint8: matplotlib's colour map of this name, between its stops."""
    stops = np.array([list(bytes.fromhex(stop)) for stop in STOPS[name].split()], dtype=float)
    at = np.linspace(0, len(stops) - 1, 256)
    return np.stack([np.interp(at, np.arange(len(stops)), stops[:, c]) for c in range(3)], axis=1).astype(np.uint8)


def painted(levels: Image.Image, name: str) -> Image.Image:
    """Grey levels in the colours of this map. By Pillow: quicker than indexing with arrays."""
    picture = levels.copy()
    picture.putpalette(colours(name).tobytes())
    return picture.convert("RGB")


def heat_over(values: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """The heat map laid over its picture: `(H, W, 3)` uint8. Where there is no heat, the picture is dimmed."""
    heat = Image.fromarray((values * 255).astype(np.uint8)).resize(
        (picture.shape[1], picture.shape[0]), Image.Resampling.BICUBIC)
    share = heat.point([round(255 * 0.25 + 0.45 * level) for level in range(256)])
    dimmed = Image.fromarray(picture).point([round(0.95 * level) for level in range(256)] * 3)
    return np.asarray(Image.composite(painted(heat, "Inferno"), dimmed, share))


def tiles(maps: np.ndarray) -> Image.Image:
    """Up to four maps `(n, H, W)` uint8 as a two by two picture with white gaps, a palette with white as its first colour.

    A cell of a map is a pixel, or a few: the browser draws them larger (`img.cells` in style.css), so that a page that
    is sent to fifty visitors stays small.
    """
    larger = -(-SMALLEST // min(maps.shape[1:]))
    shades = (1 + maps[:4].astype(np.uint16) * 254 // 255).astype(np.uint8).repeat(larger, axis=1).repeat(larger, axis=2)
    n, height, width = shades.shape
    gap = max(1, height // 50)
    columns, rows = (1 if n == 1 else 2), -(-n // 2)
    sheet = np.zeros((rows * (height + gap) - gap, columns * (width + gap) - gap), np.uint8)
    for number, one in enumerate(shades):
        top, left = (number // columns) * (height + gap), (number % columns) * (width + gap)
        sheet[top:top + height, left:left + width] = one
    picture = Image.fromarray(sheet)
    picture.putpalette(np.concatenate([np.full((1, 3), 255, np.uint8), colours("Viridis")[np.arange(255) * 255 // 254]]).tobytes())
    return picture


def boxes_over(boxes: Boxes, picture: np.ndarray) -> np.ndarray:
    """The picture with its boxes: `(H, W, 3)` uint8."""
    drawn = Image.fromarray(picture)
    pen, width = ImageDraw.Draw(drawn), max(2, max(picture.shape) // 150)
    for box in boxes.xyxy.tolist():
        pen.rectangle(box, outline=DEEP_ON_DARK, width=width)
    return np.asarray(drawn)


def mask_over(mask: Mask, picture: np.ndarray) -> np.ndarray:
    """The picture with a colour for each class, viridis from the first to the last: `(H, W, 3)` uint8."""
    step = 255 // max(len(mask.names) - 1, 1)
    coloured = Image.fromarray(colours("Viridis")[mask.classes * step])
    coloured = coloured.resize((picture.shape[1], picture.shape[0]), Image.Resampling.NEAREST)
    return (0.45 * picture + 0.55 * np.asarray(coloured)).astype(np.uint8)


def spectrogram(values: np.ndarray) -> np.ndarray:
    """`(bands, frames)` in [0, 1] as a picture with low pitch at the bottom."""
    return colours("Inferno")[(np.clip(values[::-1], 0, 1) * 255).astype(np.uint8)]


def jpeg(image: np.ndarray, side: int = SIDE) -> bytes:
    """`(H, W, 3)` uint8 as a JPEG, its longer side `side` pixels; one of more than half of that is not enlarged."""
    picture = Image.fromarray(image)
    if not side // 2 < max(picture.size) <= side:
        scale = side / max(picture.size)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def draw(view: View) -> Drawn | None:
    """A view as a picture file; None for those that are no plain picture."""
    result = view.result
    match result:
        case Drawn():
            return result
        case Heatmap() if view.over is not None:
            return Drawn(jpeg(heat_over(result.values, view.over)))
        case Heatmap():
            return Drawn(jpeg(colours("Inferno")[(result.values * 255).astype(np.uint8)]))
        case Maps():
            out = io.BytesIO()
            tiles(result.maps).save(out, "PNG", compress_level=3)
            return Drawn(out.getvalue(), "image/png", cells=True)
        case Picture():
            return Drawn(jpeg(result.image))
        case Boxes() if view.over is not None:
            return Drawn(jpeg(boxes_over(result, view.over)))
        case Mask() if view.over is not None:
            return Drawn(jpeg(mask_over(result, view.over)))
    return None


def drawn(answer: Answer) -> Answer:
    """The answer with each view that is a plain picture as a file."""
    return replace(answer, views=tuple(
        view if (file := draw(view)) is None else replace(view, result=file, over=None) for view in answer.views))
