"""Collects the dashboard's own words as passages: the cards of all demos, the texts of the pages, the glossary.

Everything is read from where the pages take it, so a new demo, lesson or entry joins by itself.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from demos import demo_folder, demo_package, list_demos
from demos.base import Demo
from demos.figures import parted, read_figures
from demos.glossary import entries
from demos.search.asked import name_of, read_asked
from demos.search.cutting import LONGEST, Passage, cut
from demos.told import all_told

FIGURES = 3  # in a passage
OWN_WORDS = 80  # characters from which a text among a demo's words is a passage
# the places on a demo's page, as its headings name them in an address
TOP, WHY, OWN, CARD = "", "#why-it-said-so", "#break-it", "#before-you-trust-it"


@lru_cache(maxsize=4)
def collect(longest: int = LONGEST) -> tuple[Passage, ...]:
    """Every passage of the dashboard, of at most `longest` characters; each text once."""
    found = {one.text: one for one in (*_glossary(), *(one for demo in list_demos() for one in _figures(demo)))}
    for title, text, link in (*(row for demo in list_demos() for row in _demo(demo)), *_pages()):
        for part in cut(re.sub(r"\*+|`", "", text), longest):
            found.setdefault(part, Passage(title, part, link))
    return tuple(replace(one, asked=read_asked().get(name_of(one.whole), ())) for one in found.values())


def _glossary() -> Iterator[Passage]:
    """An entry is short, and stays whole."""
    for entry in entries():
        also = f" Also called: {', '.join(entry.also)}." if entry.also else ""
        yield Passage(f"Glossary: {entry.term}", f"{entry.says}{also}", entry.link)


def _pages() -> Iterator[tuple[str, str, str]]:
    for told in all_told():
        for text in told.texts:
            yield told.title, text, told.page or "./"


def _demo(demo: Demo) -> Iterator[tuple[str, str, str]]:
    """A demo's passages: what it does, its methods, its own parts, its card and its mistakes."""
    def row(part: str, text: str, place: str) -> tuple[str, str, str]:
        return f"{demo.title}: {part}", text, f"{demo.name}{place}"

    yield row("what it does", f"{demo.question} {demo.summary}", TOP)
    for method in demo.methods:
        yield row(method.title, f"{method.summary} {method.certainty}".strip(), TOP)
    for text in own_words(demo):
        yield row("on its page", text, OWN)
    yield row("what it learnt from", demo.card.learnt_from, CARD)
    own = demo.name == "search"  # its mistakes quote questions, and would be found by them
    for text in () if own else demo.card.weak_at:
        yield row("where it fails", text, CARD)
    for sample in demo.samples:
        if sample.fails and not own:
            end = "" if sample.title.endswith((".", "?", "!")) else "."
            yield row("where it fails", f"{sample.title}{end} {sample.fails}", CARD)
    yield row("never use it for", demo.card.never_for, CARD)
    yield row("licences", demo.card.licence, CARD)


def own_words(demo: Demo) -> list[str]:
    """The longer texts that a demo's page shows in parts of its own; templates with gaps are left out, and errors."""
    try:
        words = importlib.import_module(f"{demo_package(demo.name)}.words")
    except ModuleNotFoundError:
        return []
    known = {demo.summary, *(method.certainty for method in demo.methods)}
    return [text for name, text in vars(words).items() if re.match(r"(?!NEEDS_)[A-Z]", name) and isinstance(text, str)
            and len(text) >= OWN_WORDS and "{" not in text and text not in known]


def _figures(demo: Demo) -> Iterator[Passage]:
    """What the card shows first of each method and data, as many figures in a passage as fit; they stay whole."""
    titles = {method.key: method.title for method in demo.methods}
    said: dict[tuple[str, str], list[str]] = {}
    for figure in parted(read_figures(demo_folder(demo.name)))[0]:
        if figure.method in titles:
            said.setdefault((figure.method, figure.data), []).append(figure.sentence())
    for (method, data), sentences in said.items():
        for start in range(0, len(sentences), FIGURES):
            text = f"{titles[method]}: {'; '.join(sentences[start:start + FIGURES])}. Measured on {data}."
            yield Passage(f"{demo.title}: how good it is", text, f"{demo.name}{CARD}")


def fits(passage: Passage, answers: list[dict[str, str]]) -> bool:
    """Whether a passage is one of those that answer a question."""
    return any(passage.page == (answer["page"] or "./") and answer["says"] in passage.text for answer in answers)
