"""Counts how often a model's stories go wrong, and how often the true ones seem to: names, repeats, words, the thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from demos.story_writer.tokens import STORY, Tokens
from demos.story_writer.writing import Taste, write

BEGUN, WRITTEN = 100, 150  # tokens of a beginning, and of what is written on
NEAR, FAR = 20, 120  # tokens after a beginning that are weighed: what stands nearer, grammar alone foretells
RUN = 4  # words in a row


@dataclass(frozen=True)
class Counts:
    """How often, of how many."""

    hits: int
    items: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.items + other.items)


def words_of(text: str) -> list[str]:
    """The words of a text, small letters, in order."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text.lower())


def names_of(text: str) -> set[str]:
    """Words that stand large at least twice where no sentence begins, and never small."""
    inside = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", text)
    small = set(re.findall(r"\b[a-z]+", text))
    return {name for name in inside if inside.count(name) > 1 and name.lower() not in small}


def repeats(text: str) -> Counts:
    """Words that end a run of four words that stood there before."""
    words = words_of(text)
    runs = [tuple(words[at:at + RUN]) for at in range(len(words) - RUN + 1)]
    return Counts(sum(run in runs[:at] for at, run in enumerate(runs)), len(runs))


def unknown(text: str, known: set[str]) -> Counts:
    """Words that are in none of the stories; the last one may be cut off."""
    words = words_of(text)[:-1]
    return Counts(sum(word not in known for word in words), len(words))


def openings(tokens: Tokens, texts: list[str], count: int) -> list[tuple[str, str]]:
    """Of `count` texts that are long enough the beginning and what comes next, spread evenly."""
    cut = [tokens.ids(text)[1:BEGUN + WRITTEN + 1] for text in texts]
    long = [(tokens.text(ids[:BEGUN]), tokens.text(ids[BEGUN:])) for ids in cut if len(ids) == BEGUN + WRITTEN]
    return [long[place] for place in np.linspace(0, len(long) - 1, min(count, len(long))).astype(int)]


def counted(pairs: list[tuple[str, str]], known: set[str]) -> dict[str, Counts]:
    """Of pairs of a beginning and what was written on: names that come back, repeats, words in no story."""
    found = {"names_come_back": Counts(0, 0), "repeated": Counts(0, 0), "no_words": Counts(0, 0)}
    for begun, written in pairs:
        if names := names_of(begun):
            found["names_come_back"] += Counts(any(name in written for name in names), 1)
        found["repeated"] += repeats(written)
        found["no_words"] += unknown(written, known)
    return found


def written_on(model: Any, tokens: Tokens, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same beginnings, and what the model writes on, as the page's sliders stand at first."""
    made = (list(write(model, tokens.ids(begun.rstrip()), WRITTEN, Taste(), seed)) for seed, (begun, _) in enumerate(pairs))
    return [(begun, tokens.text(one.token for one in story)) for (begun, _), story in zip(pairs, made)]


def right_beginnings(model: Any, tokens: Tokens, texts: list[str], count: int) -> Counts:
    """How often a model holds the middle of a story for likelier after its own beginning than after another story's."""
    ids = [tokens.ids(text)[1:] for text in texts]
    long = [one for one in ids if len(one) >= BEGUN + FAR]
    chosen = [long[place] for place in np.linspace(0, len(long) - 1, min(count, len(long))).astype(int)]
    hits = 0
    for place, own in enumerate(chosen):
        other = chosen[(place + len(chosen) // 2) % len(chosen)]  # of another book
        after = own[BEGUN:BEGUN + FAR]
        right, wrong = (model.surprises([STORY, *begun[:BEGUN], *after])[-(FAR - NEAR):].sum() for begun in (own, other))
        hits += right < wrong
    return Counts(hits, len(chosen))
