"""The stored meanings of the dashboard's passages and their questions, each under its text's digest: none is read twice.

What was written or changed since is read when the model is loaded; `python -m demos.search.build` stores it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.search.cutting import Passage

DIGEST = 16  # bytes
AROUND = 5  # passages that a new one is put among, on the map
Read = Callable[[list[str]], np.ndarray]  # k texts -> their meanings (k, 384)


@dataclass(frozen=True, eq=False)
class Meanings:
    """Of n passages with m questions: each row is of length 1.

    `own` `(n, 384)` of the passages, `places` `(n, 2)` on the map; `asked` `(m, 384)` of the questions, and `owners` `(m,)`
    whose they are.
    """

    own: np.ndarray
    places: np.ndarray
    asked: np.ndarray
    owners: np.ndarray

    def alike(self, question: np.ndarray) -> np.ndarray:
        """`(n,)` cosines of a question `(384,)`: with a passage, or with a question it answers where that is nearer."""
        alike = self.own @ question
        np.maximum.at(alike, self.owners, self.asked @ question)
        return alike

    def nearest(self, number: int, question: np.ndarray) -> tuple[np.ndarray, int | None]:
        """By what a passage was found: that meaning `(384,)`, and which of the passage's questions it is, if it is one."""
        rows = np.flatnonzero(self.owners == number)
        near = self.asked[rows] @ question
        if not len(rows) or near.max() <= self.own[number] @ question:
            return self.own[number], None
        return self.asked[rows[near.argmax()]], int(near.argmax())

    def repeated(self, order: np.ndarray) -> Meanings:
        """The same for passages in this order, each as often as it stands there."""
        rows = [np.flatnonzero(self.owners == number) for number in order]
        owners = np.repeat(np.arange(len(order)), [len(row) for row in rows])
        return Meanings(self.own[order], self.places[order], self.asked[np.concatenate(rows)], owners)


def digest(text: str) -> bytes:
    """What names a text."""
    return hashlib.sha256(text.encode()).digest()[:DIGEST]


def read(path: Path) -> tuple[dict[bytes, np.ndarray], dict[bytes, np.ndarray]]:
    """By digest: the meanings `(384,)` float32 of length 1, and of passages the places on the map `(2,)` float32."""
    from safetensors.numpy import load_file

    stored = load_file(path)
    meanings = stored["meanings"].astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    keys = [bytes(key) for key in stored["digests"]]
    return dict(zip(keys, meanings)), dict(zip(keys, stored["places"].astype(np.float32)))  # passages come first


def known_or_read(texts: list[str], stored: dict[bytes, np.ndarray], read_anew: Read) -> np.ndarray:
    """Meanings `(k, 384)` of the texts; those that are not stored are read."""
    missing = [text for text in texts if digest(text) not in stored]
    fresh = dict(zip(missing, read_anew(missing))) if missing else {}
    rows = [fresh[text] if text in fresh else stored[digest(text)] for text in texts]
    return np.stack(rows) if rows else np.zeros((0, 384), np.float32)


def placed(meaning: np.ndarray, meanings: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where something belongs on the map `(2,)`: among the passages nearest in meaning, nearer to the nearer ones."""
    alike = meanings @ meaning
    nearest = np.argsort(-alike, kind="stable")[:AROUND]
    pull = np.exp(20 * (alike[nearest] - alike[nearest[0]]))  # 20: the sharpness that MiniLM was taught with
    return (pull[:, None] * places[nearest]).sum(axis=0) / pull.sum()


def questions(passages: Sequence[Passage]) -> tuple[list[str], np.ndarray]:
    """All questions that the passages answer, and whose each is `(m,)`."""
    return ([text for one in passages for text in one.asked],
            np.repeat(np.arange(len(passages)), [len(one.asked) for one in passages]))


def filled(passages: Sequence[Passage], path: Path, read_anew: Read) -> Meanings:
    """The meanings of all passages and their questions; `read_anew` gives those of texts not stored."""
    meanings_of, place_of = read(path)
    own = known_or_read([one.whole for one in passages], meanings_of, read_anew)
    keys = [digest(one.whole) for one in passages]
    known = [i for i, key in enumerate(keys) if key in place_of]
    places = np.stack([place_of.get(key, np.zeros(2, np.float32)) for key in keys])
    for i in set(range(len(keys))) - set(known) if known else ():
        places[i] = placed(own[i], own[known], places[known])
    texts, owners = questions(passages)
    return Meanings(own, places, known_or_read(texts, meanings_of, read_anew), owners)
