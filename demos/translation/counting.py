"""IBM Model 1 in numpy: which word stands for which, learnt from sentence pairs alone; and counts of word pairs.

Brown and others 1993, "The Mathematics of Statistical Machine Translation", Computational Linguistics 19(2).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

NULL = 0  # stands in every source sentence: where words come from that have no partner
RARE = 1  # any word met once only


@dataclass(frozen=True)
class Corpus:
    """Sentences of one side as word numbers `(n,)` int32, `starts` `(m + 1,)`, and the words by number."""

    numbers: np.ndarray
    starts: np.ndarray
    words: tuple[str, ...]


def corpus(sentences: list[list[str]], fewest: int = 2) -> Corpus:
    """Words met at least `fewest` times get numbers from 2 on, the commonest first; ties go by the alphabet."""
    counted = Counter(word for sentence in sentences for word in sentence)
    kept = sorted((word for word, count in counted.items() if count >= fewest), key=lambda word: (-counted[word], word))
    number = {word: place for place, word in enumerate(kept, start=2)}
    flat = np.array([number.get(word, RARE) for sentence in sentences for word in sentence], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(sentence) for sentence in sentences])])
    return Corpus(flat, starts, ("", "", *kept))


class Pairs:
    """Every source word (NULL too) beside every target word of its sentence pair, once and for all.

    `key` `(k,)` numbers the distinct word pairs; `word` `(k,)` is the target word's place in its corpus.
    """

    def __init__(self, source: Corpus, target: Corpus) -> None:
        lengths, sizes = np.diff(source.starts) + 1, np.diff(target.starts)
        sentence = np.repeat(np.arange(len(sizes)), sizes)  # of each target word
        many = lengths[sentence]
        self.word = np.repeat(np.arange(len(sentence)), many)
        self.begin = np.concatenate([[0], np.cumsum(many)])[:-1]  # where a target word's candidates begin
        inside = np.arange(len(self.word)) - self.begin[self.word]  # 0 is NULL, 1 the first source word
        place = source.starts[sentence[self.word]] + inside - 1
        origin = np.where(inside == 0, NULL, source.numbers[np.maximum(place, 0)])
        both = origin.astype(np.int64) << 32 | target.numbers[self.word]
        self.distinct, self.key = np.unique(both, return_inverse=True)
        self.origin = (self.distinct >> 32).astype(np.int32)
        self.target = (self.distinct & 0xFFFFFFFF).astype(np.int32)
        self.inside = inside

    def learn(self, rounds: int) -> np.ndarray:
        """t(target word | source word) `(distinct,)` after so many rounds of expectation and maximisation."""
        chance = np.ones(len(self.distinct))
        for _ in range(rounds):
            share = chance[self.key]
            share /= np.add.reduceat(share, self.begin)[self.word]  # who of the sentence it came from
            counted = np.bincount(self.key, share, len(self.distinct))
            chance = counted / np.bincount(self.origin, counted)[self.origin]
        return chance

    def best(self, chance: np.ndarray) -> np.ndarray:
        """For each target word the place of its likeliest source word in the sentence, -1 for NULL."""
        share = chance[self.key]
        top = np.maximum.reduceat(share, self.begin)
        hits = np.flatnonzero(share >= top[self.word])
        _, first = np.unique(self.word[hits], return_index=True)
        return self.inside[hits[first]] - 1


def strongest(origin: np.ndarray, rows: np.ndarray, chance: np.ndarray, most: int, least: float) -> np.ndarray:
    """Places of at most `most` rows for each origin with a chance of at least `least`, the likeliest first."""
    order = np.lexsort((rows, -chance, origin))
    order = order[chance[order] >= least]
    begin = np.flatnonzero(np.concatenate([[True], np.diff(origin[order]) > 0])) if len(order) else order
    rank = np.arange(len(order)) - np.repeat(begin, np.diff([*begin, len(order)]))
    return order[rank < most]


def bigrams(side: Corpus, fewest: int = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which word follows which: pairs `(b, 2)` int32, their chances `(b,)`, and of each word alone `(v,)`.

    NULL stands for the edge of a sentence.
    """
    edges = np.insert(side.numbers, side.starts[:-1], NULL)
    edges = np.append(edges, NULL)
    both, counted = np.unique(edges[:-1].astype(np.int64) << 32 | edges[1:], return_counts=True)
    before = (both >> 32).astype(np.int64)
    follows = counted / np.bincount(before, counted)[before]
    kept = counted >= fewest
    pairs = np.stack([both >> 32, both & 0xFFFFFFFF], axis=1).astype(np.int32)[kept]
    alone = np.bincount(edges, minlength=len(side.words)) / len(edges)
    return pairs, follows[kept].astype(np.float32), alone.astype(np.float32)
