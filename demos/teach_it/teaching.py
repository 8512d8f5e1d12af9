"""A lesson: every example is measured, both last steps are learnt, a file is packed, and it is asked how well that went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from demos.teach_it.answering import Constants
from demos.teach_it.examples import Examples
from demos.teach_it.heads import FAMILIES, fit
from demos.teach_it.kinds import Kind
from demos.teach_it.practice import practise
from demos.teach_it.results import Lesson
from demos.teach_it.taught import Taught, pack

AT_ONCE = 4  # examples between two words on progress
LOOKING = 0.75  # of the time of a lesson
Measure = Callable[[list[np.ndarray]], Mapping[str, np.ndarray]]


def lesson(examples: Examples, kind: Kind, measure: Measure, keep: Measure,
           constants: Mapping[str, Constants]) -> Iterator[tuple[float, Lesson]]:
    """Yield (done, the lesson so far); the last one holds the file and how well it went.

    `measure` gives each family's measures of a few examples, before scaling; `keep` the kind's arrays of all of them.
    """
    labels = np.array(examples.labels, np.uint8)
    learnt = Lesson(examples.names, tuple(np.bincount(labels, minlength=len(examples.names)).tolist()))
    found: dict[str, list[np.ndarray]] = {family: [] for family in FAMILIES}
    for start in range(0, len(labels), AT_ONCE):
        some = list(examples.each[start:start + AT_ONCE])
        for family, measured in measure(some).items():
            found[family].append(constants[family].scale.apply(measured))
        yield LOOKING * (start + len(some)) / len(labels), learnt
    # half as many digits are kept: what is learnt here is what an opened file will say
    halves = {family: np.concatenate(rows).astype(np.float16) for family, rows in found.items()}
    whole = {family: rows.astype(np.float32) for family, rows in halves.items()}
    strictness = {family: constants[family].strictness for family in FAMILIES}
    heads = {family: fit(family, whole[family], labels, strictness[family]) for family in FAMILIES}
    kept = keep(list(examples.each))
    learnt = replace(learnt, data=pack(Taught(examples.names, labels, kept, halves, heads, kind.key)), thumbs=kept["thumbs"])
    for done, practice in practise(whole, labels, strictness):
        yield LOOKING + (1 - LOOKING) * done, replace(learnt, practice=practice)


def opened(taught: Taught) -> Lesson:
    """What a file holds, to be shown."""
    return Lesson(taught.names, taught.counts, pack(taught), None, taught.thumbs)
