"""Reads the children's stories that the models learn from: `stories.jsonl.xz`, one story or part of a story a line.

Split: the file's own validation part (5 % of each book) is for the figures alone. Of its training part, one story in
forty (drawn by a digest of its number, with the seed) is held back to choose sizes, rates and what to drop; no method
learns from it. All parts of a story are on one side.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Literal

SEED = 0
ONE_IN = 40  # stories of the training part that are held back to choose with
Part = Literal["learn", "choose", "validation"]


def part_of(number: str, split: str) -> Part:
    """The part that a record belongs to, by its number such as "503-004-2" (book, story, part) and the file's split."""
    if split == "validation":
        return "validation"
    story = "-".join(number.split("-")[:2])
    drawn = int.from_bytes(hashlib.sha256(f"{SEED} {story}".encode()).digest()[:8], "big")
    return "learn" if drawn % ONE_IN else "choose"


def read_stories(data: Path, part: Part) -> list[str]:
    """The texts of one part, in the file's order; paragraphs are separated by a blank line.

    Raises FileNotFoundError where the folder holds no stories.
    """
    with lzma.open(data / "stories.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["text"] for row in rows if part_of(row["id"], row["split"]) == part]
