"""Reads the SMS Spam Collection and splits it so that no message, nor its twin, is on two sides."""

from __future__ import annotations

import random
import re
from pathlib import Path

SEED = 0
SHARES = {"learn": 0.6, "choose": 0.15, "test": 0.25}  # of the kinds of messages

Rows = tuple[list[str], list[int]]  # messages; 1 for spam, 0 for what people wrote


def read_messages(path: Path) -> Rows:
    """The messages of a file whose lines are `spam` or `ham`, a tab, and the message."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    return [text.strip() for _, text in rows], [int(kind == "spam") for kind, _ in rows]


def _kind(text: str) -> str:
    """What twins share: advertisers send one text with other numbers in it."""
    return " ".join(re.sub(r"\d+", "0", re.sub(r"[^\w\s]", " ", text.casefold())).split())


def split(rows: Rows) -> dict[str, Rows]:
    """The parts learn, choose and test, drawn with the seed; messages alike but for numbers and marks count once."""
    first = {_kind(text): (text, label) for text, label in reversed(list(zip(*rows)))}
    kinds = sorted(first)
    random.Random(SEED).shuffle(kinds)
    parts, start = {}, 0
    for name, share in SHARES.items():
        end = len(kinds) if name == "test" else start + round(share * len(kinds))
        chosen = [first[kind] for kind in kinds[start:end]]
        parts[name] = [text for text, _ in chosen], [label for _, label in chosen]
        start = end
    return parts
