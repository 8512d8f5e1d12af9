"""Measures the methods on the validation stories: bits per byte, and how many tokens are written in a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from demos.figures import Figure, machine, today
from demos.story_writer.stories import read_stories
from demos.story_writer.tokens import Tokens, read_tokens
from demos.story_writer.writing import Taste, write

DATA = "children's stories first published before 1929, the stories held back of each book"
WRITTEN, TURNS = 200, 3  # tokens, and how often they are written: the median counts
DRAWS, SEED = 1000, 0  # of the interval
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
    """Tokens written in a second, one after another, with what was read kept."""
    ids, found = tokens.ids("Once upon a time there was a little rabbit"), []
    for seed in range(TURNS):
        began = time.perf_counter()
        written = sum(1 for _ in write(model, ids, WRITTEN, Taste(), seed))
        found.append(written / (time.perf_counter() - began))
    return float(np.median(found))


def evaluate(data: Path, load: Callable[[str], Any], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of those methods; `limit` takes so many stories, spread evenly."""
    texts, tokens = read_stories(data, "validation"), read_tokens()
    texts = [texts[place] for place in np.linspace(0, len(texts) - 1, min(len(texts), limit or len(texts))).astype(int)]
    fixed = {"date": today(), "command": command, "machine": machine()}
    figures = []
    for key in methods:
        model = load(key)
        if not hasattr(model, "surprises"):
            continue  # knows other tokens
        bits, low, high = surprise(model, tokens, texts)
        letters = sum(len(text.encode()) for text in texts)
        figures.append(Figure(key, "bits_per_byte", bits, data=DATA, items=letters, things="letters of unseen stories",
                              low=low, high=high, note=NOTE, **fixed))
        figures.append(Figure(key, "tokens_a_second", speed(model, tokens), data="a story begun", items=WRITTEN,
                              things="tokens", note="The device's load at that time counts too.", **fixed))
    return figures
