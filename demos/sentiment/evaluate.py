"""Measures both methods on sentences about films (a folder with sentences_872.tsv) or on reviews (imdb.jsonl.xz)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today
from demos.judging import accuracy, explanations, speed
from demos.minilm import LONGEST
from demos.sentiment.data import joined, read_phrases, read_reviews

REVIEWS = 500
SENTENCES = "SST-2, its 872 validation sentences"
FILMS = f"IMDb reviews, {REVIEWS:,} drawn by chance (seed 0)"
TREEBANK = ("Sentences of the Stanford Sentiment Treebank's development part, on this copy; none was learnt from. Its "
            "texts, written apart and in small letters, were joined as people write them.")
AGAIN = {"minilm": "A first network, right in 88.4 of 100, was measured on them before; this one was chosen without them."}
STRANGERS = {
    "tfidf": "Nothing was learnt from these reviews, which are longer and of other writers than what it learnt from.",
    "minilm": "Nothing was learnt from these reviews, which are longer and of other writers than what it learnt from. "
              f"Of each the network reads the first {LONGEST} pieces of words only; the classical method reads it whole."}


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Right answers, at each certainty too; on the sentences also how explanations agree and the time for one text.

    `limit` takes the first so many texts; `load` gives the model of a method's key. Raises BadInput where there is
    nothing to read, FileNotFoundError for a folder without sentences_872.tsv.
    """
    about = {"date": today(), "command": command, "machine": machine()}
    figures = []
    if data.is_file():
        if not data.name.endswith(".jsonl.xz"):
            raise BadInput("Please give the folder with sentences_872.tsv, or a packed file of reviews (.jsonl.xz).")
        texts, labels = read_reviews(data, limit or REVIEWS)
        for key in methods:
            shares = load(key).shares(texts)
            figures += accuracy(key, shares, np.array(labels), data=FILMS, things="film reviews",
                                note=STRANGERS.get(key, ""), **about)[:1]
        return figures
    rows, labels = read_phrases(data / "sentences_872.tsv")
    texts = [joined(text) for text in rows][:limit]
    if not texts:
        raise BadInput("sentences_872.tsv holds no sentence.")
    for key in methods:
        model = load(key)
        about |= {"data": SENTENCES, "note": f"{TREEBANK} {AGAIN.get(key, '')}".strip()}
        figures += accuracy(key, model.shares(texts), np.array(labels[:limit]), things="sentences", **about)
        figures += [explanations(key, model, texts, things="sentences", **about),
                    speed(key, model, texts, things="sentences", **about)]
    return figures
