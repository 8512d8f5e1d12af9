"""Measures every method's lists on people it did not learn from: `python -m demos evaluate recommendation DATA`.

DATA holds MovieLens latest-small, with these people or with others: measured is everybody in it whom the weights do not
name as learnt from and who liked at least five films of the catalogue.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today
from demos.recommendation.catalogue import CATALOGUE, read_catalogue
from demos.recommendation.data import FEWEST, Ratings, hold_back, measurable, read_ratings
from demos.recommendation.measuring import best, better_by, interval, ndcg, recall, recall_of_all
from demos.weights import locate

SET = "MovieLens latest-small, people left out whole"
HOW = ("On this copy, without every tenth person, and of its films those in the catalogue. Of each person's films with four "
       "stars or more, four fifths were given and the list was asked for the rest. Nothing was learnt or chosen from these "
       "people.")
TIMED = 20  # lists
MEASURES = {"recall_at_20": recall, "ndcg_at_20": ndcg, "share_of_all_found": recall_of_all}
NOBODY = f"Everybody here was learnt from, or liked fewer than {FEWEST} films. Please give ratings of other people."


def unseen(ratings: Ratings, learnt: np.ndarray) -> Ratings:
    """The people who are measured on; raises BadInput where there are none."""
    rows = measurable(ratings)
    rows = rows[~np.isin(ratings.people[rows], learnt)]
    if not len(rows):
        raise BadInput(NOBODY)
    return ratings.only(rows)


def marks(model: Model, ratings: Ratings) -> dict[str, np.ndarray]:
    """Each measure's value for each person `(u,)`; films that the model has not learnt are asked for too, and missed."""
    given, asked = hold_back(ratings.liked, ratings.people)
    columns = model.learnt.columns(ratings.films)
    known = np.flatnonzero(columns >= 0)
    mine = np.zeros((2, len(given), len(model.learnt.films)), bool)
    mine[0][:, columns[known]], mine[1][:, columns[known]] = given[:, known], asked[:, known]
    found = best(model.scores(mine[0]), mine[0])
    whole = np.concatenate([mine[1], asked[:, columns < 0]], axis=1)
    return {name: measure(found, whole) for name, measure in MEASURES.items()}


def speed(model: Model, ratings: Ratings) -> float:
    """Milliseconds of the processor for a list, from one person's ratings to twenty films."""
    given, _ = hold_back(ratings.liked, ratings.people)
    asked = [",".join(film for film, likes in zip(ratings.films, row) if likes and film in model.learnt.place)
             for row in given]
    asked = [liked for liked in asked if liked][:TIMED]
    model.predict(liked=asked[0])
    began = time.process_time()
    for liked in asked:
        model.predict(liked=liked)
    return 1000 * (time.process_time() - began) / len(asked)


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Recall@20, NDCG@20 and the share of all found, with intervals over people; the time for a list.

    `limit` takes the first so many people; `load` gives the model of a method's key. A method that reads words instead
    of ratings is left out. Raises BadInput where nobody can be measured, FileNotFoundError where a file is missing.
    """
    ratings = read_ratings(data, read_catalogue(locate(CATALOGUE, Path())))
    models = {key: model for key in methods if hasattr(model := load(key), "scores")}
    if not models:
        return []
    people = unseen(ratings, next(iter(models.values())).learnt.people)
    people = people.only(np.arange(len(people.people))[:limit])
    about = {"data": SET, "items": len(people.people), "things": "people", "date": today(), "command": command,
             "machine": machine()}
    measured = {key: marks(model, people) for key, model in models.items()}
    figures = [Figure(key, name, float(values.mean()), **about, low=interval(values)[0], high=interval(values)[1],
                      note=" ".join(filter(None, (HOW, beside(key, name, measured)))))
               for name in MEASURES for key, values in ((key, rows[name]) for key, rows in measured.items())]
    return figures + [Figure(key, "milliseconds_a_list", speed(model, people), **about) for key, model in models.items()]


def beside(key: str, name: str, measured: dict[str, dict[str, np.ndarray]]) -> str:
    """By how much a method is better than EASE on the same people, in words; nothing for EASE itself."""
    if key == "ease" or "ease" not in measured:
        return ""
    gain, low, high = better_by(measured["ease"][name], measured[key][name])
    return f"Against EASE on the same people: {gain:+.3f} (95 % interval {low:+.3f} to {high:+.3f})."
