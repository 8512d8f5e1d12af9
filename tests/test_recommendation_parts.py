"""The computing side of the film page: ratings, catalogue, methods, lists, reasons, measures, on made people."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from demos.errors import BadInput
from demos.recommendation import catalogue, classical, measuring, neighbours, ranking
from demos.recommendation.by_films import ByFilms, matrix_of, numbers_of, strongest
from demos.recommendation.catalogue import CATALOGUE, Film, find, plain, read_catalogue
from demos.recommendation.data import folds, hold_back, read_ratings, split_people
from demos.recommendation.describing import packed, wish_of
from demos.recommendation.learnt import Asked, Learnt, read_learnt, store_learnt
from demos.recommendation.popular import Popular
from demos.recommendation.rated import FilmsInput, known_only, read_rated
from demos.recommendation.visitors import VISITORS
from demos.taste_results import Pulls, Suggestions
from demos.weights import locate

FILMS = 40


@pytest.fixture(scope="module")
def films() -> dict[str, Film]:
    """The real catalogue."""
    return dict(read_catalogue(locate(CATALOGUE, Path())))


@pytest.fixture(scope="module")
def likes() -> np.ndarray:
    """Made people `(60, 40)`: half like the even films, half the odd ones, each nine in ten of them."""
    chance = np.random.default_rng(0)
    own = (np.arange(FILMS) % 2 == (np.arange(60) % 2)[:, None])
    return own & (chance.random((60, FILMS)) < 0.9)


@pytest.fixture(scope="module")
def learnt(films: dict[str, Film], likes: np.ndarray) -> Learnt:
    return Learnt(tuple(films.values())[:FILMS], likes.sum(axis=0), np.arange(60), films)


def ids(learnt: Learnt, places: list[int], stars: str = "") -> str:
    return ",".join(learnt.films[i].id + stars for i in places)


# --- the catalogue --------------------------------------------------------------------------------

def test_the_catalogue_is_the_packages_and_holds_known_films(films: dict[str, Film]) -> None:
    assert len(films) == 17_470
    film = films["tt0111161"]
    assert (film.named, film.directors) == ("The Shawshank Redemption (1994)", ("Frank Darabont",))
    assert "Frank Darabont" in film.described and "1994" in film.described and "drama" in film.described
    assert catalogue.film_id(111161) == "tt0111161" and catalogue.film_id(12345678) == "tt12345678"


def test_films_are_found_by_unfinished_words_without_accents_or_case(films: dict[str, Film]) -> None:
    assert plain(" Amélie,  poulain! ") == "amelie poulain"
    assert find(films.values(), "AMELIE")[0].id == "tt0211915"
    assert find(films.values(), "the godf")[0].title.startswith("The Godfather")
    assert find(films.values(), "shawshank redem")[0].id == "tt0111161"
    assert find(films.values(), "  ?! ") == [] and find(films.values(), "xyzzy") == []
    assert len(find(films.values(), "the", most=5)) == 5


def test_reading_the_catalogue_writes_nothing_and_takes_the_first_of_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "movies.db"
    with sqlite3.connect(path) as table:
        table.execute('CREATE TABLE omdb (ID INTEGER, imdbID TEXT, Title TEXT, Year INTEGER, Genre TEXT, Director TEXT, '
                      '"Cast" TEXT)')
        table.executemany("INSERT INTO omdb VALUES (?, ?, ?, ?, ?, ?, ?)",
                          [(2, "tt0000001", "Second", 2000, "Drama", "A, B", ""), (1, "tt0000001", "First", 1999, "", None, "C")])
    table.close()
    assert read_catalogue(path) == {"tt0000001": Film("tt0000001", "First", 1999, (), (), ("C",))}
    assert [file.name for file in tmp_path.iterdir()] == ["movies.db"]


def test_the_ready_made_visitors_rated_films_of_the_catalogue(films: dict[str, Film]) -> None:
    assert len(VISITORS) == 6 and len({visitor.key for visitor in VISITORS}) == 6
    for visitor in VISITORS:
        rated, note = known_only(read_rated(visitor.rated), films)
        assert len(rated.liked) >= 3 and not note


# --- what a visitor gives -------------------------------------------------------------------------

def test_ratings_are_read_with_and_without_stars() -> None:
    rated = read_rated(" tt0111161, tt0068646:3.5\ntt0114709:4 tt0111161:4.5,")
    assert rated.stars == {"tt0111161": 4.5, "tt0068646": 3.5, "tt0114709": 4.0}
    assert rated.liked == ("tt0111161", "tt0114709")


@pytest.mark.parametrize("text", ["", " , ", "111161", "tt12", "tt0111161:6", "tt0111161:0", "tt0111161:", "tt0111161:nan",
                                  "tt٠١١١١٦١٠", "<b>tt0111161</b>", "tt0111161 " * 5001, "tt" + "1" * 5000])
def test_what_is_no_rating_gets_a_sentence(text: str) -> None:
    with pytest.raises(BadInput) as error:
        FilmsInput().read(text)
    assert "lease" in str(error.value) and len(str(error.value)) < 250


def test_unknown_unliked_and_unlearnt_films_are_told(learnt: Learnt) -> None:
    here, nobody = learnt.films[0].id, next(film for film in learnt.catalogue if film not in learnt.place)
    with pytest.raises(BadInput, match="None of these films is in the catalogue"):
        learnt.asked("tt9999999")
    with pytest.raises(BadInput, match="None of these films was liked"):
        learnt.asked(f"{here}:2")
    with pytest.raises(BadInput, match="Fewer than two of the 60 people"):
        learnt.asked(nobody)
    asked = learnt.asked(f"{here},{nobody},tt9999999,{learnt.films[3].id}:1")
    assert asked.liked.tolist() == [0] and sorted(asked.seen.tolist()) == [0, 3]
    assert "1 of the 4 films are not in the catalogue" in asked.note and "1 of the 2 films you liked" in asked.note


def test_what_was_learnt_is_read_as_it_was_stored(learnt: Learnt, tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    save_file(store_learnt([film.id for film in learnt.films], learnt.liked_by, learnt.people), tmp_path / "films.safetensors")
    again = read_learnt(tmp_path / "films.safetensors", locate(CATALOGUE, Path()))
    assert again.films == learnt.films and (again.liked_by == learnt.liked_by).all() and (again.people == learnt.people).all()
    assert again.columns([learnt.films[7].id, "tt9999999"]).tolist() == [7, -1]


# --- the methods ----------------------------------------------------------------------------------

def test_ease_is_what_the_plain_formula_gives(likes: np.ndarray) -> None:
    rows = likes.astype(np.float32)
    inverse = np.linalg.inv(rows.T @ rows + 20 * np.eye(FILMS))
    plainly = -inverse / np.diag(inverse)
    np.fill_diagonal(plainly, 0)
    numbers, all_films = numbers_of(classical.fit(rows, 20.0)), np.arange(FILMS)
    assert np.allclose(numbers.between(all_films, all_films), plainly, atol=2e-3)
    assert np.allclose(numbers.scores(likes[:5]), rows[:5] @ plainly, atol=5e-3)
    assert classical.fit(rows, 20.0, 7)["across"].shape == (FILMS, 7)


def test_neighbours_are_cosines(likes: np.ndarray) -> None:
    from sklearn.metrics.pairwise import cosine_similarity

    right = cosine_similarity(likes.T.astype(np.float32))
    np.fill_diagonal(right, 0)
    plain_, careful = (matrix_of(neighbours.fit(likes.astype(np.float32), caution)).toarray() for caution in (0.0, 5.0))
    assert np.allclose(plain_, right, atol=1e-3) and (careful <= right + 1e-3).all()


def test_only_the_strongest_entries_are_kept(likes: np.ndarray) -> None:
    dense = np.random.default_rng(2).normal(size=(FILMS, FILMS)).astype(np.float32)
    thin = matrix_of(strongest(dense, 5)).toarray()
    assert ((thin != 0).sum(axis=0) <= 5).all()
    for column in (0, 17):
        order = np.argsort(-np.abs(dense[:, column]))
        assert np.allclose(thin[order[:5], column], dense[order[:5], column], rtol=2e-3)
    assert np.allclose(matrix_of(strongest(dense, FILMS)).toarray(), dense, atol=1e-3)


@pytest.fixture(scope="module", params=["ease", "neighbours"])
def model(request: pytest.FixtureRequest, learnt: Learnt, likes: np.ndarray) -> ByFilms:
    fit = {"ease": classical.fit, "neighbours": neighbours.fit}[request.param]
    return ByFilms(learnt, numbers_of(fit(likes.astype(np.float32), 5.0)))


def test_a_list_holds_what_the_same_people_like_and_nothing_rated(model: ByFilms, learnt: Learnt) -> None:
    result = model.predict(liked=f"{ids(learnt, [0, 2, 4])},{learnt.films[6].id}:1")
    places = [learnt.place[film] for film in result.items]
    assert isinstance(result, Suggestions) and len(places) == 20 and not {0, 2, 4, 6} & {*places}
    assert all(place % 2 == 0 for place in places[:10])
    assert result.titles[0] == learnt.films[places[0]].title and result.people == 60
    again = model.predict(liked=f"{ids(learnt, [0, 2, 4])},{learnt.films[6].id}:1")
    assert result.as_json() == again.as_json() and result.as_json()["items"] == list(result.items)


def test_reasons_of_a_linear_method_add_up_to_its_scores(model: ByFilms, learnt: Learnt) -> None:
    liked = ids(learnt, [1, 3, 5])
    (view,) = model.explain(liked=liked)
    result = model.predict(liked=liked)
    assert isinstance(view.result, Pulls) and view.result.rated == tuple(learnt.films[i].named for i in (1, 3, 5))
    assert np.allclose(view.result.values.sum(axis=1), result.scores, atol=2e-3)
    best = view.result.strongest(0)
    assert sum(share for _, share in best) <= 1 + 1e-6 and best[0][1] >= best[-1][1] > 0


def test_popularity_gives_all_the_same_list(learnt: Learnt) -> None:
    model = Popular(learnt)
    first, second = (model.predict(liked=ids(learnt, [place])) for place in (0, 1))
    assert [film for film in first.items if film != learnt.films[1].id][:15] == \
        [film for film in second.items if film != learnt.films[0].id][:15]
    assert (np.diff(first.liked_by) <= 0).all()


# --- lists ----------------------------------------------------------------------------------------

def test_likeness_is_what_is_shared_of_genres_directors_and_decade() -> None:
    made = (Film("tt0000001", "A", 1994, ("Drama", "War"), ("X",), ()), Film("tt0000002", "B", 1999, ("Drama",), ("X",), ()),
            Film("tt0000003", "C", 1955, ("Comedy",), (), ()))
    assert ranking.alike(made, np.array([0]), np.array([1, 2]))[0] == pytest.approx([0.75, 0])
    assert ranking.alike(made, np.array([2, 1]), np.array([0]))[:, 0] == pytest.approx([0, 0.75])
    assert ranking.variety(made, np.array([0, 1, 2])) == pytest.approx(1 - 0.25)
    assert ranking.variety(made, np.array([0])) == 0.0


def test_more_surprise_makes_a_list_more_varied_and_keeps_it_whole(model: ByFilms, learnt: Learnt) -> None:
    liked = ids(learnt, [0, 2, 4])
    lists = [model.predict(liked=liked, surprise=s) for s in (0.0, 0.5, 1.0)]
    assert all(len({*one.items}) == 20 for one in lists)
    assert lists[0].variety < lists[2].variety and lists[0].items != lists[2].items
    assert sum(lists[0].scores) > sum(lists[2].scores)


def test_the_bubble_holds_a_list_for_each_place_of_the_slider(model: ByFilms, learnt: Learnt) -> None:
    liked = ids(learnt, [0, 2, 4])
    bubble = model.bubble(liked=liked)
    assert bubble.surprise.tolist() == pytest.approx(np.linspace(0, 1, 11).tolist())
    for place in (0, 4, 10):
        assert bubble.lists[place].items == model.predict(liked=liked, surprise=place / 10).items


def test_re_ranking_picks_as_the_formula_says() -> None:
    made = tuple(Film(f"tt000000{i}", "", 1990 + 10 * (i % 3 == 2), ("Drama",) if i < 4 else ("War",), (), ()) for i in range(6))
    scores, asked = np.array([9.0, 5.0, 4.0, 3.0, 2.0, 1.0]), Asked(np.array([0]), np.array([0]))
    assert ranking.order_of(scores, asked, made).tolist() == [1, 2, 3, 4, 5]
    left, order, near = {1, 2, 3, 4, 5}, [], {i: float(ranking.alike(made, np.array([i]), np.array([0]))[0, 0]) for i in range(6)}
    while left:
        best = max(sorted(left), key=lambda i: 0.45 * (scores[i] - 1) / 4 - 0.55 * near[i])
        left.remove(best)
        order.append(best)
        near = {i: max(near[i], float(ranking.alike(made, np.array([i]), np.array([best]))[0, 0])) for i in range(6)}
    assert ranking.order_of(scores, asked, made, surprise=0.55).tolist() == order


# --- a wish in words ------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "asked", "against"), [
    ("slow space film, nothing violent", "slow space film", ("violent",)),
    ("A comedy without any romance, not too long.", "A comedy", ("romance", "long")),
    ("notable nobodies", "notable nobodies", ()), ("NO horror", "", ("horror",)), (" , ", "", ())])
def test_what_is_not_wished_for_is_taken_apart(text: str, asked: str, against: tuple[str, ...]) -> None:
    assert wish_of(text) == (asked, against)


def test_meanings_are_stored_in_a_byte_each() -> None:
    meanings = np.random.default_rng(0).normal(size=(5, 384)).astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    stored = packed(meanings)
    assert stored["values"].dtype == np.int8
    assert np.abs(stored["values"] * stored["scales"] - meanings).max() < 1e-3


# --- people and measures --------------------------------------------------------------------------

def write_ratings(folder: Path, likes: np.ndarray, films: list[str]) -> None:
    """A folder as MovieLens has it: liked films with 4.5 stars, every seventh other one with 2."""
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n" + "".join(
        f"{i + 1},{film[2:]},\n" for i, film in enumerate([*films, "tt9999999"])))
    rows = [f"{u + 1},{i + 1},{4.5 if like else 2.0},0\n" for u, row in enumerate(likes) for i, like in enumerate(row)
            if like or (u + i) % 7 == 0]
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "".join(rows) + f"1,{len(films) + 1},5.0,0\n")


def test_ratings_are_joined_and_people_are_split_whole(tmp_path: Path, learnt: Learnt, likes: np.ndarray) -> None:
    write_ratings(tmp_path, likes, [film.id for film in learnt.films])
    ratings = read_ratings(tmp_path, learnt.catalogue)
    assert "tt9999999" not in ratings.films and len(ratings.people) == 60
    columns = [ratings.films.index(film.id) for film in learnt.films]
    assert (ratings.liked[:, columns] == likes).all()
    rest, test = split_people(ratings)
    assert len(test) == 20 and not {*rest} & {*test} and len(rest) + len(test) == 60
    parts = folds(ratings)
    assert sorted(i for _, choose in parts for i in choose) == list(range(60))
    assert all(not {*learn} & {*choose} for learn, choose in parts)


def test_a_fifth_is_held_back_whoever_else_is_there(likes: np.ndarray) -> None:
    people = np.arange(60)
    given, asked = hold_back(likes, people)
    assert not (given & asked).any() and ((given | asked) == likes).all()
    assert (asked.sum(axis=1) == np.maximum(1, np.round(0.2 * likes.sum(axis=1)))).all()
    alone = hold_back(likes[7:8], people[7:8])[1]
    assert (alone == asked[7:8]).all()


def test_measures_count_as_by_hand() -> None:
    scores, seen = np.array([[9, 8, 7, 6, 5.0]]), np.array([[True, False, False, False, False]])
    found = measuring.best(scores, seen, 3)
    asked = np.array([[False, True, False, True, True]])
    assert found.tolist() == [[1, 2, 3]]
    assert measuring.recall(found, asked) == pytest.approx([2 / 3])
    assert measuring.ndcg(found, asked) == pytest.approx([(1 + 0.5) / (1 + 1 / np.log2(3) + 0.5)])
    many = np.ones((1, 5), bool)
    assert measuring.recall(found, many)[0] == 1 and measuring.recall_of_all(found, many)[0] == pytest.approx(3 / 5)
    values = np.random.default_rng(1).normal(0.3, 0.1, 200)
    low, high = measuring.interval(values)
    assert low < values.mean() < high and (high - low) / 2 == pytest.approx(1.96 * values.std() / 200**0.5, rel=0.1)
    gain, low, high = measuring.better_by(values, values + 0.1)
    assert (gain, low, high) == pytest.approx((0.1, 0.1, 0.1))
