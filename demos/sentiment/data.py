"""Reads the phrases of the Stanford Sentiment Treebank and film reviews of IMDb, and cuts the validation part."""

from __future__ import annotations

import csv
import json
import lzma
import random
import re
from pathlib import Path

SEED = 0
HELD = 500  # whole sentences for validation
SHORTEST_HELD = 8  # words: shorter ones are mostly parts of sentences
# The treebank writes texts apart, all in small letters; visitors write them together.
_JOINED = (
    (r"\s+n't\b", "n't"), (r"\s+'(s|re|ve|ll|d|m)\b", r"'\1"), (r"-lrb-\s*", "("), (r"\s*-rrb-", ")"),
    (r"``\s*", '"'), (r"\s*''", '"'), (r"\s+([.,;:?!%)])", r"\1"), (r"\(\s+", "("), (r"\$\s+", "$"))

Rows = tuple[list[str], list[int]]  # texts; 1 for positive, 0 for negative
Part = tuple[int, int, int]  # its number, and where it begins and ends in the whole text


def joined(text: str) -> str:
    """A text as people write it: "it 's n't bad ." becomes "it's n't bad."."""
    for pattern, instead in _JOINED:
        text = re.sub(pattern, instead, text)
    return " ".join(text.split())


def read_phrases(path: Path) -> Rows:
    """The texts, words apart, and labels of a table with the columns sentence and label; each text once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(" ".join(row["sentence"].split()), int(row["label"]))
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return list(dict(rows)), list(dict(rows).values())


def hold_back(rows: Rows, count: int = HELD, seed: int = SEED) -> tuple[Rows, Rows]:
    """What to learn from, and whole sentences to choose by, as people write them.

    The treebank labels every part of a sentence, so each phrase that is a part of a held-back sentence leaves
    the learning part too.
    """
    texts, labels = rows
    spaced = [f" {text} " for text in texts]
    long = [i for i, text in enumerate(texts) if len(text.split()) >= SHORTEST_HELD]
    by_word: dict[str, set[int]] = {}
    for i in long:
        for word in set(texts[i].split()):
            by_word.setdefault(word, set()).add(i)

    def inside(i: int) -> bool:
        """Whether a longer phrase holds this one, so that it is no whole sentence."""
        rivals = min((by_word[word] for word in texts[i].split()), key=len)
        return any(j != i and len(texts[j]) > len(texts[i]) and spaced[i] in spaced[j] for j in rivals)

    random.Random(seed).shuffle(long)
    held: list[int] = []
    for i in long:
        if len(held) == count:
            break
        if not inside(i):
            held.append(i)
    whole = " | ".join(spaced[i] for i in held)
    learn = [i for i in range(len(texts)) if spaced[i] not in whole]

    def rows_of(numbers: list[int]) -> Rows:
        return [joined(texts[i]) for i in numbers], [labels[i] for i in numbers]

    return rows_of(learn), rows_of(sorted(held))


def parts_of(texts: list[str]) -> dict[int, list[Part]]:
    """Each text that stands in no longer one, by its number, with those that stand in it; a part in three at most."""
    spaced = [f" {text} " for text in texts]
    by_word: dict[str, list[int]] = {}
    found: dict[int, list[Part]] = {}
    for i in sorted(range(len(texts)), key=lambda number: -len(texts[number])):
        words = set(texts[i].split())
        rivals = min((by_word.get(word, []) for word in words), key=len)
        around = [j for j in rivals if spaced[i] in spaced[j]]
        for j in around[:3]:
            start = spaced[j].find(spaced[i])
            found[j].append((i, start, start + len(texts[i])))
        if not around:
            found[i] = []
            for word in words:
                by_word.setdefault(word, []).append(i)
    return found


def read_reviews(path: Path, count: int, seed: int = SEED) -> Rows:
    """So many of the reviews in a packed file of JSON lines, drawn with the seed, without their line breaks."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    taken = random.Random(seed).sample(rows, min(count, len(rows)))
    return [" ".join(re.sub(r"<br\s*/?>", " ", row["text"]).split()) for row in taken], [row["label"] for row in taken]
