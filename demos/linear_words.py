"""A judge that adds up a weight for each word: naive Bayes and logistic regression on counted words.

What it learnt lies in a safetensors file: the words as text, a weight for each, and how they are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np

from demos.two_way import TwoWay, by_word, word_spans

# "don't" is "do" and "n't", so that a denial is a word of its own; "!" and money count as words too
_TOKEN = re.compile(r"\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+|[!?£$€]", re.IGNORECASE)
KNOWS_NONE = "It knows none of these words, so this is only what it expects of any text."


def tokens(text: str) -> list[tuple[str, int, int]]:
    """The words of a text in small letters, and where each stands."""
    return [(match[0].casefold().replace("’", "'"), *match.span()) for match in _TOKEN.finditer(text)]


def terms(text: str, longest: int) -> list[tuple[str, tuple[int, ...]]]:
    """What is counted: each word, and for `longest` 2 each pair of neighbours, with its words' numbers."""
    words = [word for word, _, _ in tokens(text)]
    return [(" ".join(words[i:i + n]), tuple(range(i, i + n)))
            for n in range(1, longest + 1) for i in range(len(words) - n + 1)]


class LinearWords(TwoWay):
    """Weights `(k,)` of the known terms and a bias; `rarity` `(k,)` where terms are weighed by how rare they are.

    With rarity a text is one vector of length 1 (TF-IDF); without it, every occurrence counts in full.
    """

    def __init__(self, names: tuple[str, str], vocabulary: tuple[str, ...], weights: np.ndarray, bias: float,
                 rarity: np.ndarray | None, longest: int) -> None:
        super().__init__(names)
        pairs = "; a pair of neighbours shares its own between them" if longest > 1 else ""
        self.how = ("What the weights say", f"Each word has one weight, whatever stands around it{pairs}.")
        self.place = {term: i for i, term in enumerate(vocabulary)}
        self.weights, self.bias, self.rarity, self.longest = weights, bias, rarity, longest

    def parts(self, text: str) -> dict[int, float]:
        """How much each known term adds to the score, by its place in the vocabulary."""
        counts = Counter(self.place[term] for term, _ in terms(text, self.longest) if term in self.place)
        if self.rarity is None:
            return {i: count * float(self.weights[i]) for i, count in counts.items()}
        values = {i: (1 + np.log(count)) * float(self.rarity[i]) for i, count in counts.items()}
        length = np.sqrt(sum(value * value for value in values.values())) or 1.0
        return {i: float(value / length * self.weights[i]) for i, value in values.items()}

    def scores(self, texts: list[str]) -> np.ndarray:
        return np.array([self.bias + sum(self.parts(text).values()) for text in texts], np.float32)

    def note(self, text: str) -> str:
        return "" if self.parts(text) else KNOWS_NONE

    def pushes(self, text: str) -> np.ndarray:
        parts, found = self.parts(text), [(self.place[term], at) for term, at in terms(text, self.longest)
                                          if term in self.place]
        times, words = Counter(place for place, _ in found), tokens(text)
        values = np.zeros(len(words))
        for place, at in found:
            values[list(at)] += parts[place] / times[place] / len(at)
        return by_word(values, [(start, end) for _, start, end in words], word_spans(text))


def as_arrays(vocabulary: list[str], weights: np.ndarray, bias: float, rarity: np.ndarray | None,
              longest: int) -> dict[str, np.ndarray]:
    """What `load_words` reads, ready to be stored."""
    found = {"vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8).copy(),
             "weights": weights.astype(np.float32), "bias": np.array([bias], np.float32),
             "longest": np.array([longest], np.int64)}
    return found if rarity is None else {**found, "rarity": rarity.astype(np.float32)}


def load_words(path: Path, names: tuple[str, str]) -> LinearWords:
    """Read the arrays that `as_arrays` made."""
    from safetensors.numpy import load_file

    stored = load_file(path)
    vocabulary = tuple(stored["vocabulary"].tobytes().decode().split("\n"))
    return LinearWords(names, vocabulary, stored["weights"], float(stored["bias"][0]), stored.get("rarity"),
                       int(stored["longest"][0]))
