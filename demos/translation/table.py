"""What the classical method learnt, ready to be looked up: words, what each becomes, which follows which.

Written by train.py as one safetensors file: for each language `words.xx` (text, a line a word), `alone.xx`, `pairs.xx`
and `follows.xx`; for each direction `options.*` (what a word becomes, up to three words, with its chance) and
`stands.*` (IBM Model 1's own chances); `weights` are those of the translation's parts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.text_results import Alignment
from demos.translation.tokens import plain, tokens

UNSEEN = 0.3  # of a pair's chance is given to words by themselves
WINDOW = 30  # words to either side in which a partner is looked for
NEAR = 0.15  # how much a partner's distance in the sentence counts against it


@dataclass(frozen=True)
class Words:
    """One language: words as they are shown by number, numbers by plain word, and how words follow each other."""

    shown: tuple[str, ...]
    number: dict[str, int]
    alone: np.ndarray
    follows: dict[int, float]  # first << 16 | second -> chance

    def fits(self, first: int, second: int) -> float:
        """Log of how many times likelier the second word is after the first than anywhere."""
        anywhere = float(self.alone[second]) + 1e-9
        return math.log((1 - UNSEEN) * self.follows.get(first << 16 | second, 0.0) / anywhere + UNSEEN)


class WordTable:
    """Everything in the file; nothing of it changes."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.arrays = arrays
        self.words = {language: self._words(language) for language in ("en", "pt")}
        self.weights = arrays["weights"].tolist()
        self.stands = {way: self._stands(way) for way in ("en-pt", "pt-en")}

    def _words(self, language: str) -> Words:
        shown = tuple(self.arrays[f"words.{language}"].tobytes().decode("utf-8").split("\n"))
        pairs = self.arrays[f"pairs.{language}"].astype(np.int64)
        keys = (pairs[:, 0] << 16 | pairs[:, 1]).tolist()
        follows = dict(zip(keys, self.arrays[f"follows.{language}"].astype(float).tolist()))
        number = {plain(word): place for place, word in enumerate(shown) if word}
        return Words(shown, number, self.arrays[f"alone.{language}"].astype(np.float32), follows)

    def _stands(self, way: str) -> dict[int, float]:
        pairs = self.arrays[f"stands.{way}.pairs"].astype(np.int64)
        chance = self.arrays[f"stands.{way}.chance"].astype(float).tolist()
        return dict(zip((pairs[:, 0] << 16 | pairs[:, 1]).tolist(), chance))

    def options(self, way: str, number: int) -> list[tuple[tuple[int, ...], float]]:
        """What a word may become: target words (none where it falls away) with the log of their chance."""
        begin, end = self.arrays[f"options.{way}.starts"][number:number + 2].tolist()
        rows = self.arrays[f"options.{way}.words"][begin:end].tolist()
        chances = self.arrays[f"options.{way}.chance"][begin:end].astype(float).tolist()
        return [(tuple(word for word in row if word), math.log(chance)) for row, chance in zip(rows, chances)]

    def align(self, source: str, target: str, way: str) -> tuple[tuple[str, str, float], ...]:
        """For each word of the target the likeliest word of the source with its chance, "" where there is none.

        Both directions of Model 1 must agree: the chance is the root of their product, less for words far away.
        """
        first, second = way.split("-")
        here, there = tokens(source), tokens(target)
        mine = [self.words[first].number.get(plain(token), 1) for token in here]
        back = self.stands[f"{second}-{first}"]
        rows = []
        for place, token in enumerate(there):
            number = self.words[second].number.get(plain(token), 1)
            best, sure = "", 0.0
            middle = place * len(here) // len(there)
            for at in range(max(0, middle - WINDOW), min(len(here), middle + WINDOW)):
                origin = mine[at]
                if plain(here[at]) == plain(token):
                    both = 1.0
                else:
                    both = math.sqrt(self.stands[way].get(origin << 16 | number, 0.0)
                                     * back.get(number << 16 | origin, 0.0))
                both /= 1 + NEAR * abs(at / max(len(here), 1) - place / len(there)) * len(there)
                if both > sure:
                    best, sure = here[at], both
            rows.append((token, best, min(sure, 1.0)) if sure > 0.02 else (token, "", 0.0))
        return tuple(rows)


def aligned(table: WordTable, pairs: list[tuple[str, str]], way: str) -> Alignment:
    """The alignment of sentence pairs."""
    return Alignment(tuple(table.align(source, target, way) for source, target in pairs))


def read_table(path: Path) -> WordTable:
    """The table in a safetensors file."""
    from safetensors.numpy import load_file

    return WordTable(load_file(path))
