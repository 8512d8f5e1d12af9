"""Questions that the dashboard's passages answer, kept in asked.txt: a search finds a passage by them too.

A text says what is so; who searches asks. Writing beside each text what it may be asked is an old remedy of search
engines (document expansion; Nogueira and others 2019, arXiv:1904.08375, let a network write the questions). These were
written by the project from the passages alone: without the questions of questions.json, but for those that are samples
on the page. A passage that is new, or whose words were changed, has none until somebody writes one (its numbers may
change, as figures are measured anew); the passages made of a demo's figures have none.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

NAMED = 16  # letters that name a passage in the file


def name_of(whole: str) -> str:
    """What names a passage with this title and text, whatever its numbers, in asked.txt."""
    return hashlib.sha256(re.sub(r"\d+", "#", whole).encode()).hexdigest()[:NAMED]


@lru_cache(maxsize=1)
def read_asked() -> dict[str, tuple[str, ...]]:
    """The questions by the passage's name."""
    found: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("asked.txt").read_text(encoding="utf-8").splitlines():
        name, question = line.split("\t")
        found[name] = (*found.get(name, ()), question)
    return found
