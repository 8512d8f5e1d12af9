"""Arrays as small PNG pictures inside the page: heat maps in inferno, network stages in viridis."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from demos.results import Boxes, Heatmap, Maps, Mask, Picture, Result, Spectrogram, View
from pages.ui.style import DEEP_ON_DARK


@lru_cache(maxsize=4)
def colours(name: str) -> np.ndarray:
    """`(256, 3)` uint8: matplotlib's colour map of this name, between the stops that plotly holds."""
    from plotly.colors import hex_to_rgb, sequential

    stops = np.array([hex_to_rgb(stop) for stop in getattr(sequential, name)], dtype=float)
    at = np.linspace(0, len(stops) - 1, 256)
    return np.stack([np.interp(at, np.arange(len(stops)), stops[:, c]) for c in range(3)], axis=1).astype(np.uint8)


SMALLEST = 56  # px of one map, four of which make a picture of a stage


def data_uri(image: np.ndarray, side: int = 448) -> str:
    """`(H, W, 3)` uint8 as a data address for `<img src>`, its longer side `side` pixels."""
    picture = Image.fromarray(image)
    scale = side / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    picture = picture if picture.size == size else picture.resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return bytes_uri(out.getvalue(), "image/jpeg")


def bytes_uri(data: bytes, mime: str) -> str:
    """Bytes as a data address."""
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


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


def view_image(view: View) -> str:
    """The picture of a view as a data address."""
    result: Result = view.result
    match result:
        case Heatmap() if view.over is not None:
            return data_uri(heat_over(result.values, view.over))
        case Heatmap():
            return data_uri(colours("Inferno")[(result.values * 255).astype(np.uint8)])
        case Maps():
            out = io.BytesIO()
            tiles(result.maps).save(out, "PNG", compress_level=3)
            return bytes_uri(out.getvalue(), "image/png")
        case Picture():
            return data_uri(result.image)
        case Boxes() if view.over is not None:
            return data_uri(boxes_over(result, view.over))
        case Mask() if view.over is not None:
            return data_uri(mask_over(result, view.over))
        case Spectrogram():
            return data_uri(spectrogram(result.values), side=1200)
    raise TypeError(f"no picture for {type(result).__name__}")
