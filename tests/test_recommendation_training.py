"""The network of the film page: what it learns from made people, that it repeats, its reasons, its map, its measuring."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from demos.errors import BadInput
from demos.recommendation import evaluate, train
from demos.recommendation.catalogue import CATALOGUE, Film, read_catalogue
from demos.recommendation.deep import Network
from demos.recommendation.learnt import Learnt
from demos.recommendation.popular import Popular
from demos.recommendation.teacher import made_up, makers, teacher
from demos.weights import locate

FILMS = 40


@pytest.fixture(scope="module")
def learnt() -> Learnt:
    """Forty films of the catalogue and made people `(60, 40)`: half like the even ones, half the odd ones."""
    films = dict(read_catalogue(locate(CATALOGUE, Path())))
    return Learnt(tuple(films.values())[:FILMS], likes().sum(axis=0).astype(int), np.arange(60), films)


def likes() -> np.ndarray:
    own = (np.arange(FILMS) % 2 == (np.arange(60) % 2)[:, None])
    return (own & (np.random.default_rng(0).random((60, FILMS)) < 0.9)).astype(np.float32)


@pytest.fixture(scope="module")
def model(learnt: Learnt) -> Network:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "WIDTH", 8)
        patch.setattr(train, "WARMTH", 0.02)
        network = train.learn(likes(), teacher(likes(), learnt.films, 20.0), 150).requires_grad_(False)
    return Network(network, learnt, train.drawn(network, 30))


def ids(learnt: Learnt, places: list[int]) -> str:
    return ",".join(learnt.films[i].id for i in places)


def test_makers_count_as_people_where_enough_films_have_them() -> None:
    made = [Film(f"tt000000{i}", "", 1990, ("Drama",), ("X",) if i < 2 else ("Y",) if i == 2 else (), ("Z",) * 2 if i > 1 else ())
            for i in range(4)]
    rows = makers(made)  # four films are too few for a genre to count, and one is too few for a director
    assert (rows**2).round(3).tolist() == [[5, 5, 0, 0], [0, 0, 3, 3]] and makers([]).shape == (0, 0)


def test_the_teacher_is_ease_with_makers(learnt: Learnt) -> None:
    from demos.recommendation import classical
    from demos.recommendation.by_films import numbers_of

    nothing_known = [Film(film.id, film.title, film.year, (), (), ()) for film in learnt.films]
    places = np.arange(FILMS)
    plain = numbers_of(classical.fit(likes(), 20.0)).between(places, places)
    assert np.allclose(teacher(likes(), nothing_known, 20.0), plain, atol=2e-3)
    same_director = [Film(film.id, "", 1990, (), ("X",) if i in (0, 1) else (), ()) for i, film in enumerate(learnt.films)]
    assert teacher(likes(), same_director, 20.0)[0, 1] > plain[0, 1] + 0.05


def test_made_up_people_rate_parts_of_what_somebody_rated() -> None:
    torch.manual_seed(0)
    people = torch.from_numpy(likes())
    given = made_up(people, 400)
    own = ((given[:, None] <= people[None]).all(dim=2)).any(dim=1).float().mean()
    assert 0.4 < own < 0.9 and given.sum(dim=1).min() < 3, "half of them are mixed, some have rated little"


def test_training_repeats_and_lowers_its_loss(learnt: Learnt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "WIDTH", 4)
    monkeypatch.setattr(train, "RATE", 0.03)
    runs = []
    for _ in range(2):
        losses: list[float] = []
        network = train.learn(likes(), teacher(likes(), learnt.films, 20.0), 60, lambda step, loss: losses.append(loss))
        runs.append((losses, {name: value.clone() for name, value in network.state_dict().items()}))
    assert runs[0][0] == runs[1][0] and np.mean(runs[0][0][-5:]) < np.mean(runs[0][0][:5])
    assert all(torch.equal(value, runs[1][1][name]) for name, value in runs[0][1].items())


def test_the_network_suggests_what_the_same_people_like(model: Network, learnt: Learnt) -> None:
    result = model.predict(liked=ids(learnt, [0, 2, 4]))
    places = [learnt.place[film] for film in result.items]
    assert len(places) == 20 and not {0, 2, 4} & {*places} and sum(place % 2 == 0 for place in places[:10]) >= 8
    assert result.as_json() == model.predict(liked=ids(learnt, [0, 2, 4])).as_json()
    with pytest.raises(BadInput):
        model.predict(liked="tt9999999")


def test_reasons_are_what_falls_when_a_film_is_left_out(model: Network, learnt: Learnt) -> None:
    (view,) = model.explain(liked=ids(learnt, [0, 2, 5]))
    assert view.result.values.shape == (20, 3)
    first = learnt.place[model.predict(liked=ids(learnt, [0, 2, 5])).items[0]]
    with_all, without = (np.isin(np.arange(FILMS), some)[None] for some in ([0, 2, 5], [0, 2]))
    fallen = model.scores(with_all)[0, first] - model.scores(without)[0, first]
    assert view.result.values[0, 2] == pytest.approx(fallen, abs=1e-5)
    alone = model.explain(liked=ids(learnt, [0]))[0].result
    assert alone.values.shape == (20, 1) and np.isfinite(alone.values).all()


def test_the_map_puts_a_visitor_among_the_films_they_like(model: Network, learnt: Learnt) -> None:
    even, odd = (model.map(liked=ids(learnt, [first, first + 2, first + 4])) for first in (0, 1))
    assert len(even.points) == 30 and even.rated == (0, 2, 4) and even.suggested
    middles = [even.points[start::2].mean(axis=0) for start in (0, 1)]
    for own, other, found in ((0, 1, even), (1, 0, odd)):
        assert np.linalg.norm(found.visitor - middles[own]) < np.linalg.norm(found.visitor - middles[other])


class Knowing(Popular):
    """Puts first what the people of one's own half like: all twenty of them, so nothing that is asked for is missed."""

    def scores(self, given: np.ndarray) -> np.ndarray:
        own = given[:, ::2].sum(axis=1) > given[:, 1::2].sum(axis=1)
        return (own[:, None] == (np.arange(FILMS) % 2 == 0)).astype(np.float32)


