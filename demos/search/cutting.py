"""Cuts texts into passages: whole sentences, as many as fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from demos.document_files import Document

LONGEST = 300  # characters of a passage; chosen on half of the questions among 150, 300 and 600
MOST = 400  # passages of a visitor's text


@dataclass(frozen=True)
class Passage:
    """A few sentences: the title of where they stand, the text, its address in the dashboard ("" for none).

    `asked` are questions that the passage answers; it is found by them too.
    """

    title: str
    text: str
    link: str = ""
    asked: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The address without the place on the page."""
        return re.split(r"[#?]", self.link)[0]

    @property
    def whole(self) -> str:
        """What is searched: title and text."""
        return f"{self.title}: {self.text}" if self.title else self.text


def cut(text: str, longest: int = LONGEST) -> list[str]:
    """Passages of at most `longest` characters: sentences that stand in one paragraph stay together where they fit."""
    from sentencex import segment

    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        paragraph = " ".join(re.sub(r"(\w)-\n(\w)", r"\1\2", paragraph).split())
        now = ""
        for sentence in segment("en", paragraph):
            for part in _parts(sentence.strip(), longest):
                if now and len(now) + 1 + len(part) > longest:
                    found.append(now)
                    now = ""
                now = f"{now} {part}".strip()
        found += [now] if now else []
    return found


def _parts(sentence: str, longest: int) -> list[str]:
    """The sentence itself, or where it is too long its parts, cut between words, and a word that is too long anywhere."""
    parts = [""]
    for word in sentence.split():
        for start in range(0, len(word), longest):
            piece = word[start:start + longest]
            if parts[-1] and len(parts[-1]) + 1 + len(piece) > longest:
                parts.append("")
            parts[-1] = f"{parts[-1]} {piece}".strip()
    return [part for part in parts if part]


def passages_of(document: Document) -> tuple[tuple[Passage, ...], int]:
    """The first passages of a visitor's text, and how many were too many; cut once for both methods."""
    if "passages" not in document.kept:
        found = [Passage(f"Page {number}" if document.numbered else "", text)
                 for number, page in enumerate(document.pages, 1) for text in cut(page)]
        document.kept["passages"] = tuple(found[:MOST]), max(0, len(found) - MOST)
    return document.kept["passages"]
