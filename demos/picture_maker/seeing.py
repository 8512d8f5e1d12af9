"""What the network does at each step, as pictures: what there is at a moment beside what it guesses will come of it."""

from __future__ import annotations

import numpy as np

from demos.picture_maker.data import as_pictures
from demos.picture_maker.flow import Step
from demos.results import Picture, View

SHOWN = 5  # moments
SIDE = 448  # px, the width that pages draw a picture at: pixels then stay square
BETWEEN = ("Left what there is, right what the network expects now. It goes a step from the left towards the right, "
           "and looks again.")
FIRST = ("Left pure noise. Asked what will come of it, the network guesses a blur (right): the middle of everything "
         "that it could still become.")
LAST = "There is nothing left to guess: what there is and what the network expects are the same."


def views(moments: list[Step], captions: list[str]) -> list[View]:
    """Five moments, or fewer, evenly from the noise to the picture; two pictures of each, one under the other."""
    chosen = sorted({round(place) for place in np.linspace(0, len(moments) - 1, SHOWN)})
    found = []
    for number in chosen:
        sentence = FIRST if number == 0 else LAST if number == len(moments) - 1 else BETWEEN
        found.append(View(f"step{number}", captions[number].capitalize(), sentence, Picture(pair(moments[number]))))
    return found


def pair(moment: Step) -> np.ndarray:
    """`(448, 448, 3)` uint8: two rows of what there is and the guess, each pixel a square."""
    now, guess = (as_pictures(values[:2]) for values in (moment.now, moment.guess))
    sheet = np.concatenate([np.concatenate([*now]), np.concatenate([*guess])], axis=1)
    times = SIDE // len(sheet)
    return sheet.repeat(times, axis=0).repeat(times, axis=1)
