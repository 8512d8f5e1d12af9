"""The deep method: MiniLM turns question and passages into 384 numbers each; the nearest passages answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from demos.attending import heads, orders
from demos.attention_results import Heads, Orders
from demos.document_files import Document
from demos.minilm import MiniLM, load_minilm
from demos.results import View
from demos.search.corpus import collect
from demos.search.cutting import Passage, passages_of
from demos.search.ranking import NAMES, SHOWN, ranked
from demos.search.store import Meanings, filled, placed
from demos.search.words import BY_QUESTION, LEFT_OUT_HOW, NOTHING_NEAR, PASSAGE_HOW, QUESTION
from demos.text_results import MeaningMap, Passages, Words
from demos.two_way import leave_out, strongest

NEAR = 0.3  # cosine below which nothing is said to fit; chosen on half of the questions
OWN_NEAR = 0.2  # the same for a text without titles, whose nearness is lower throughout
SHARPNESS = 20.0  # by which MiniLM multiplied the cosine when it learnt
AT_ONCE = 16  # passages between two signs of progress


class ByMeaning:
    """Passages with their meanings and those of the questions they answer; no call writes to it."""

    def __init__(self, minilm: MiniLM, passages: Sequence[Passage], meanings: Meanings) -> None:
        self.minilm, self.passages, self.meanings = minilm, tuple(passages), meanings

    def predict(self, text: str) -> Passages:
        """The passages of the dashboard that answer a question; scores are cosines."""
        question = self.minilm.meanings([text])[0]
        # doubt goes by the passages alone: questions sound alike, also where they are about something else
        near = (self.meanings.own @ question).max(initial=0.0) >= NEAR
        return ranked(self.passages, self.meanings.alike(question), "" if near else NOTHING_NEAR)

    def repeated(self, count: int) -> ByMeaning:
        """The same with so many passages, the dashboard's own over and over: to measure its speed."""
        order = np.arange(count) % len(self.passages)
        return ByMeaning(self.minilm, [self.passages[i] for i in order], self.meanings.repeated(order))

    def explain(self, text: str) -> list[View]:
        """Each word of the question, and of the passage found, left out in turn: how much nearness goes with it."""
        best = self.predict(text)
        said, question = best.texts[0], self.minilm.meanings([text])[0]
        found, by = self.meanings.nearest(best.numbers[0], question)
        how = "" if by is None else f" {BY_QUESTION.format(question=self.passages[best.numbers[0]].asked[by])}"

        def shaded(part: str, other: np.ndarray) -> Words:
            fallen = leave_out(part, lambda texts: SHARPNESS * (self.minilm.meanings(texts) @ other))
            return Words(tuple(part.split()), fallen, NAMES)

        asked, told = shaded(text, found), shaded(said, question)
        return [View("question", QUESTION, f"{LEFT_OUT_HOW} {strongest(asked)}", asked),
                View("passage", best.items[0], f"{PASSAGE_HOW} {strongest(told)}{how}", told)]

    def map(self, text: str) -> MeaningMap:
        """All passages as points, with the question among them."""
        question = self.minilm.meanings([text])[0]
        nearest, own = np.argsort(-self.meanings.alike(question), kind="stable")[:SHOWN], self.meanings
        return MeaningMap(own.places, tuple(one.title for one in self.passages), tuple(one.text for one in self.passages),
                          tuple(one.page for one in self.passages), placed(question, own.own, own.places),
                          tuple(map(int, nearest)))

    def heads(self, text: str) -> Heads:
        """Where each head of MiniLM looks from each piece of a text."""
        return heads(self.minilm, text)

    def orders(self, text: str) -> Orders:
        """What the order of a text's words is worth."""
        return orders(self.minilm, text)

    def own(self, document: Document, text: str) -> Iterator[tuple[float, Passages]]:
        """How much is read, and the passages of a visitor's own text that answer a question so far."""
        passages, left_out = passages_of(document)
        question = self.minilm.meanings([text])[0]
        meanings = document.kept.get("meanings")
        if meanings is None:
            parts: list[np.ndarray] = []
            for start in range(0, len(passages), AT_ONCE):
                parts.append(self.minilm.meanings([one.text for one in passages[start:start + AT_ONCE]]))
                done = sum(map(len, parts))
                if done < len(passages):
                    yield done / len(passages), _own_ranked(passages[:done], np.concatenate(parts) @ question, left_out)
            meanings = document.kept["meanings"] = np.concatenate(parts)
        yield 1.0, _own_ranked(passages, meanings @ question, left_out)


def _own_ranked(passages: Sequence[Passage], alike: np.ndarray, left_out: int) -> Passages:
    """The passages of a visitor's text by their cosines `(n,)`."""
    return ranked(passages, alike, "" if alike.max(initial=0.0) >= OWN_NEAR else NOTHING_NEAR, left_out)


def load(weights: dict[str, Path], device: str) -> ByMeaning:
    """Read the network and the stored meanings; passages that are new since are read now."""
    minilm = load_minilm(weights["all-minilm-l6-v2"], device).hurry()
    passages = collect()
    return ByMeaning(minilm, passages, filled(passages, weights["passages"], minilm.meanings))
