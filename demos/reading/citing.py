"""The sources that the texts cite as "[name2020]", each a line of sources.txt."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

CITED = re.compile(r"\s?\[([a-z]+\d{4})\]")


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """Name -> who wrote it, when, what, and where it stands."""
    rows = (line.split("|", 1) for line in (Path(__file__).parent / "sources.txt").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#"))
    return {name.strip(): said.strip() for name, said in rows}


def cited(text: str) -> list[str]:
    """The names of the sources in a text, in their order, each once."""
    return list(dict.fromkeys(CITED.findall(text)))


def plain(text: str) -> str:
    """A text without its marks for sources."""
    return CITED.sub("", text)
