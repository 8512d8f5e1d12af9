"""The film demo as it is shipped: known answers, real mistakes, odd inputs, the command line, changes, figures."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest

from conftest import ROOT
from demos import __main__ as cli
from demos import demo_folder, get_demo
from demos.compare import compare
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import comparable, gain, read_figures
from demos.perturb import CHANGES
from demos.rating_changes import SEEN_BY_ALL
from demos.samples import said
from demos.taste_results import Bubble, FilmMap, Pulls, Suggestions
from made_files import ODD_FILES

DEMO = get_demo("recommendation")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
RATED = ("ease", "neighbours", "popular", "network")


@pytest.fixture(scope="module")
def engine() -> InlineEngine:
    return InlineEngine(device="cpu")


def films(engine: InlineEngine, method: str, liked: str, **options: Any) -> Suggestions:
    return engine.submit(DEMO.name, method, {"liked": liked, "surprise": 0.0, **options}).result().result


def rated(key: str) -> str:
    return SAMPLES[key].inputs["liked"]


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]], str]:
    code = cli.main(["run", DEMO.name, *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


# --- known answers and real mistakes ---------------------------------------------------------------

def test_sequels_and_their_kind_come_first(engine: InlineEngine) -> None:
    for method in ("ease", "network"):
        assert films(engine, method, rated("crime")).titles[0] == "The Godfather Part II"
        assert {"Aliens", "Terminator 2: Judgment Day"} <= {*films(engine, method, rated("space")).titles[:3]}
        assert "Toy Story 2" in films(engine, method, rated("family")).titles
    assert sum(year < 1965 for year in films(engine, "network", rated("classics")).years[:5]) == 5


def test_the_mistakes_on_the_card_are_made(engine: InlineEngine) -> None:
    assert {"The Silence of the Lambs", "The Shawshank Redemption"} <= {*films(engine, "network", rated("family")).titles}
    for method in ("ease", "network"):
        list_ = films(engine, method, rated("space"))
        assert sum("Sci-Fi" in genres for genres in list_.genres) == 9 and list_.titles[5] == "American Beauty"
    old = [sum(year < 1960 for year in films(engine, method, rated("classics")).years) for method in ("ease", "network")]
    assert old == [4, 8]
    far = films(engine, "network", rated("far"))
    assert (far.titles[0], far.liked_by[0], far.people) == ("A Very Long Engagement", 2, 494)
    weak = " ".join(DEMO.card.weak_at)
    learnt = engine.load(DEMO.name, "popular").learnt
    assert f"{len(learnt.catalogue):,}" in weak and f"{len(learnt.catalogue) - len(learnt.films):,}" in weak
    assert f"{len(learnt.films):,}" in DEMO.card.learnt_from and "no commercial use" in DEMO.card.licence


def test_a_disliked_film_only_stays_out(engine: InlineEngine) -> None:
    toy_story = "tt0114709"
    for method in RATED:
        plain = films(engine, method, rated("crime"))
        without = films(engine, method, f"{rated('crime')},{plain.items[3]}:1,{toy_story}:0.5")
        assert plain.items[3] not in without.items and without.items[:3] == plain.items[:3]


def test_the_films_that_everybody_saw_are_those_most_liked(engine: InlineEngine) -> None:
    assert tuple(film.id for film in engine.load(DEMO.name, "popular").learnt.films[:len(SEEN_BY_ALL)]) == SEEN_BY_ALL


# --- parts ----------------------------------------------------------------------------------------

def test_the_bubble_opens_and_the_map_holds_the_visitor(engine: InlineEngine) -> None:
    liked = {"liked": rated("space")}
    for method in ("ease", "network"):
        bubble = engine.submit(DEMO.name, method, liked, want="part", change="bubble").result().result
        first, last = bubble.lists[0], bubble.lists[-1]
        assert last.variety > first.variety + 0.05 and last.popularity < first.popularity
        assert first.items == films(engine, method, rated("space")).items
    map_: FilmMap = engine.submit(DEMO.name, "network", liked, want="part", change="map").result().result
    assert len(map_.points) == 800 and len(map_.rated) == 5 and len(map_.suggested) >= 15
    assert abs(map_.visitor).max() <= abs(map_.points).max()


def test_a_wish_is_held_against_descriptions(engine: InlineEngine) -> None:
    wished = films(engine, "described", rated("space"), wish="an animated film about toys")
    assert "Toy Story" in " ".join(wished.titles[:5]) and type(wished) is DEMO.result
    against = films(engine, "described", rated("space"), wish="slow space film, nothing violent")
    assert "violent" in against.note and not {*against.items} & {part[:9] for part in rated("space").split(",")}
    assert against.titles[1] == "Leprechaun 4: In Space", "as the card says"
    assert films(engine, "described", rated("space"), wish="A film about the sea").titles[0] == "The Salton Sea"
    with pytest.raises(BadInput):
        films(engine, "described", rated("space"), wish=" ., ")


# --- break it -------------------------------------------------------------------------------------

def test_changes_of_ratings_are_what_they_say(engine: InlineEngine) -> None:
    text = "tt0000001:5,tt0000002:4 tt0000003,tt0000004:1"
    lose, add, turn = (CHANGES[key].apply for key in ("lost_ratings", "blockbusters", "wrong_way_round"))
    assert len(lose(text, 50).split(",")) == 2 and len(lose(text, 100).split(",")) == 1
    assert {*lose(text, 60).split(",")} <= {*lose(text, 20).split(",")} <= {*text.replace(" ", ",").split(",")}
    assert add(text, 2).split(",")[4:] == [f"{film}:5" for film in SEEN_BY_ALL[:2]] and add(SEEN_BY_ALL[0], 1) == SEEN_BY_ALL[0]
    assert turn(text, 100) == "tt0000001:1,tt0000002:2,tt0000003:1,tt0000004:5" and turn(text, 0) == text.replace(" ", ",")
    for key in DEMO.changes:
        for strength in CHANGES[key].strengths:
            assert DEMO.inputs[0].read(CHANGES[key].apply(rated("romance"), strength))
    first = films(engine, "network", rated("space"))
    kept, same = compare(first, films(engine, "network", add(rated("space"), 10)))
    assert 0 < kept < 1 and compare(first, first) == (1.0, True) and same == (kept >= 0.5)


# --- what cannot be used --------------------------------------------------------------------------

def test_odd_files_get_a_sentence(engine: InlineEngine) -> None:
    for name, data in ODD_FILES().items():
        error = engine.submit(DEMO.name, "network", {"liked": data, "surprise": 0.0}).error
        assert isinstance(error, BadInput) and "lease" in str(error) and "/" not in str(error), name


def test_unknown_unrated_and_unliked_films_get_sentences(engine: InlineEngine) -> None:
    learnt = engine.load(DEMO.name, "popular").learnt
    nobody = next(film for film in learnt.catalogue if film not in learnt.place)
    for method in RATED:
        for liked, part in (("tt9999999", "None of these films is in the catalogue"), (nobody, "Fewer than two of the 494"),
                            ("tt0111161:2", "None of these films was liked")):
            assert part in str(engine.submit(DEMO.name, method, {"liked": liked, "surprise": 0.0}).error)


def test_a_very_long_list_is_answered(engine: InlineEngine) -> None:
    learnt = engine.load(DEMO.name, "popular").learnt
    many = ",".join(film.id for film in learnt.films[:1500])
    for method in RATED:
        assert len({*films(engine, method, many).items} - {*many.split(",")}) == 20
    (view,) = engine.submit(DEMO.name, "network", {"liked": rated("far"), "surprise": 0.0}, want="explain").result().views
    assert view.result.values.shape == (20, 5)


# --- the command line -----------------------------------------------------------------------------

def test_the_command_line_prints_ids_in_order(capsys: pytest.CaptureFixture[str], engine: InlineEngine) -> None:
    code, (line,), _ = run("--set", "liked=tt0111161,tt0068646", "--set", "method=network", capsys=capsys)
    assert code == 0 and line["method"] == "network" and line["input"] == "tt0111161,tt0068646"
    assert line["result"]["items"] == list(films(engine, "network", "tt0111161,tt0068646").items)
    code, (line,), _ = run("tt0111161", "--method", "ease", "--set", "surprise=1", capsys=capsys)
    assert code == 0 and len(line["result"]["items"]) == 20
    code, (line,), _ = run("--set", "liked=tt9999999", "--set", "method=popular", capsys=capsys)
    assert code == 1 and "None of these films is in the catalogue" in line["error"]
    for words, part in ((["--set", "liked="], "No film was rated yet"), (["--set", "liked=abc"], "IMDb id"),
                        (["--set", "liked=tt0111161", "--set", "method=none"], "no method 'none'"),
                        (["--set", "method=ease"], "--set liked=")):
        code, lines, err = run(*words, capsys=capsys)
        assert (code, lines) == (2, []) and part in err


# --- figures --------------------------------------------------------------------------------------

def test_the_figures_are_what_was_asked_for() -> None:
    rows = read_figures(demo_folder(DEMO.name))
    value = {(f.method, f.metric): f for f in rows}
    assert value["network", "recall_at_20"].value >= 0.32
    for method in RATED:
        for metric in ("recall_at_20", "ndcg_at_20", "share_of_all_found"):
            figure = value[method, metric]
            assert figure.items == 55 and figure.low < figure.value < figure.high
        assert value[method, "milliseconds_a_list"].value <= 50
    assert value["popular", "recall_at_20"].value < value["neighbours", "recall_at_20"].value < value["ease", "recall_at_20"].value
    assert gain(*comparable(rows, "ease", "network")) == value["network", "recall_at_20"].value - value["ease", "recall_at_20"].value


def test_an_answer_in_a_word_is_a_title(engine: InlineEngine) -> None:
    assert said(films(engine, "ease", rated("crime"))) == "The Godfather Part II"
    assert (ROOT / "pages" / "recommendation.py").exists()


def test_results_refuse_what_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="a year"):
        Suggestions(("tt0000001",), np.zeros(1), ("A",), (), ("",), ("",), (1,), 3, 0.5, 0.5)
    with pytest.raises(ValueError, match="in \\[0, 1\\]"):
        Suggestions(("tt0000001",), np.zeros(1), ("A",), (1990,), ("",), ("",), (1,), 3, 1.5, 0.5)
    with pytest.raises(ValueError, match="a list for each place"):
        Bubble(np.zeros(2), ())
    with pytest.raises(ValueError, match="one finite pull"):
        Pulls(("A",), ("B", "C"), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="not on the map"):
        FilmMap(np.zeros((2, 2)), ("A", "B"), ("", ""), np.zeros(2), (2,), ())
