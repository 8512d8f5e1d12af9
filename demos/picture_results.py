"""What a model answers that makes pictures: the finished ones, and how they came out of what was there before."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.results import Result


@dataclass(frozen=True, eq=False)
class Made(Result):
    """n pictures at k moments: `frames` `(k, n, H, W, 3)` uint8, the finished ones last, with a caption for each moment.

    `guesses`, of the same shape, are the finished pictures as the method guessed them at each moment; or None.
    `says` is the answer in a few words, `note` what to tell beside it. Where somebody apart has read the finished
    pictures, `names` are what each was read as, and `asked` is what was asked for.
    """

    frames: np.ndarray
    captions: tuple[str, ...]
    guesses: np.ndarray | None = None
    note: str = ""
    says: str = ""
    names: tuple[str, ...] = ()
    asked: str = ""

    def __post_init__(self) -> None:
        shape = self.frames.shape
        if self.frames.dtype != np.uint8 or len(shape) != 5 or shape[-1] != 3 or 0 in shape:
            raise ValueError("frames are (k, n, H, W, 3) uint8, and there is at least one")
        if len(self.captions) != shape[0]:
            raise ValueError("one caption for each moment")
        if self.guesses is not None and (self.guesses.shape != shape or self.guesses.dtype != np.uint8):
            raise ValueError("guesses are like the frames")
        if self.names and len(self.names) != shape[1]:
            raise ValueError("one name for each picture")

    @property
    def pictures(self) -> np.ndarray:
        """The finished pictures `(n, H, W, 3)` uint8."""
        return self.frames[-1]

    def alike(self, other: Made) -> float:
        """How much of these pictures is left in others, in [0, 1].

        The share that is still read as before where all were read; else how alike they are pixel by pixel (the mean
        correlation, 0 where it is below).
        """
        if self.names and other.names:
            return float(np.mean([one == two for one, two in zip(self.names, other.names)]))
        if self.pictures.shape != other.pictures.shape:
            return 0.0
        first, now = (one.pictures.reshape(len(one.pictures), -1).astype(float) for one in (self, other))
        first, now = (one - one.mean(axis=1, keepdims=True) for one in (first, now))
        lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(now, axis=1)
        return float(np.clip((first * now).sum(axis=1) / np.maximum(lengths, 1e-9), 0, 1).mean())

    def as_json(self) -> dict[str, Any]:
        """The finished pictures as PNG data addresses, and the words."""
        return {"type": "Made", "says": self.says, "asked": self.asked, "names": list(self.names), "note": self.note,
                "steps": len(self.frames) - 1, "pictures": [png_uri(one) for one in self.pictures]}


def png_uri(picture: np.ndarray) -> str:
    """`(H, W, 3)` uint8 as the data address of a PNG."""
    from PIL import Image

    grey = bool((picture == picture[..., :1]).all())
    out = io.BytesIO()
    Image.fromarray(picture[..., 0] if grey else picture).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


@dataclass(frozen=True, eq=False)
class Drawn(Result):
    """A picture that is a file already; `cells` says that its pixels are to be shown as they are, never smoothed."""

    data: bytes
    mime: str = "image/jpeg"
    cells: bool = False

    def as_json(self) -> dict[str, Any]:
        """As `Result.as_json`, with the file in base64."""
        return {"type": "Drawn", "mime": self.mime, "data": base64.b64encode(self.data).decode()}
