"""Short lists of sentences that are hard for a judge of texts, each with what it means, for a page to show answers to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trick:
    """One list: its name, what to see in it, and its sentences with the right answer ("" where there is none)."""

    key: str
    title: str
    caption: str
    sentences: tuple[tuple[str, str], ...]
