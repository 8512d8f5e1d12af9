"""How a threshold treats groups of people: counted once from measured chances, so that a page can move the threshold.

`outcomes.json` beside a demo is written by `python -m demos evaluate`; it holds counts only, no row.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

STEPS = 50  # thresholds are fiftieths
FILE = "outcomes.json"
MEASURES = ("chosen", "rightly", "wrongly", "held")  # the shares of Treated


@dataclass(frozen=True)
class Outcomes:
    """Counts of people by group, truth (0 or 1) and chance (in fiftieths): `counts[group][truth][bin]`.

    `data` and `method` say whose chances they are; `setup` what the method was not told, if anything; `about` is date,
    command, machine and note, as with figures.
    """

    data: str
    method: str
    by: str
    groups: tuple[str, ...]
    counts: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    setup: str
    about: dict[str, str]


@dataclass(frozen=True)
class Treated:
    """What a threshold does to a group: people in it, how many truly belong to the outcome, and shares in [0, 1].

    `chosen` of all, `rightly` of those who belong, `wrongly` of those who do not; None where there is nobody.
    """

    group: str
    people: int
    belong: int
    chosen: float | None
    rightly: float | None
    wrongly: float | None

    @property
    def held(self) -> float | None:
        """The share of those chosen who belong; None where nobody is chosen."""
        chosen = (self.chosen or 0) * self.people
        return (self.rightly or 0) * self.belong / chosen if chosen else None


def count(chances: np.ndarray, truth: np.ndarray, group: np.ndarray, groups: tuple[str, ...],
          ) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """The counts of chances `(n,)`, truths `(n,)` and the groups' numbers `(n,)`."""
    # a hair more, so that a chance of exactly 0.58 is not taken for less
    bins = np.minimum((chances * STEPS + 1e-9).astype(int), STEPS - 1)

    def row(number: int, outcome: int) -> tuple[int, ...]:
        return tuple(np.bincount(bins[(group == number) & (truth == outcome)], minlength=STEPS).tolist())

    return tuple((row(number, 0), row(number, 1)) for number in range(len(groups)))


def treated(outcomes: Outcomes, thresholds: tuple[float, ...]) -> tuple[Treated, ...]:
    """What happens to each group with its own threshold, a chance in [0, 1] from which one is chosen."""
    found = []
    for group, (no, yes), threshold in zip(outcomes.groups, outcomes.counts, thresholds, strict=True):
        first = round(threshold * STEPS)
        totals, chosen = (sum(no), sum(yes)), (sum(no[first:]), sum(yes[first:]))
        found.append(Treated(group, sum(totals), totals[1], _share(sum(chosen), sum(totals)),
                             _share(chosen[1], totals[1]), _share(chosen[0], totals[0])))
    return tuple(found)


def evened(outcomes: Outcomes, threshold: float, measure: str) -> tuple[float, ...]:
    """A threshold for each group with which a share of `Treated` comes nearest to that of the last group.

    The last group keeps `threshold`. Where several come as near, the one that is nearest to `threshold`.
    """
    steps = [step / STEPS for step in range(1, STEPS)]
    groups = range(len(outcomes.groups))
    goal = getattr(treated(outcomes, (threshold,) * len(groups))[-1], measure)
    if goal is None:
        return (threshold,) * len(groups)
    shares = {step: [getattr(one, measure) for one in treated(outcomes, (step,) * len(groups))] for step in steps}

    def far(group: int, step: float) -> tuple[float, float]:
        share = shares[step][group]
        return (2.0 if share is None else round(abs(share - goal), 6)), abs(step - threshold)

    return (*(min(steps, key=lambda step: far(group, step)) for group in groups[:-1]), threshold)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def calibration(outcomes: Outcomes, bins: int = 10) -> tuple[tuple[float, float, int], ...]:
    """The calibration curve: (chance in the middle of a bin, how often it came true, people), bins with people only."""
    both = np.array(outcomes.counts).sum(axis=0).reshape(2, bins, STEPS // bins).sum(axis=2)
    middles = (np.arange(bins) + 0.5) / bins
    return tuple((float(middle), float(yes / (no + yes)), int(no + yes))
                 for middle, no, yes in zip(middles, *both) if no + yes)


def write_outcomes(folder: Path, found: list[Outcomes]) -> None:
    """Write them beside the figures, keeping those of other methods and data that were counted before."""
    fresh = {(one.data, one.method, one.by, one.setup) for one in found}
    kept = [one for one in read_outcomes(folder) if (one.data, one.method, one.by, one.setup) not in fresh]
    (folder / FILE).write_text(json.dumps({"outcomes": [asdict(one) for one in [*found, *kept]]}) + "\n")


def read_outcomes(folder: Path) -> tuple[Outcomes, ...]:
    """What was counted; none where it was not yet."""
    path = folder / FILE
    return _outcomes(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=8)
def _outcomes(path: Path, mtime_ns: int) -> tuple[Outcomes, ...]:
    rows = json.loads(path.read_text())["outcomes"]
    return tuple(Outcomes(**{**row, "groups": tuple(row["groups"]),
                             "counts": tuple((tuple(no), tuple(yes)) for no, yes in row["counts"])}) for row in rows)


WHO = {"logistic": "Logistic regression", "boosting": "Boosted trees", "tree": "The small tree", "network": "The network"}


def mistakes(folder: Path, methods: tuple[str, ...], by: str, outcomes: tuple[str, str], things: str) -> tuple[str, ...]:
    """What each method got wrong at a threshold of one half, in words; from the counts, never typed.

    `by` picks one of the countings of the demo's own table, the first one that was made; none where nothing was counted.
    """
    found, known = [], read_outcomes(folder)
    for method in methods:
        one = next((one for one in known if (one.method, one.by, one.setup) == (method, by, "")), None)
        if one is None:
            continue
        half = STEPS // 2
        no, yes = (np.array(one.counts)[:, truth].sum(axis=0) for truth in (0, 1))
        found.append(f"{WHO[method]} said “{outcomes[0]}” of {no[half:].sum():,} of {no.sum():,} {things} where it was "
                     f"“{outcomes[1]}”, and “{outcomes[1]}” of {yes[:half].sum():,} of {yes.sum():,} where it was "
                     f"“{outcomes[0]}”.")
    return tuple(found)
