"""What both searchers share: scores become a ranking of passages, of the dashboard's own or of a visitor's text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from demos.search.cutting import Passage
from demos.search.words import LEFT_OUT
from demos.text_results import Passages

SHOWN = 5
NAMES = ("this passage", "other passages")


def ranked(passages: Sequence[Passage], scores: np.ndarray, note: str = "", left_out: int = 0,
           lowest: float = -np.inf) -> Passages:
    """The first few passages by their scores `(n,)`, those above `lowest` only; ties in the passages' order."""
    order = [int(i) for i in np.argsort(-scores, kind="stable")[:SHOWN] if scores[i] > lowest]
    chosen = [passages[i] for i in order]
    if left_out:
        note = f"{note} {LEFT_OUT.format(read=len(passages), count=left_out)}".strip()
    return Passages(tuple(one.title or f"Passage {i + 1}" for i, one in zip(order, chosen)), scores[order],
                    tuple(one.text for one in chosen), tuple(one.link for one in chosen), tuple(order),
                    len(passages), note)
