"""Pages to be read: where deep learning is used, its limits, what comes next, and questions that people ask; with their sources.

Texts are Markdown files beside this one: a title, a sentence, then a topic under each "##": lines "key: value", and parts
under "###". In questions.md "##" is a group and "###" a question. "[name2020]" cites a line of sources.txt. A file that
breaks these rules raises a ValueError that names it and its fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from demos import demo_folder, get_demo
from demos.figures import Figure, read_figures
from demos.glossary import slug

FOLDER = Path(__file__).parent
PARTS = {"where_used": ("What it does", "What goes wrong"), "limits": ("What is hard", "See it here", "What people do"),
         "what_next": ("What is coming", "See it here", "What is hype")}


@dataclass(frozen=True)
class Topic:
    """A part of a page: `pages` are addresses to try it at, `figures` what was measured, `parts` title -> text."""

    title: str
    icon: str
    pages: tuple[str, ...]
    figures: tuple[str, ...]
    parts: dict[str, str]

    @property
    def slug(self) -> str:
        """Its title as it stands in an address."""
        return slug(self.title)


@dataclass(frozen=True)
class Question:
    """A question, its group, its answer, and the pages to go on, the best one first."""

    asks: str
    group: str
    pages: tuple[str, ...]
    says: str

    @property
    def slug(self) -> str:
        """The question as it stands in an address."""
        return slug(self.asks)


@dataclass(frozen=True)
class Page:
    """A page's title, its one sentence, and what stands on it."""

    title: str
    lede: str
    topics: tuple[Topic, ...] = ()
    questions: tuple[Question, ...] = ()


@lru_cache(maxsize=8)
def page(name: str) -> Page:
    """The page of this name: one of PARTS, or "questions"."""
    path = FOLDER / f"{name}.md"
    return read_topics(path) if name in PARTS else read_questions(path)


def read_topics(path: Path) -> Page:
    """The topics of a page of PARTS."""
    title, lede, rest = _head(path)
    topics = []
    for name, body in rest:
        about, *parts = body.split("\n### ")
        known = _about(path, name, about, ("icon", "pages", "figures"))
        said = dict(_split(path, name, part) for part in parts)
        if tuple(said) != PARTS[path.stem]:
            raise ValueError(f"{path.name}: the parts of “{name}” must be {', '.join(PARTS[path.stem])}; it has {', '.join(said)}")
        figures = tuple(filter(None, (figure.strip() for figure in known["figures"].split(";"))))
        topics.append(Topic(name, known["icon"], tuple(known["pages"].split()), figures, said))
    return Page(title, lede, topics=tuple(topics))


def read_questions(path: Path) -> Page:
    """The questions of questions.md."""
    title, lede, rest = _head(path)
    found = []
    for group, body in rest:
        for part in f"\n{body}".split("\n### ")[1:]:
            asks, said = _split(path, group, part)
            about, _, answer = said.partition("\n")
            known = _about(path, asks, about, ("pages",))
            found.append(Question(asks, group, tuple(known["pages"].split()), _joined(answer)))
    return Page(title, lede, questions=tuple(found))


def _head(path: Path) -> tuple[str, str, list[tuple[str, str]]]:
    head, *rest = path.read_text(encoding="utf-8").split("\n## ")
    title, _, lede = head.partition("\n")
    if not title.startswith("# ") or not lede.strip() or not rest:
        raise ValueError(f"{path.name}: it begins with “# ” and a title, then a sentence, then “## ” for each topic")
    return title.removeprefix("# ").strip(), _joined(lede), [_split(path, "a topic", part) for part in rest]


def _split(path: Path, where: str, part: str) -> tuple[str, str]:
    """The first line of a part, and all that follows it."""
    name, _, body = part.partition("\n")
    if not name.strip() or not body.strip():
        raise ValueError(f"{path.name}: “{name.strip() or where}” is empty")
    return name.strip(), body.strip()


def _about(path: Path, name: str, lines: str, keys: tuple[str, ...]) -> dict[str, str]:
    pairs = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines.splitlines() if line)}
    if tuple(pairs) != keys:
        raise ValueError(f"{path.name}: “{name}” must begin with {', '.join(keys)}; it has {', '.join(pairs)}")
    return pairs


def _joined(text: str) -> str:
    return " ".join(text.split())


def measured(figure: str) -> Figure:
    """The figure "demo method metric words": the first one whose items, data, setup or note hold these words."""
    demo, method, metric, *rest = figure.split(maxsplit=3)
    for row in read_figures(demo_folder(get_demo(demo).name)):
        told = " ".join((str(row.items), row.things, "|", row.data, "|", row.setup, "|", row.note))
        if (row.method, row.metric) == (method, metric) and all(words in told for words in rest):
            return row
    raise ValueError(f"no such figure was measured: {figure}")
