"""What every method shares: five models, each of which learnt from four fifths of the engines; their average answers.

One of them alone judges the engines that it never saw.
"""

from __future__ import annotations

import numpy as np

from demos.machine_failure.columns import CAP, LEAST, WINDOW
from demos.machine_failure.record import strange
from demos.series_results import Life

SHORT = "The record has only {count} flights, so the first one was read again and again; thirty are better."


class LifeModel:
    """Five models as one. Subclasses give `members`; none of them writes to itself after it was made.

    `reach` `(2, 14)` are the lowest and the highest reading of each sensor in what was learnt from.
    """

    def __init__(self, reach: np.ndarray) -> None:
        self.reach = reach

    def members(self, record: np.ndarray, only: int | None = None) -> np.ndarray:
        """Flights left, low and high guess `(5, n, 3)` after each flight from the 30th on; of one model `(1, n, 3)`."""
        raise NotImplementedError

    def guesses(self, record: np.ndarray, only: int | None = None) -> np.ndarray:
        """The same, averaged over the models: `(n, 3)`."""
        return self.members(record, only).mean(axis=0)

    def predict(self, engine: np.ndarray) -> Life:
        """How long it will run, said after each flight of a record `(flights, 26)`."""
        middle, low, high = self.guesses(engine).T.round(4)
        flights = engine[:, 1].astype(int)[-len(middle):]
        notes = [SHORT.format(count=len(engine))] if LEAST <= len(engine) < WINDOW else []
        if odd := strange(engine, *self.reach):
            notes.append(odd)
        return Life(flights, middle, np.minimum(low, middle), np.maximum(high, middle), CAP, " ".join(notes))
