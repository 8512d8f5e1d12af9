"""Cuts a text into lines and sentences, and puts what was made of each back in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LONGEST = 50  # words of a sentence that are translated at once; a longer one is cut, and nothing is dropped
CUT_NOTE = "A sentence of more than {words} words was cut into parts, which can lose how they hang together."
_CLAUSE = re.compile(r"(?<=[,;:])\s+")


def sentences(line: str, language: str) -> list[str]:
    """The sentences of a line; nothing but space is lost. `language` is "en", "pt" or another code.

    sentencex leaves two sentences together rather than cut one; what is then too long is cut at its clauses.
    """
    from sentencex import segment

    return [part for one in segment(language, line) if one.strip() for part in clauses(one.strip())]


def clauses(sentence: str) -> list[str]:
    """The sentence itself, or where it is too long its parts, cut at commas and else between words."""
    if len(sentence.split()) <= LONGEST:
        return [sentence]
    parts: list[list[str]] = [[]]
    for clause in _CLAUSE.split(sentence):
        words = clause.split()
        while words:
            if parts[-1] and len(parts[-1]) + len(words) > LONGEST:
                parts.append([])
            parts[-1] += words[:LONGEST]
            words = words[LONGEST:]
    return [" ".join(part) for part in parts]


def is_long(text: str, language: str) -> bool:
    """Whether a sentence of this text is too long to be translated at once."""
    from sentencex import segment

    return any(len(one.split()) > LONGEST for line in text.split("\n") for one in segment(language, line))


def growing(text: str, language: str, translate: Callable[[str], str]) -> Iterator[tuple[float, str]]:
    """How much is done (0 to 1) and the translation so far, after each sentence; lines stay lines.

    Where there is nothing to translate, the text itself comes at once.
    """
    lines = [(re.match(r"\s*", line).group(), sentences(line, language))  # type: ignore[union-attr]
             for line in text.split("\n")]
    left = total = sum(len(parts) for _, parts in lines)
    done: list[str] = []
    for indent, parts in lines:
        made: list[str] = []
        for part in parts:
            made.append(translate(part))
            left -= 1
            if left:
                yield (total - left) / total, "\n".join([*done, indent + " ".join(made)])
        done.append(indent + " ".join(made))
    yield 1.0, "\n".join(done)


def has_words(text: str) -> bool:
    """Whether there is a letter to translate."""
    return any(c.isalpha() for c in text)