def test_the_evaluation_measures_only_people_who_were_not_learnt_from(tmp_path: Path, learnt: Learnt) -> None:
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\n" + "".join(
        f"{i + 1},{film.id[2:]},\n" for i, film in enumerate(learnt.films)))
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "".join(
        f"{u},{i + 1},4.0,0\n" for u, row in enumerate(likes()) for i, like in enumerate(row) if like))
    known = Learnt(learnt.films, learnt.liked_by, np.arange(50), learnt.catalogue)
    figures = evaluate.evaluate(tmp_path, lambda key: Popular(known), ("ease", "popular"), "test")
    found = {(figure.method, figure.metric): figure for figure in figures}
    assert found["ease", "recall_at_20"].items == 10 and 0 < found["ease", "recall_at_20"].value < 1
    assert found["ease", "recall_at_20"].low <= found["ease", "recall_at_20"].value <= found["ease", "recall_at_20"].high
    assert "+0.000" in found["popular", "ndcg_at_20"].note and found["popular", "milliseconds_a_list"].value > 0
    assert evaluate.evaluate(tmp_path, lambda key: Knowing(known), ("popular",), "test")[0].value == 1
    assert evaluate.evaluate(tmp_path, lambda key: Popular(known), ("popular",), "test", limit=3)[0].items == 3
    with pytest.raises(BadInput, match="learnt from"):
        evaluate.evaluate(tmp_path, lambda key: Popular(learnt), ("popular",), "test")
    with pytest.raises(FileNotFoundError):
        evaluate.evaluate(tmp_path / "none", lambda key: Popular(known), ("popular",), "test")
