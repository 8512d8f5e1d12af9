"""Finds the questions that hold what a visitor types."""

from __future__ import annotations

import re

from demos.reading import Question, page
from demos.reading.citing import plain

# words that stand in nearly every question, and say nothing about which one is meant
EMPTY = frozenset("a an and are as be can could do does for how i if in is it its my of on or should that the this to was what when "
                  "where which who why will with would you".split())


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("’", "'"))


def asked(wanted: str) -> tuple[Question, ...]:
    """Questions with each typed word at the beginning of one of their words, those that ask for it first.

    The words may stand in the question, its group or its answer. All questions for nothing typed.
    """
    typed = _words(wanted)
    typed = [word for word in typed if word not in EMPTY] or typed
    found = []
    for one in page("questions").questions:
        asks, says = _words(f"{one.asks} {one.group}"), _words(plain(one.says))
        in_asks = [any(word.startswith(start) for word in asks) for start in typed]
        if all(here or any(word.startswith(start) for word in says) for start, here in zip(typed, in_asks)):
            found.append((-sum(in_asks), one))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
