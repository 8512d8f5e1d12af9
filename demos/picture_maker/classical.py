"""The classical method: draws from what is likely for each kind, in one go."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.picture_maker.asked import COUNT, set_of
from demos.picture_maker.data import as_pictures
from demos.picture_maker.finishing import finish
from demos.picture_maker.mixture import Mixture, load_mixture
from demos.picture_maker.reader import Reader, load_reader
from demos.picture_results import Made


class FromMixtures:
    """The loaded mixtures of both sets; `predict` never writes to it."""

    def __init__(self, mixtures: dict[str, Mixture], reader: Reader) -> None:
        self.mixtures, self.reader = mixtures, reader

    def predict(self, what: str, seed: float) -> Made:
        """Sixteen pictures of what was asked for, drawn at once."""
        return finish(self.reader, Made(as_pictures(self.draw(what, int(seed), COUNT))[None], ("drawn at once",)), what)

    def draw(self, what: str, seed: int, count: int) -> np.ndarray:
        """`(count, colours, side, side)` float32, about -1 to 1."""
        name, kind = set_of(what)
        return self.mixtures[name].draw(seed, np.full(count, kind))


def load(weights: dict[str, Path], device: str) -> FromMixtures:
    """Read the three files: digits_mixture, tiles_mixture, and the reader."""
    return FromMixtures({name: load_mixture(weights[f"{name}_mixture"]) for name in ("digits", "tiles")},
                        load_reader(weights["reader"], "cpu"))
