"""The rules of "Bet first": what is asked, that nothing in it tells who is right, whose point it is, and what an address carries."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from demos import get_demo, list_demos
from demos.base import Bet, Demo
from demos.bets import (WHO, Question, Round, Score, answer_of, bet_of, carried, judge, own_word, pose, score, taken_up,
                        waits)
from demos.machine_failure.record import flights_left
from demos.picture_results import Made
from demos.results import Labels, Text, Transcript
from demos.series_results import Life
from demos.story_results import Piece, Story
from demos.taste_results import Suggestions

DEMOS = list_demos()
BOTH_SAY = {"classical": Labels(("cat", "dog"), [0.9, 0.1]), "deep": Labels(("dog", "cat"), [0.9, 0.1])}


def name_of(demo: Demo) -> str:
    return demo.name


def life(left: float) -> Life:
    return Life(np.array([30]), np.array([left]), np.array([0.0]), np.array([125.0]), 125)


def story(text: str, *pieces: str) -> Story:
    return Story(text, "Once", (Piece(0, pieces[0], tuple((n, one, 0.1, 0.1) for n, one in enumerate(pieces))),))


def films(*titles: str) -> Suggestions:
    count = len(titles)
    return Suggestions(titles, np.zeros(count), titles, (1999,) * count, ("",) * count, ("",) * count, (1,) * count, 10, 0.5, 0.5)


def made(asked: str, right: int) -> Made:
    return Made(np.zeros((1, 16, 2, 2, 3), np.uint8), ("",), names=(asked,) * right + ("?",) * (16 - right), asked=asked)


# --- the questions --------------------------------------------------------------------------------

@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_every_demo_has_a_bet_for_each_of_its_samples(demo: Demo) -> None:
    for sample in demo.samples:
        question = pose(demo, f"{demo.name}.{sample.key}", sample.expect, {"classical": None, "deep": None})
        if waits(bet_of(demo), {"classical": None, "deep": None}):
            continue  # about the answers; the page's test asks those
        if question.bet.kind == "amount":
            assert question.bet.low < question.bet.high and not question.options
            continue
        assert 2 <= len(question.options) <= 5 and len(set(question.options)) == len(question.options)
        assert question.bet.kind == "who" or not sample.expect or sample.expect in question.options


def test_a_pool_offers_the_true_one_at_every_place_and_the_same_each_time() -> None:
    demo = get_demo("traffic_signs")
    places = Counter()
    for number in range(300):
        question = pose(demo, f"traffic_signs.{number}", "Stop", {})
        assert question == pose(demo, f"traffic_signs.{number}", "Stop", {}) and len(question.options) == 5
        places[question.options.index("Stop")] += 1
    assert set(places) == set(range(5)) and min(places.values()) > 35


@pytest.mark.parametrize("key", ["image_recognition", "traffic_signs", "spam", "chest_xray", "brain_scan"])
def test_what_can_be_guessed_does_not_hang_on_what_the_machine_says(key: str) -> None:
    demo = get_demo(key)
    sample = demo.samples[1]
    alone = pose(demo, "x", sample.expect, {})
    assert alone == pose(demo, "x", sample.expect, BOTH_SAY) and alone.bet.kind == "pick"


def test_names_that_were_taught_stand_in_their_own_order_not_in_that_of_the_answer() -> None:
    demo = get_demo("teach_it")
    for names in (("b", "none of these", "a"), ("none of these", "a", "b")):
        assert pose(demo, "x", "", {"classical": None, "deep": Labels(names, [0.5, 0.3, 0.2])}).options == ("a", "b", "none of these")


def test_where_no_true_one_is_known_among_many_the_question_is_who_will_be_right() -> None:
    for key in ("image_recognition", "traffic_signs"):
        question = pose(get_demo(key), "own", "", {})
        assert question.bet.kind == "who" and question.options == WHO and not question.text
    assert pose(get_demo("sentiment"), "own", "", {}).options == ("positive", "negative")


def test_the_next_word_stands_among_others_that_could_have_come() -> None:
    demo, pieces = get_demo("story_writer"), (" he", ",", " when", " as", " a", " the", " there")
    places = set()
    for number in range(60):
        options = pose(demo, str(number), "", {"deep": story(" heard nothing. The end", *pieces)}).options
        assert sorted(options) == ["as", "heard", "the", "when"], "no punctuation, no piece of the word itself, no letter alone"
        places.add(options.index("heard"))
    assert places == set(range(4))
    assert pose(demo, "x", "", {"deep": story(" he", ",", " a")}).options == WHO, "too few others"
    assert answer_of(story(' "Don’t go," he said', " x")) == "Don’t"


def test_the_first_film_stands_among_later_ones() -> None:
    deep = films(*(f"Film {number}" for number in range(20)))
    assert sorted(pose(get_demo("recommendation"), "x", "", {"deep": deep}).options) == ["Film 0", "Film 12", "Film 4", "Film 8"]


def test_pictures_are_counted_where_they_were_read_and_else_looked_at() -> None:
    demo = get_demo("picture_maker")
    assert waits(bet_of(demo), {"classical": None, "deep": None})
    assert pose(demo, "x", "", {"classical": made("3", 9), "deep": None}).bet.kind == "amount"
    unread = Made(np.zeros((1, 16, 2, 2, 3), np.uint8), ("",), asked="weapon")
    assert not waits(bet_of(demo), {"classical": unread, "deep": None})
    assert pose(demo, "x", "", {"classical": unread, "deep": None}).options == WHO


# --- whose point ----------------------------------------------------------------------------------

PICK, KINDS = Question(Bet("pick", "?"), "?", ("cat", "dog")), Question(Bet("who", "?"), "?", WHO)
NEXT, SIXTEEN = Question(Bet("next", "?"), "?", ()), Question(Bet("amount", "?", high=16, near=1), "?", ())
FLIGHTS = Question(Bet("amount", "?", high=125, known=flights_left), "?", ())


@pytest.mark.parametrize(("question", "guess", "truth", "you", "deep", "classical"), [
    (PICK, "cat", "cat", True, False, True), (PICK, "dog", "cat", False, False, True), (PICK, "dog", "dog", True, True, False),
    (KINDS, "classical", "cat", True, False, True), (KINDS, "both", "cat", False, False, True),
    (KINDS, "deep", "dog", True, True, False), (KINDS, "neither", "bird", True, False, False)])
def test_with_a_known_truth_each_gets_what_is_due(question: Question, guess: str, truth: str, you: bool, deep: bool,
                                                   classical: bool) -> None:
    assert judge(question, guess, "", truth, BOTH_SAY) == Round(guess, you, deep, classical)


def test_not_spam_is_no_point_for_whoever_says_spam() -> None:
    says = {"classical": Labels(("not spam", "spam"), [0.9, 0.1]), "deep": Labels(("spam", "not spam"), [0.9, 0.1])}
    question = Question(Bet("pick", "?"), "?", ("spam", "not spam"))
    assert judge(question, "spam", "", "spam", says) == Round("spam", True, True, False)


def test_who_declines_gets_no_point() -> None:
    assert judge(PICK, "cat", "", "cat", {"classical": None, "deep": BOTH_SAY["deep"]}) == Round("cat", True, False, False)
    assert judge(KINDS, "neither", "", "x", {"classical": None, "deep": None}).you
    assert not judge(NEXT, "he", "", "", {"classical": None, "deep": None}).counts


def test_without_a_truth_nobody_gets_a_point() -> None:
    for question, guess in ((PICK, "cat"), (KINDS, "both"), (FLIGHTS, "90")):
        one = judge(question, guess, "", "", BOTH_SAY)
        assert one == Round(guess) and not one.counts


@pytest.mark.parametrize(("guess", "you", "deep", "classical"), [
    ("90", True, False, False), ("106", False, True, False), ("75", False, True, False), ("100", True, True, False)])
def test_whoever_is_nearest_to_the_known_number_takes_the_point(guess: str, you: bool, deep: bool, classical: bool) -> None:
    assert flights_left("halfway") == 90
    assert judge(FLIGHTS, guess, "halfway", "", {"classical": life(106), "deep": life(100.2)}) == Round(guess, you, deep, classical)


def test_more_than_can_be_guessed_counts_as_the_most() -> None:
    assert flights_left("young") == 210 and flights_left("nobody") is None
    assert judge(FLIGHTS, "125", "young", "", {"classical": life(112), "deep": life(110)}).you


def test_who_foresees_the_network_takes_the_point_and_else_the_network_does() -> None:
    deep = {"deep": story(" he ran", " he"), "classical": None}
    assert judge(NEXT, "he", "", "", deep) == Round("he", True, False, False)
    assert judge(NEXT, "she", "", "", deep) == Round("she", False, True, False)
    sixteen = {"deep": made("7", 15), "classical": made("7", 11)}
    assert [judge(SIXTEEN, str(guess), "", "", sixteen).you for guess in (13, 14, 15, 16)] == [False, True, True, True]


@pytest.mark.parametrize(("word", "you", "deep"), [("you", True, False), ("deep", False, True), ("both", True, True)])
def test_the_visitors_word_counts_once(word: str, you: bool, deep: bool) -> None:
    one = own_word(Round("dog"), word)
    assert one == Round("dog", you, deep, False) and own_word(one, "you").you is you
    over = own_word(Round("dog"), "nobody")
    assert over.over and not over.counts


def test_only_judged_rounds_are_added_up() -> None:
    rounds = [Round("a", True, False, True), Round("b", False, True, False), Round("c", True, True, True), Round(""), Round("d"),
              Round("", over=True)]
    assert score(rounds) == Score(3, 2, 2, 2) and score([]) == Score(0, 0, 0, 0)


# --- from page to page ----------------------------------------------------------------------------

def test_an_address_carries_points_and_what_was_seen_but_no_guess() -> None:
    rounds = {"spam.prize": Round("spam", True, False, True), "sentiment.~0123456789ab": Round("", None), "spam.won": Round("x")}
    word = carried(rounds)
    assert word == "spam.prize.101,sentiment.~0123456789ab.---,spam.won.---"
    taken = taken_up(word)
    assert list(taken) == list(rounds) and score(taken.values()) == score(rounds.values())
    assert all(not one.guess for one in taken.values())


@pytest.mark.parametrize("word", ["", "spam", "spam.prize.222", "<script>.x.111", "spam.prize.1111", ",,,", "a" * 5000])
def test_what_is_no_round_is_passed_over(word: str) -> None:
    assert taken_up(word) == {}


def test_no_address_is_read_without_end() -> None:
    assert len(taken_up(",".join(f"spam.x{number}.111" for number in range(1000)))) == 60


@pytest.mark.parametrize("result", [Text("x"), Transcript("")])
def test_answers_without_a_first_thing_have_none(result: Any) -> None:
    assert answer_of(result) == ""
