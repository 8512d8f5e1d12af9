"""What both methods do with a new picture's or sound's measures: weigh the names, look for the nearest examples, or say "none of these"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from demos.results import Labels, View
from demos.teach_it.heads import FAMILIES, Head, shares
from demos.teach_it.kinds import KINDS
from demos.teach_it.measures import Scale
from demos.teach_it.results import Nearest
from demos.teach_it.taught import NONE, Taught

SHOWN = 5


@dataclass(frozen=True, eq=False)
class Constants:
    """What train.py chose for a family, on other things than the visitor's.

    `stranger` `(3,)` weighs what `likeness` gives; the sum is the log-odds of "none of these".
    """

    scale: Scale
    strictness: float
    sharpness: float
    stranger: np.ndarray


def read_constants(stored: Mapping[str, np.ndarray]) -> dict[str, Constants]:
    """The constants of both families from the stored arrays."""
    return {family: Constants(Scale(stored[f"{family}_mean"], stored[f"{family}_spread"]),
                              float(stored[f"{family}_strictness"][0]), float(stored[f"{family}_sharpness"][0]),
                              stored[f"{family}_stranger"]) for family in FAMILIES}


def likeness(asked: np.ndarray, rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """`(m, 3)`: what "none of these" is weighed from, for measures `(m, d)` and those of the examples `(n, d)`.

    How alike each is to the middle of the name nearest to it; how alike the examples are to the middle of the others of
    their name, each held back once, in the median; and 1.
    """
    sums = np.stack([rows[labels == name].sum(axis=0) for name in range(int(labels.max()) + 1)])
    others = _unit(sums[labels] - rows)
    own = float(np.median((rows * others).sum(axis=1)))
    near = (asked @ _unit(sums).T).max(axis=1)
    return np.stack([near, np.full(len(near), own), np.ones(len(near))], axis=1)


def _unit(rows: np.ndarray) -> np.ndarray:
    """The rows at length one; nothing stays nothing."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def certainties(asked: np.ndarray, rows: np.ndarray, labels: np.ndarray, head: Head, own: Constants) -> np.ndarray:
    """`(m, k + 1)` for measures `(m, d)`: the k names, then "none of these"; each row adds up to 1."""
    strange = likeness(asked, rows, labels) @ own.stranger
    none = 1 / (1 + np.exp(-np.clip(strange, -30, 30)))[:, None]
    return np.concatenate([shares(head.weigh(asked), own.sharpness) * (1 - none), none], axis=1)


def answer(row: np.ndarray, taught: Taught, family: str, constants: Constants) -> Labels:
    """The names with certainties for an example's measures `(d,)`, "none of these" among them; they add up to 1."""
    rows = taught.rows[family].astype(np.float32)
    scores = certainties(row[None], rows, taught.labels, taught.heads[family], constants)[0]
    names = (*taught.names, NONE)
    order = np.argsort(-scores, kind="stable")
    return Labels(tuple(names[i] for i in order), scores[order])


def nearest(row: np.ndarray, taught: Taught, family: str) -> Nearest:
    """The examples most like one with the measures `(d,)`."""
    alike = taught.rows[family].astype(np.float32) @ row
    order = np.argsort(-alike, kind="stable")[:SHOWN]
    numbers = [int((taught.labels[:i + 1] == taught.labels[i]).sum()) for i in order]
    sounds = taught.kept["sounds"][order] if "sounds" in taught.kept else None
    return Nearest(taught.thumbs[order], tuple(taught.names[taught.labels[i]] for i in order), alike[order], tuple(numbers), sounds)


def nearest_view(row: np.ndarray, taught: Taught, family: str) -> View:
    """The nearest examples to be shown."""
    found = nearest(row, taught, family)
    same = sum(name == found.names[0] for name in found.names)
    return View("nearest", "The examples nearest to it",
                f"By its measures your {KINDS[taught.kind].one} is most like example {found.numbers[0]} of “{found.names[0]}”; "
                f"{same} of the {len(found.names)} nearest have that name.", found)
