"""Fits the classical methods: `python -m demos.recommendation.train_classical DATA`; DATA holds MovieLens latest-small.

Split: 55 people, drawn with seed 0 of those who liked at least five films, are left out whole to be measured on. Of the
others each fifth in turn (the seed too) chooses: the settings below are those with the highest Recall@20 on the fifth of
liked films held back, and then the fewest entries a film that lose next to nothing. Then all but the 55 are fitted at once.
What is liked has four stars or more and counts 1; what was rated lower counts `SEEN_COUNTS`, since to have seen a film says
something too. Films that fewer than two people liked are left out. Nothing is left to chance after the split.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from demos.recommendation import classical, neighbours
from demos.recommendation.by_films import numbers_of
from demos.recommendation.catalogue import CATALOGUE, read_catalogue
from demos.recommendation.data import SEED, Ratings, folds, hold_back, read_ratings, split_people
from demos.recommendation.learnt import LEAST_LIKED, store_learnt
from demos.recommendation.measuring import best, ndcg, recall
from demos.weights import locate

TARGET = Path(__file__).with_name("weights")
SEEN_COUNTS = 0.3
FITS = {"ease": classical.fit, "neighbours": neighbours.fit}
SETTINGS = {"ease": (70.0, 100.0, 150.0), "neighbours": (0.0, 2.0, 5.0)}
KEPT = {"ease": (0, 200, 300, 400), "neighbours": (0, 10, 20, 50)}
MAY_LOSE = 0.002  # of Recall@20, for a smaller file


def learnable(ratings: Ratings) -> np.ndarray:
    """The films `(n,)` that at least two people liked, the best known first."""
    count = ratings.liked.sum(axis=0)
    order = np.argsort(-count, kind="stable")
    return order[count[order] >= LEAST_LIKED]


def weighed(ratings: Ratings, films: np.ndarray) -> np.ndarray:
    """What people's ratings of these films count, `(u, n)` float32."""
    stars = ratings.stars[:, films]
    return np.where(stars >= 4, 1.0, np.where(stars > 0, SEEN_COUNTS, 0.0)).astype(np.float32)


def tried(name: str, ratings: Ratings) -> dict[tuple[float, int], tuple[float, float]]:
    """For each setting and number of entries kept (0 for all): mean Recall@20 and NDCG@20 of all who choose."""
    marks: dict[tuple[float, int], list[np.ndarray]] = {}
    for learn, choose in folds(ratings):
        films = learnable(ratings.only(learn))
        given, asked = hold_back(ratings.only(choose).liked, ratings.people[choose])
        rest = np.setdiff1d(np.arange(len(ratings.films)), films)
        asked = np.concatenate([asked[:, films], asked[:, rest]], axis=1)  # what was not learnt cannot be found
        for setting in SETTINGS[name]:
            for kept in KEPT[name]:
                numbers = numbers_of(FITS[name](weighed(ratings.only(learn), films), setting, kept))
                found = best(numbers.scores(given[:, films]), given[:, films])
                marks.setdefault((setting, kept), []).append(np.stack([recall(found, asked), ndcg(found, asked)]))
    found = {choice: np.concatenate(parts, axis=1).mean(axis=1) for choice, parts in marks.items()}
    for choice, mark in found.items():
        print(f"{name} {choice}: Recall@20 {mark[0]:.4f}, NDCG@20 {mark[1]:.4f}", file=sys.stderr, flush=True)
    return {choice: (float(mark[0]), float(mark[1])) for choice, mark in found.items()}


def chosen(name: str, ratings: Ratings) -> tuple[float, int]:
    """The setting with the highest Recall@20, and then the fewest entries that lose no more than `MAY_LOSE` of it."""
    marks = tried(name, ratings)
    (setting, kept), (highest, _) = max(marks.items(), key=lambda row: row[1])
    good = [count for (one, count), mark in marks.items() if one == setting and count and mark[0] >= highest - MAY_LOSE]
    return setting, min(good, default=kept)


def main(data: Path, target: Path = TARGET) -> None:
    """Choose the settings of each method, fit it to all but the people left out, and write the strongest entries."""
    from safetensors.numpy import save_file

    ratings = read_ratings(data, read_catalogue(locate(CATALOGUE, Path())))
    ratings = ratings.only(split_people(ratings)[0])
    films = learnable(ratings)
    target.mkdir(exist_ok=True)
    liked = ratings.liked[:, films].sum(axis=0)
    save_file(store_learnt([ratings.films[i] for i in films], liked, ratings.people), target / "films.safetensors")
    for name, fit in FITS.items():
        setting, kept = chosen(name, ratings)
        about = {"seed": SEED, "people": len(ratings.people), "setting": setting, "seen_counts": SEEN_COUNTS}
        stored = {key: np.ascontiguousarray(value) for key, value in fit(weighed(ratings, films), setting, kept).items()}
        save_file(stored, target / f"{name}.safetensors", metadata={"about": json.dumps(about, sort_keys=True)})
        print(f"{name}: chosen {setting:g}, {kept or 'all'} entries a film")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
