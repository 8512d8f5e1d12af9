"""The stored meanings of the dashboard's passages, each under the digest of its text, so that none is read twice.

What was written or changed since is read when the model is loaded; `python -m demos.search.build` stores it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from demos.search.cutting import Passage

DIGEST = 16  # bytes
AROUND = 5  # passages that a new one is put among, on the map


def digest(passage: Passage) -> bytes:
    """What names a passage's text."""
    return hashlib.sha256(passage.whole.encode()).digest()[:DIGEST]


def read(path: Path) -> dict[bytes, tuple[np.ndarray, np.ndarray]]:
    """By digest: the meaning `(384,)` float32 of length 1 and the place on the map `(2,)` float32."""
    from safetensors.numpy import load_file

    stored = load_file(path)
    meanings = stored["meanings"].astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    return {bytes(key): row for key, *row in zip(stored["digests"], meanings, stored["places"].astype(np.float32))}


def placed(meaning: np.ndarray, meanings: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where something belongs on the map `(2,)`: among the passages nearest in meaning, nearer to the nearer ones."""
    alike = meanings @ meaning
    nearest = np.argsort(-alike, kind="stable")[:AROUND]
    pull = np.exp(20 * (alike[nearest] - alike[nearest[0]]))  # 20: the sharpness that MiniLM was taught with
    return (pull[:, None] * places[nearest]).sum(axis=0) / pull.sum()


def filled(passages: Sequence[Passage], path: Path, read_anew: Callable[[list[str]], np.ndarray],
           ) -> tuple[np.ndarray, np.ndarray]:
    """Meanings `(n, 384)` and places `(n, 2)` of all passages; `read_anew` gives the meanings of texts not stored."""
    stored, keys = read(path), [digest(one) for one in passages]
    missing = [i for i, key in enumerate(keys) if key not in stored]
    known = [i for i, key in enumerate(keys) if key in stored]
    meanings, places = np.zeros((len(keys), 384), np.float32), np.zeros((len(keys), 2), np.float32)
    for i in known:
        meanings[i], places[i] = stored[keys[i]]
    if missing:
        meanings[missing] = read_anew([passages[i].whole for i in missing])
    for i in missing if known else ():
        places[i] = placed(meanings[i], meanings[known], places[known])
    return meanings, places
