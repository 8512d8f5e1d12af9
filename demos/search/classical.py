"""The classical method: BM25, which counts shared words, rare ones more (Robertson and Zaragoza 2009), with bm25s."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from demos.document_files import Document
from demos.results import View
from demos.search.corpus import collect
from demos.search.cutting import Passage, passages_of
from demos.search.ranking import NAMES, ranked
from demos.search.words import BY_WORDS_HOW, NO_SHARED_WORD, QUESTION, SHARED_WORDS
from demos.text_results import Passages, Words
from demos.two_way import by_word, strongest, word_spans

K1, B = 1.2, 0.75  # as most search engines have them


def stem(word: str) -> str:
    """A word without its ending: "learning" and "learns" become "learn"."""
    return _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return ENGLISH_STOP_WORDS


def tokens(text: str, short: Callable[[str], str] | None = None) -> list[tuple[str, int, int]]:
    """The words that count, in small letters and without endings, and where each stands; `short` shortens a word as `stem` does."""
    short = short or stem
    found = ((match[0].casefold(), *match.span()) for match in re.finditer(r"\w+", text))
    return [(short(word), start, end) for word, start, end in found if word not in _stop_words()]


class ByWords:
    """Passages and their index; no call writes to it."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        import bm25s

        self.passages = tuple(passages)
        self.index = bm25s.BM25(method="lucene", k1=K1, b=B)
        short = lru_cache(maxsize=None)(stem)  # forgotten with the call: the passages may be a visitor's
        rows = [[word for word, _, _ in tokens(" ".join((one.whole, *one.asked)), short)] for one in self.passages]
        self.known = frozenset(word for row in rows for word in row)
        if self.known:
            self.index.index(rows, show_progress=False)

    def scores(self, words: list[str]) -> np.ndarray:
        """How well each passage `(n,)` fits these words; 0 where it holds none of them."""
        known = [word for word in words if word in self.known]
        return self.index.get_scores(known) if known else np.zeros(len(self.passages), np.float32)

    def find(self, text: str, left_out: int = 0) -> Passages:
        """The passages that share the question's words."""
        scores = self.scores([word for word, _, _ in tokens(text)])
        return ranked(self.passages, scores, NO_SHARED_WORD if not (scores > 0).any() else "", left_out, lowest=0.0)

    def predict(self, text: str) -> Passages:
        """The passages of the dashboard that answer a question."""
        return self.find(text)

    def repeated(self, count: int) -> ByWords:
        """The same with so many passages, the dashboard's own over and over: to measure its speed."""
        return ByWords([self.passages[i % len(self.passages)] for i in range(count)])

    def explain(self, text: str) -> list[View]:
        """The words of the question and of the passage found, shaded by what each adds to the score."""
        best = self.find(text)
        if not best.numbers:
            words = Words(tuple(text.split()), np.zeros(len(text.split())), NAMES)
            return [View("question", QUESTION, NO_SHARED_WORD, words)]
        worth = {word: float(self.scores([word])[best.numbers[0]]) for word, _, _ in tokens(text)}
        asked, told = (_shaded(part, worth) for part in (text, best.texts[0]))
        return [View("question", QUESTION, f"{BY_WORDS_HOW} {strongest(asked)}", asked),
                View("passage", best.items[0], SHARED_WORDS, told)]

    def own(self, document: Document, text: str) -> Passages:
        """The passages of a visitor's own text that answer a question."""
        passages, left_out = passages_of(document)
        if "words" not in document.kept:
            document.kept["words"] = ByWords(passages)
        return document.kept["words"].find(text, left_out)


def _shaded(text: str, worth: dict[str, float]) -> Words:
    """The words of a text, each with what it is worth."""
    found = tokens(text)
    times, spans = Counter(word for word, _, _ in found), word_spans(text)
    values = np.array([worth.get(word, 0.0) / times[word] for word, _, _ in found])
    return Words(tuple(text[start:end] for start, end in spans),
                 by_word(values, [(start, end) for _, start, end in found], spans), NAMES)


def load(weights: None, device: str) -> ByWords:
    """Collect the dashboard's passages and index their words; it has learnt nothing and runs on the processor."""
    return ByWords(collect())
