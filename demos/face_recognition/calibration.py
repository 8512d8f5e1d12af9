"""From the distance of two faces to how often such a pair is one person; `train.py` says how it was learnt."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

RIGHT_ON_LFW = 0.9938  # at the threshold of 0.6, published by the network's author (Davis King, dlib 19.3, 2017)
SAME, DIFFERENT = "same person", "different people"


@dataclass(frozen=True)
class Calibration:
    """A distance below `threshold` counts as the same person; `sharpness` says how soon doubt ends around it."""

    threshold: float
    sharpness: float

    def how_often_same(self, distance: float) -> float:
        """Of pairs at this distance, the share that is one person, if as many pairs are one as are two."""
        return 1 / (1 + math.exp(min(self.sharpness * (distance - self.threshold), 700)))

    def strangers_let_in(self, limit: float) -> float:
        """The share of pairs of different people that lie below `limit`, by the bell curves of `train.py`."""
        return self._curve(1).cdf(limit)

    def owners_kept_out(self, limit: float) -> float:
        """The share of pairs of one person that lie above `limit`, by the same curves."""
        return 1 - self._curve(-1).cdf(limit)

    def _curve(self, side: int) -> NormalDist:
        """The bell curve of different people (1) or of one person (-1)."""
        far = NormalDist().inv_cdf(RIGHT_ON_LFW)  # from the threshold, in widths
        width = 2 * far / self.sharpness
        return NormalDist(self.threshold + side * far * width, width)


def read_calibration(path: Path, method: str) -> Calibration:
    """The one of a method, from the file that `train.py` wrote."""
    return Calibration(**json.loads(path.read_text())[method])
