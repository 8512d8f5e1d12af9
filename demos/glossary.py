"""The words of the field, each in a few plain sentences, with the pages where it is met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from demos import list_demos

OTHER_PAGES = ("how_this_works", "ml_vs_dl")


def slug(words: str) -> str:
    """Words as they stand in an address: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold().replace("é", "e")).strip("-")


@dataclass(frozen=True)
class Entry:
    """A word, its other names, what it means, and the pages where it is met, the best one first."""

    term: str
    also: tuple[str, ...]
    says: str
    pages: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The word as it stands in an address."""
        return slug(self.term)

    @property
    def link(self) -> str:
        """Its own address."""
        return f"glossary?term={self.slug}"


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All entries, in the order of the alphabet; of the pages those that are there."""
    here = {*(demo.name for demo in list_demos()), *OTHER_PAGES}
    found = []
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            term, also, pages, says = (part.strip() for part in line.split("|"))
            met = tuple(page for page in pages.split() if page in here) or ("ml_vs_dl",)
            found.append(Entry(term, tuple(filter(None, also.split(", "))), says, met))
    return tuple(sorted(found, key=lambda entry: entry.term.casefold()))


def matching(wanted: str) -> tuple[Entry, ...]:
    """Entries whose word or other name holds what is wanted, then those whose sentences do; all for nothing wanted."""
    wanted = " ".join(wanted.casefold().split())
    named = [one for one in entries() if wanted in " ".join((one.term, *one.also)).casefold()]
    said = [one for one in entries() if one not in named and wanted in one.says.casefold()]
    return (*sorted(named, key=lambda one: not one.term.casefold().startswith(wanted)), *said)
