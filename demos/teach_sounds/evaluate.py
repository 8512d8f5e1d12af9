"""Measures lessons of sounds on synthetic words: 1 to 20 examples of five of ten words, many times; strangers; the time; ready-made ones.

DATA is the folder that spoken.py wrote. What is asked is spoken by voices of which nothing was learnt or chosen. Every lesson
draws its five words and its examples anew with its own seed, and both methods get the same ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from demos.base import Model
from demos.figures import Figure, machine, today
from demos.teach_it.examples import Examples
from demos.teach_it.head_start import write_head_start
from demos.teach_it.measuring import LESSONS, Measured, lesson_figures, measure, set_figures, time_to_learn
from demos.teach_sounds.examples import ready_made
from demos.teach_sounds.make_samples import NAMES
from demos.teach_sounds.pools import ASKED, LEARNT, read_pool
from demos.teach_sounds.spoken import LEARNING, read_takes, take

SIZES = (1, 2, 3, 5, 10, 20)
SAID = (5, 1, 20)  # the sizes that are figures of their own; the first is held against the other method's
WORDS = "Ten words by seven synthetic voices that were not taught, five of the words"
KEYS = {"classical": "mfcc_svm", "deep": "network"}
NOTE = (f"The median of {LESSONS} lessons, each with five words and examples drawn anew; the interval holds 95 in 100 of the "
        "lessons. All voices are synthetic, with made-up noise: people, rooms and microphones differ more. Whoever teaches and "
        "asks with one voice has it easier.")
EACH, FROM = 20, 100  # of each name of the ready-made lessons, from numbers that no sample has
TITLES = {"noises": "clap, whistle, knock and bell", "words": "yes, no, stop and go", "whistles": "whistles that rise, fall or stay"}
NOTES = {"noises": "Made with other seeds by the same synthesiser.", "words": "Spoken by seven synthetic voices that were not taught.",
         "whistles": "Made with other seeds by the same synthesiser."}


@lru_cache(maxsize=1)
def _measured(data: Path, load: Callable[[str], Model], limit: int | None) -> Measured:
    """What came of the lessons; measured once for the figures and for the curve."""
    teacher: Any = load(KEYS["deep"])
    return measure(read_pool(data, "measured", teacher.network, LEARNT), read_pool(data, "measured", teacher.network, ASKED, limit),
                   teacher.constants, SIZES)


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of both methods; `limit` asks about so many takes of each word."""
    about: dict[str, Any] = {"date": today(), "command": command, "machine": machine()}
    figures = lesson_figures(_measured(data, load, limit), KEYS, methods, SAID, WORDS, things="spoken words", note=NOTE, **about)
    if KEYS["deep"] in methods:
        takes = read_takes(data, "measured")
        taken = [place * len(takes.sounds) // 10 + number for place in range(3) for number in range(20)]
        examples = Examples(("a", "b", "c"), tuple(takes.sounds[taken]), tuple(np.repeat(range(3), 20).tolist()))
        figures.append(time_to_learn(KEYS["deep"], load(KEYS["deep"]), examples, data="Words by synthetic voices",
                                     things="sounds of three things", **about))
    untaught = {key: {name: [take(name, FROM + number, "third") for number in range(EACH)] for name in names}
                for key, names in NAMES.items()}
    return figures + set_figures(load, methods, untaught, lambda model, sound, key: model.predict(audio=sound, taught=ready_made(key)),
                                 TITLES, NOTES, "sounds", **about)


def write_beside(folder: Path, data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str) -> None:
    """The curve that the page shows."""
    found = _measured(data, load, None)
    write_head_start(folder, SIZES, found.right, data=WORDS, items=str(found.items), date=today(), command=command, machine=machine())
