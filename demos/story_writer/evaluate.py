"""Measures the methods on the validation stories: bits per byte, tokens a second, how often their stories go wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from demos.figures import Figure, machine, today, wilson
from demos.story_writer.mistakes import Counts, counted, openings, right_beginnings, words_of, written_on
from demos.story_writer.stories import read_stories
from demos.story_writer.tokens import Tokens, read_tokens
from demos.story_writer.writing import Taste, write

DATA = "children's stories first published before 1929, the stories held back of each book"
WRITTEN, TURNS = 200, 3  # tokens, and how often they are written: the median counts
DRAWS, SEED = 1000, 0  # of the interval
OPENINGS, BEGINNINGS = 60, 200  # that are written on from; whose middle is weighed
THINGS = {"names_come_back": "beginnings with a name", "repeated": "runs of four words that it wrote",
          "no_words": "words that it wrote", "right_beginning": "middles of stories"}
TRUE = {"names_come_back": "In the true stories a name comes back {share:.0%} of the time.",
        "repeated": "In the true stories it is {share:.1%}; written on were 60 beginnings, each by 150 pieces.", "no_words": "Read were all stories, those held back too.",
        "right_beginning": "Which of two beginnings, 100 pieces long, belongs to a middle; weighed are its pieces 21 to 120. "
                           "By chance half are right; the table sees four pieces, so both are the same to it."}
NOTE = ("Neighbouring chapters of a book can be on both sides: this measures unseen text, not unseen characters. Each "
        "story is read from its start; its end is not guessed.")


def surprise(model: Any, tokens: Tokens, texts: list[str]) -> tuple[float, float, float]:
    """Bits of surprise at a byte of the texts, and its 95 % interval over drawing the texts anew (bootstrap)."""
    bits = np.array([model.surprises(tokens.ids(text)).sum() for text in texts])
    letters = np.array([len(text.encode()) for text in texts])
    drawn = np.random.default_rng(SEED).integers(len(texts), size=(DRAWS, len(texts)))
    low, high = np.quantile(bits[drawn].sum(axis=1) / letters[drawn].sum(axis=1), (0.025, 0.975))
    return float(bits.sum() / letters.sum()), float(low), float(high)


def speed(model: Any, tokens: Tokens) -> float:
    """Tokens written in a second of the processor, one after another, with what was read kept."""
    ids, found = tokens.ids("Once upon a time there was a little rabbit"), []
    for seed in range(TURNS):
        began = time.process_time()
        written = sum(1 for _ in write(model, ids, WRITTEN, Taste(), seed))
        found.append(written / max(time.process_time() - began, 1e-9))
    return float(np.median(found))


def evaluate(data: Path, load: Callable[[str], Any], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of those methods; `limit` takes so many stories, spread evenly."""
    every, tokens = read_stories(data, "validation"), read_tokens()
    texts = [every[place] for place in np.linspace(0, len(every) - 1, min(len(every), limit or len(every))).astype(int)]
    fixed = {"date": today(), "command": command, "machine": machine()}
    letters = sum(len(text.encode()) for text in texts)
    known = {word for part in ("learn", "choose") for text in read_stories(data, part) for word in words_of(text)}
    known |= {word for text in every for word in words_of(text)}
    pairs = openings(tokens, every, min(OPENINGS, limit or OPENINGS))
    figures = []
    for key in methods:
        model = load(key)
        if not hasattr(model, "surprises"):
            continue  # knows other tokens
        bits, low, high = surprise(model, tokens, texts)
        figures.append(Figure(key, "bits_per_byte", bits, data=DATA, items=letters, things="letters of unseen stories",
                              low=low, high=high, note=NOTE, **fixed))
        figures.append(Figure(key, "tokens_a_second", speed(model, tokens), data="a story begun", items=WRITTEN,
                              things="pieces", note="All threads' time counts.", **fixed))
        wrong = counted(written_on(model, tokens, pairs), known)
        wrong["right_beginning"] = right_beginnings(model, tokens, every, min(BEGINNINGS, limit or BEGINNINGS))
        figures += shares(key, wrong, counted(pairs, known), fixed)
    return figures


def shares(key: str, wrong: dict[str, Counts], true: dict[str, Counts], fixed: dict[str, str]) -> list[Figure]:
    """A figure of each count that has items, with what the true stories give beside it."""
    said = {metric: note.format(share=true[metric].hits / max(true[metric].items, 1) if metric in true else 0)
            for metric, note in TRUE.items()}
    return [Figure(key, metric, one.hits / one.items, data=DATA, items=one.items, things=THINGS[metric],
                   low=wilson(one.hits, one.items)[0], high=wilson(one.hits, one.items)[1], note=said[metric], **fixed)
            for metric, one in wrong.items() if one.items]
