"""What a model answers about a row of a table, beside its certainty: what pushed it, the path taken, what would change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demos.results import Result


@dataclass(frozen=True, eq=False)
class Pushes(Result):
    """How much each answer moved the chance of `outcome`, from the typical row's to this row's.

    n labels, n answers in words, n typical answers in words; `(n,)` float32 shares that add up to `end - start`.
    """

    labels: tuple[str, ...]
    answers: tuple[str, ...]
    usual: tuple[str, ...]
    shares: np.ndarray
    start: float
    end: float
    outcome: str

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        if not len(self.labels) == len(self.answers) == len(self.usual) == len(shares):
            raise ValueError("one share, answer and typical answer for each label")
        if not (0 <= self.start <= 1 and 0 <= self.end <= 1 and abs(self.start + shares.sum() - self.end) < 1e-3):
            raise ValueError("the shares lead from the one chance to the other")
        object.__setattr__(self, "shares", shares)

    def strongest(self) -> tuple[int, ...]:
        """The places of the answers that pushed at all, the strongest first."""
        order = np.argsort(-np.abs(self.shares), kind="stable")
        return tuple(int(i) for i in order if abs(self.shares[i]) >= 5e-4)


@dataclass(frozen=True, eq=False)
class Tree(Result):
    """A tree of questions and the path that one row took through it.

    For each of n nodes: its question in words ("" for a leaf), the node after a yes and after a no (-1 for a leaf),
    the chance of `outcome` there, and how many rows it learnt from came there. `path` are node numbers from the root.
    """

    questions: tuple[str, ...]
    yes: tuple[int, ...]
    no: tuple[int, ...]
    shares: np.ndarray
    counts: tuple[int, ...]
    path: tuple[int, ...]
    outcome: str

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        object.__setattr__(self, "shares", shares)
        if not len(self.questions) == len(self.yes) == len(self.no) == len(shares) == len(self.counts):
            raise ValueError("five things of each node")
        if not self.path or self.path[0] != 0 or self.questions[self.path[-1]]:
            raise ValueError("a path leads from the root to a leaf")
        if any(after not in (self.yes[node], self.no[node]) for node, after in zip(self.path, self.path[1:])):
            raise ValueError("a path that leaves the tree")


@dataclass(frozen=True, eq=False)
class Ways(Result):
    """What would have changed this model's answer: each way is a few steps, the easiest way first.

    A step is a field's name, its label, the answer now and the answer then; `(n,)` float32 chances of `outcome` after
    each way; `now` is the chance before. `bar` is the chance from which the model says `outcome`. `note` is what to
    tell where there is no way to show.
    """

    ways: tuple[tuple[tuple[str, str, str, str], ...], ...]
    shares: np.ndarray
    now: float
    bar: float
    outcome: str
    note: str = ""

    def __post_init__(self) -> None:
        shares = np.asarray(self.shares, dtype=np.float32)
        if shares.shape != (len(self.ways),) or not ((shares >= 0) & (shares <= 1)).all():
            raise ValueError("one chance for each way")
        if any((share >= self.bar) == (self.now >= self.bar) for share in shares):
            raise ValueError("a way that changes nothing")
        if not self.ways and not self.note:
            raise ValueError("without a way there is a note")
        object.__setattr__(self, "shares", shares)
