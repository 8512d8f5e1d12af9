"""Statistics of a sound's tone colour (MFCC) with a linear support vector machine that a visitor teaches.

Mel-frequency cepstral coefficients: Davis and Mermelstein 1980, IEEE Trans. ASSP 28(4). Nothing of them was learnt.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from demos.results import Labels, Picture, View
from demos.teach_it.answering import Constants, answer, nearest_view, read_constants
from demos.teach_it.taught import Taught
from demos.teach_sounds.listening import classical_measures, colours, stripes
from demos.teach_sounds.seconds import loudest, which


class ToneColour:
    """The hand-made measures with what was taught on them; no call writes to it."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def rows(self, sounds: list[np.ndarray]) -> np.ndarray:
        """`(n, 78)` float32 of length one each, of seconds `(16000,)`."""
        return self.constants.scale.apply(classical_measures(sounds))

    def predict(self, audio: np.ndarray, taught: Taught) -> Labels:
        """The taught names and "none of these" for the loudest second of a sound `(n,)`. Raises BadInput."""
        second, start_s = loudest(audio)
        found = answer(self.rows([second])[0], taught, "classical", self.constants)
        return replace(found, note=which(len(audio), start_s))

    def explain(self, audio: np.ndarray, taught: Taught) -> list[View]:
        """The nearest examples, and the coefficients that are averaged."""
        second = loudest(audio)[0]
        return [
            nearest_view(self.rows([second])[0], taught, "classical"),
            View("colours", "What it measures", "Each stripe is one of 13 numbers for the tone colour, from moment to moment. Only "
                 "their means, spreads and changes are kept, not when anything was.", Picture(stripes(colours(second)))),
        ]


def load(weights: Path | None, device: str) -> ToneColour:
    """Read the constants that train.py chose; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    return ToneColour(read_constants(load_file(weights))["classical"])
