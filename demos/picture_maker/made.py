"""What a model answers that makes pictures: the finished ones, and how they came out of what was there before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Result


@dataclass(frozen=True, eq=False)
class Made(Result):
    """n pictures at k moments: `frames` `(k, n, H, W, 3)` uint8, the finished ones last, with a caption for each moment.

    `guesses`, of the same shape, are the finished pictures as the method guessed them at each moment; or None.
    `note` is what to tell beside it.
    """

    frames: np.ndarray
    captions: tuple[str, ...]
    guesses: np.ndarray | None = None
    note: str = ""

    def __post_init__(self) -> None:
        shape = self.frames.shape
        if self.frames.dtype != np.uint8 or len(shape) != 5 or shape[-1] != 3 or 0 in shape:
            raise ValueError("frames are (k, n, H, W, 3) uint8, and there is at least one")
        if len(self.captions) != shape[0]:
            raise ValueError("one caption for each moment")
        if self.guesses is not None and (self.guesses.shape != shape or self.guesses.dtype != np.uint8):
            raise ValueError("guesses are like the frames")

    @property
    def pictures(self) -> np.ndarray:
        """The finished pictures `(n, H, W, 3)` uint8."""
        return self.frames[-1]
