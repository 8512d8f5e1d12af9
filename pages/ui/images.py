"""Pictures inside the page, as data addresses for `<img src>`."""

from __future__ import annotations

import base64

import numpy as np

from demos.drawn import SIDE, draw, jpeg
from demos.results import View


def data_uri(image: np.ndarray, side: int = SIDE) -> str:
    """`(H, W, 3)` uint8 as a JPEG, its longer side about `side` pixels."""
    return bytes_uri(jpeg(image, side), "image/jpeg")


def bytes_uri(data: bytes, mime: str) -> str:
    """Bytes as a data address."""
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def view_image(view: View) -> str:
    """The picture of a view. Raises TypeError for a view that is none."""
    file = draw(view)
    if file is None:
        raise TypeError(f"no picture for {type(view.result).__name__}")
    return bytes_uri(file.data, file.mime)
