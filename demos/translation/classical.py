"""The classical method: each word by its commonest partner, as IBM Model 1 found it, and the order by word pairs.

A beam search over the sentence from left to right: every word becomes one of the few things that it became in the
training pairs (up to three words, or none), neighbours may change places, and the sequence whose chances multiply to
the most wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demos.text_results import Alignment, Translation
from demos.translation.cutting import CUT_NOTE, LONGEST, growing, is_long
from demos.translation.direction import names, settle
from demos.translation.table import WordTable, read_table
from demos.translation.tokens import joined, plain, sentence, tokens
from demos.translation.translating import Translates

BEAM = 8
TURNED = 4  # options of a word that are tried where it changes places with its neighbour
UNKNOWN_NOTE = "{count} not in its table, and left as written: {words}."


@dataclass(frozen=True)
class Way:
    """A way through the sentence so far: its chance (log), its last word, and (word, place of its origin)."""

    chance: float
    last: int
    made: tuple[tuple[str, int], ...]


class WordForWord(Translates):
    """A loaded table; `predict` never writes to it."""

    def __init__(self, table: WordTable) -> None:
        self.table = table

    def stream(self, text: str, direction: str = "auto") -> Iterator[tuple[float, Translation]]:
        """As `predict`, after each sentence: how much is done and the answer so far."""
        way, note = settle(text, direction)
        rows: list[tuple[tuple[str, str, float], ...]] = []
        unknown: dict[str, None] = {}

        def one(part: str) -> str:
            here = tokens(part)
            made = self.search(here, way)
            rows.append(tuple((word, here[place], 1.0) for word, place in made))
            unknown.update((token, None) for token in here if token[0].isalpha() and not self._known(token, way))
            words = [word for word, _ in made]
            return sentence(joined(words) if way.endswith("pt") else words, part[:1].isupper())

        if is_long(text, way[:2]):
            note = f"{note} {CUT_NOTE.format(words=LONGEST)}".strip()
        for share, answer in growing(text, way[:2], one):
            said = note
            if unknown:
                count = f"{len(unknown)} word is" if len(unknown) == 1 else f"{len(unknown)} words are"
                said = f"{note} {UNKNOWN_NOTE.format(count=count, words=', '.join(list(unknown)[:8]))}".strip()
            yield share, Translation(answer, names(way), Alignment(tuple(rows)), said)

    def _known(self, token: str, way: str) -> bool:
        return not re.search(r"\d", token) and plain(token) in self.table.words[way[:2]].number

    def search(self, here: list[str], way: str) -> list[tuple[str, int]]:
        """The likeliest sequence of target words for source tokens, each with the place of its origin."""
        second = self.table.words[way[-2:]]
        options = [self._becomes(token, way) for token in here]
        beams: list[dict[int, Way]] = [{} for _ in range(len(here) + 3)]
        beams[0][0] = Way(0.0, 0, ())
        _, _, _, swap = self.table.weights
        for at in range(len(here)):
            for way_so_far in sorted(beams[at].values(), key=lambda one: -one.chance)[:BEAM]:
                for one in self._steps(way_so_far, options[at], at, second):
                    keep(beams[at + 1], one)
                if at + 1 < len(here) and here[at][:1].isalpha() and here[at + 1][:1].isalpha():
                    for early in self._steps(way_so_far, options[at + 1][:TURNED], at + 1, second):
                        for late in self._steps(early, options[at][:TURNED], at, second):
                            keep(beams[at + 2], Way(late.chance - swap, late.last, late.made))
        ends = beams[len(here)].values()
        best = max(ends, key=lambda one: one.chance + self.table.weights[1] * second.fits(one.last, 0))
        return list(best.made)

    def _becomes(self, token: str, way: str) -> list[tuple[tuple[int | str, ...], float]]:
        """The token's options; one that is not in the table, and a number, stays itself."""
        known = self._known(token, way)
        options = self.table.options(way, self.table.words[way[:2]].number[plain(token)]) if known else []
        return options or [((token,), 0.0)]

    def _steps(self, so_far: Way, options: list[tuple[tuple[int | str, ...], float]], at: int,
               target: object) -> Iterator[Way]:
        """Each way to go on with one source word."""
        partner, order, kept, _ = self.table.weights
        for option, chance in options:
            total, last, made = so_far.chance + partner * chance + bool(option) * kept, so_far.last, so_far.made
            for word in option:
                number = word if isinstance(word, int) else 1
                total += order * target.fits(last, number)
                made = (*made, (target.shown[word] if isinstance(word, int) else word, at))
                last = number
            yield Way(total, last, made)


def keep(beam: dict[int, Way], one: Way) -> None:
    """Of the ways that end in the same word only the likeliest can win."""
    if one.last not in beam or beam[one.last].chance < one.chance:
        beam[one.last] = one


def load(weights: Path, device: str) -> WordForWord:
    """The table that train.py wrote; it needs no graphics card."""
    return WordForWord(read_table(weights))
