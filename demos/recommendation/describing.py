"""Describe it: a wish in words, held by MiniLM against each film's title, genres, director and year; no rating is used."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from demos.errors import BadInput
from demos.minilm import MiniLM, load_minilm
from demos.recommendation.catalogue import Film, film_id, read_catalogue
from demos.recommendation.learnt import Learnt, read_learnt
from demos.recommendation.rated import read_rated
from demos.recommendation.ranking import SHOWN, variety
from demos.recommendation.words import NO_WISH, NOT_VIOLENT
from demos.taste_results import Suggestions

AGAINST = 0.5  # how much nearness to what is not wished for counts; set beforehand


def wish_of(text: str) -> tuple[str, tuple[str, ...]]:
    """What is wished for, and what is not: "slow space film, nothing violent" is ("slow space film", ("violent",)).

    A sentence network hardly knows what a "not" belongs to, so these words are taken apart first.
    """
    against: list[str] = []

    def taken(found: re.Match[str]) -> str:
        against.append(found[1].strip())
        return " "

    asked = re.sub(r"\b(?:nothing|not|no|without|never)\s+(?:too\s+|any\s+)?([^,.;!?]+)", taken, text, flags=re.IGNORECASE)
    return " ".join(re.findall(r"[^\s,.;!?]+", asked)), tuple(dict.fromkeys(against))


class Described:
    """MiniLM and the meanings of films, `(n, 384)` int8 with `(n, 1)` scales; no call writes to it."""

    def __init__(self, minilm: MiniLM, films: tuple[Film, ...], meanings: np.ndarray, learnt: Learnt) -> None:
        self.minilm, self.films, self.meanings, self.learnt = minilm, films, meanings, learnt

    def predict(self, wish: str, liked: str, surprise: float = 0.0) -> Suggestions:
        """The twenty films nearest to a wish that were not rated yet; scores are cosines, less what is near to what is not
        wished for. Raises BadInput where nothing is wished for."""
        asked, against = wish_of(wish)
        if not asked and not against:
            raise BadInput(NO_WISH)
        said = self.minilm.meanings([asked or "a film", *against])
        near = self.meanings @ said.T
        scores = near[:, 0] - AGAINST * np.maximum(near[:, 1:], 0).max(axis=1, initial=0.0)
        rated = read_rated(liked).stars
        scores[[film.id in rated for film in self.films]] = -1
        places = np.argsort(-scores, kind="stable")[:SHOWN]
        films = [self.films[i] for i in places]
        liked = [int(self.learnt.liked_by[self.learnt.place[f.id]]) if f.id in self.learnt.place else 0 for f in films]
        people = len(self.learnt.people)
        return Suggestions(
            tuple(f.id for f in films), scores[places], tuple(f.title for f in films), tuple(f.year for f in films),
            tuple(", ".join(f.genres) for f in films), tuple(" and ".join(f.directors) for f in films), tuple(liked), people, variety(self.films, places),
            float(np.mean(liked) / people), NOT_VIOLENT.format(against=", ".join(against)) if against else "")


def packed(meanings: np.ndarray) -> dict[str, np.ndarray]:
    """What is stored of `(n, 384)` float32: a byte for each number, and each film's scale."""
    scale = np.abs(meanings).max(axis=1, keepdims=True) / 127
    return {"values": np.round(meanings / scale).astype(np.int8), "scales": scale.astype(np.float32)}


def load(weights: dict[str, Path], device: str) -> Described:
    """Read MiniLM, the stored meanings, the learnt films and the catalogue."""
    from safetensors.numpy import load_file

    stored, known = load_file(weights["meanings"]), read_catalogue(weights["movies"])
    films = tuple(known[film_id(int(number))] for number in stored["films"])
    return Described(load_minilm(weights["all-minilm-l6-v2"], device), films,
                     stored["values"].astype(np.float32) * stored["scales"],
                     read_learnt(weights["films"], weights["movies"]))
