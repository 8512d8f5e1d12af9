"""Chooses settings on half of the questions and riddles: `python -m demos.search.choose`; the rest is not looked at.

For the classical method: stems or whole words. For both: how long a passage is, and whether its title is searched with
it. For the network also below which nearness it says that nothing fits: where it would doubt as few questions that can
be answered as questions beside the subject that it lets pass.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from demos.search import classical
from demos.search.corpus import collect, fits
from demos.search.cutting import Passage
from demos.search.store import Meanings
from demos.search.store import questions as questions_of

QUESTIONS = Path(__file__).with_name("questions.json")
LENGTHS = (150, 300, 600)


def hits(order: np.ndarray, passages: tuple[Passage, ...], answers: list[dict[str, str]], first: int = 3) -> bool:
    """Whether one of the first passages answers the question."""
    return any(fits(passages[i], answers) for i in order[:first])


def by_words(passages: tuple[Passage, ...], questions: list[str], stems: bool) -> list[np.ndarray]:
    """The order of the passages for each question by shared words."""
    usual = classical.stem
    classical.stem = usual if stems else str  # type: ignore[assignment]
    try:
        index = classical.ByWords(passages)
        return [np.array(index.find(question).numbers, int) for question in questions]
    finally:
        classical.stem = usual


def main() -> None:
    """Print the hits of each choice."""
    from demos.minilm import MINILM, load_minilm
    from demos.weights import locate

    rows = json.loads(QUESTIONS.read_text())
    half = [row for row in (*rows["questions"], *rows["riddles"]) if row["set"] == "choose"]
    questions, answers = [row["question"] for row in half], [row["answers"] for row in half]
    minilm = load_minilm(locate(MINILM, Path()), "cpu")
    asked, beside = minilm.meanings(questions), minilm.meanings(rows["beside"][::2])
    for longest in LENGTHS:
        with_title = collect(longest)
        for titled in (True, False):
            passages = with_title if titled else tuple(replace(one, title="") for one in with_title)
            for stems in (True, False):
                found = sum(map(hits, by_words(passages, questions, stems), [passages] * len(half), answers))
                print(f"{longest=} {titled=} {stems=}: by words {found} of {len(half)}")
            texts, owners = questions_of(passages)
            own = minilm.meanings([one.whole for one in passages])
            meanings = Meanings(own, np.zeros((len(own), 2)), minilm.meanings(texts), owners)
            alike = np.stack([meanings.alike(question) for question in asked])
            found = sum(map(hits, np.argsort(-alike, axis=1, kind="stable"), [passages] * len(half), answers))
            print(f"{longest=} {titled=}: by meaning {found} of {len(half)}, {len(passages)} passages")
            for near in (0.2, 0.25, 0.3, 0.35, 0.4):
                print(f"  {near=}: doubted {((asked @ own.T).max(axis=1) < near).sum()} of {len(half)}, "
                      f"and {((beside @ own.T).max(axis=1) < near).sum()} of {len(beside)} beside the subject")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
