"""How it works, lesson by lesson: the texts here, the maths beside them; nothing heavy is loaded.

A lesson is a file in texts/ and a page pages/how_<name>.py. The file holds the question, lines "key: value", one
sentence of answer, and parts under "##": Try this, What happens, For the curious, For engineers, and Labels (the words
on the page's controls, "key: text").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("texts")
PARTS = ("Try this", "What happens", "For the curious", "For engineers", "Labels")


@dataclass(frozen=True)
class Lesson:
    """One lesson's texts, in Markdown where they are long.

    `terms` are entries of the glossary; `demo` is the page where the same thing runs for real; `labels` are the words
    on the page's controls.
    """

    name: str
    question: str
    answer: str
    icon: str
    order: int
    demo: str
    terms: tuple[str, ...]
    try_this: str
    what_happens: str
    curious: str
    engineer: str
    labels: dict[str, str]

    @property
    def page(self) -> str:
        """The page's file and address, without its ending."""
        return f"how_{self.name}"


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file; ValueError names the file and what is missing or unknown in it."""
    head, *parts = path.read_text(encoding="utf-8").split("\n## ")
    sections = {title: body.strip() for title, body in (part.split("\n", 1) for part in parts)}
    if tuple(sections) != PARTS:
        raise ValueError(f"{path.name}: its parts must be {', '.join(PARTS)}; it has {', '.join(sections)}")
    first, about, answer = (piece.strip() for piece in head.split("\n\n", 2))
    known = _pairs(about)
    if set(known) != {"icon", "order", "demo", "terms"}:
        raise ValueError(f"{path.name}: after the question come icon, order, demo and terms; it has {', '.join(known)}")
    return Lesson(path.stem, first.removeprefix("# "), answer, known["icon"], int(known["order"]), known["demo"],
                  tuple(term.strip() for term in known["terms"].split(",")), sections["Try this"],
                  sections["What happens"], sections["For the curious"], sections["For engineers"],
                  _pairs(sections["Labels"]))


def _pairs(lines: str) -> dict[str, str]:
    return {key.strip(): value.strip() for key, value in (line.split(":", 1) for line in lines.splitlines() if line)}


@lru_cache(maxsize=1)
def list_lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order in which they build on each other."""
    return tuple(sorted(map(read_lesson, FOLDER.glob("*.md")), key=lambda lesson: lesson.order))


def get_lesson(name: str) -> Lesson:
    """The lesson of this name; a KeyError names those there are."""
    found = {lesson.name: lesson for lesson in list_lessons()}
    if name not in found:
        raise KeyError(f"there is no lesson {name!r}; there are: {', '.join(found)}")
    return found[name]
