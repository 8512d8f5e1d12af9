"""Decodes an untrusted picture into its own pixels, upright and on white, within limits."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.media import PICTURES
from demos.picture_bytes import bare_picture, webp_size

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

MAX_MEGAPIXELS = 40
MAX_SIDE = 16_000
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF"}
_STRIP = 2**20  # pixels converted at a time, so that no second copy of a large picture is ever held


def read_picture(data: bytes) -> np.ndarray:
    """`(H, W, 3)` uint8 RGB. Raises BadInput, and what the decoders raise.

    Colour profiles are ignored: the models learnt from pictures whose profiles were ignored too, and
    a profile's interpreter is one more thing to attack. Wide-gamut photos look slightly paler.
    """
    import numpy as np

    kind = kind_of(data)
    if kind is None or kind.family != "picture":
        name = f"{kind.name}, " if kind else ""
        verdict = "which is not read here" if "picture" in name else "not a picture"
        raise BadInput(f"This is {name}{verdict}. Please give a picture: {PICTURES}.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # warnings quote the file
        image, orientation = _open(kind.key, data)
        width, height = image.size
        pixels = np.empty((height, width, 3), np.uint8)
        levels = _levels(image)
        for top, strip in _strips(image):
            pixels[top:top + strip.height] = _rgb(strip, levels)
    del image
    return _upright(pixels, orientation)


def _open(key: str, data: bytes) -> tuple[Image.Image, int]:
    """The first frame, decoded, once its header has been found to be within the limits."""
    from PIL import Image

    if key == "heic":
        return _open_heic(data), 1  # its reader turns it upright
    bare, orientation = bare_picture(key, data)
    if key == "webp":
        check_size(webp_size(data) or (1, 1))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(bare), formats=[_FORMATS[key]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadInput(f"This picture is far too large; at most {MAX_MEGAPIXELS} megapixels are read. "
                       "Please shrink it first.") from None
    check_size(image.size)
    image.load()
    return image, orientation


def _open_heic(data: bytes) -> Image.Image:
    """The main picture of a HEIC file."""
    import pillow_heif

    for extra in ("THUMBNAILS", "DEPTH_IMAGES", "AUX_IMAGES"):
        setattr(pillow_heif.options, extra, False)
    pillow_heif.options.DECODE_THREADS = 1  # the models need the other core
    file = pillow_heif.HeifFile(io.BytesIO(data))
    main = file[file.primary_index]
    check_size(main.size)
    image = main.to_pillow()
    check_size(image.size)
    return image


def check_size(size: tuple[int, int]) -> None:
    """Raise BadInput unless width and height are within the limits."""
    width, height = size
    if width < 1 or height < 1:
        raise BadInput(f"This picture has no pixels. Please give another one: {PICTURES}.")
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise BadInput(f"This picture has {width * height / 1e6:,.1f} megapixels ({width:,} x {height:,}); "
                       f"at most {MAX_MEGAPIXELS} are read. Please shrink it first.")
    if max(width, height) > MAX_SIDE:
        raise BadInput(f"This picture is {width:,} x {height:,} pixels; at most {MAX_SIDE:,} a side are "
                       "read. Please shrink it or cut out a part.")


def _strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """(first row, the part of the picture from there), from top to bottom."""
    rows = max(1, _STRIP // image.width)
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(image.height, top + rows)))


def _levels(image: Image.Image) -> tuple[float, float] | None:
    """The numbers that stand for black and white in a grey picture of more than 8 bits, else None.

    Whole numbers: the fewest bits (at least 8) that hold the brightest pixel, since 12 bits often
    come in 16. Numbers below zero, and fractions that are not in 0..1 or 0..255: darkest and brightest.
    """
    import numpy as np

    if not image.mode.startswith(("I", "F")):
        return None
    low, high = np.inf, -np.inf
    for _, strip in _strips(image):
        values = np.asarray(strip)
        values = values[np.isfinite(values)]
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
    if low > high or (low == high and low < 0):
        return 0.0, 1.0  # nothing finite, or one negative number: black
    if low < 0:
        return low, high
    if image.mode.startswith("F"):
        return 0.0, 1.0 if high <= 1 else 255.0 if high <= 255 else high
    return 0.0, float(2 ** max(8, int(high).bit_length()) - 1)


def _rgb(strip: Image.Image, levels: tuple[float, float] | None) -> np.ndarray:
    """`(h, W, 3)` uint8 RGB of a strip in any of Pillow's modes, what is transparent on white."""
    import numpy as np
    from PIL import Image, ImageCms

    if levels:
        black, white = levels
        values = np.nan_to_num(np.asarray(strip, dtype=np.float64), nan=black, posinf=white, neginf=black)
        grey = np.clip((values - black) / (white - black) * 255, 0, 255)
        return np.round(grey).astype(np.uint8)[..., None].repeat(3, axis=2)
    if strip.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return np.asarray(ImageCms.profileToProfile(strip, lab, srgb, outputMode="RGB"))
    if strip.has_transparency_data:
        if strip.mode in ("La", "1"):
            strip = strip.convert("LA" if strip.mode == "La" else "L")
        clear = strip.convert("RGBA")
        return np.asarray(Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB"))
    return np.asarray(strip.convert("RGB"))


def _upright(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """The picture as it was seen, by its EXIF orientation: mirrored for 2, 4, 5, 7, then turned."""
    import numpy as np

    if orientation in (2, 4, 5, 7):
        pixels = pixels[:, ::-1]
    quarters = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)  # anticlockwise
    return np.ascontiguousarray(np.rot90(pixels, quarters))
