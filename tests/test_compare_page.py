"""The page that holds machine learning against deep learning: its figures are the measured ones, its advice has reasons."""

from __future__ import annotations

from itertools import product

import pytest

from app_pages import html, open_page
from demos import demo_folder, list_demos
from demos.figures import read_figures
from pages.ui import compare_words as said
from pages.ui.advice import advise
from pages.ui.league import Duel, counted, duels, league_chart, proof

ALL = list(product(said.KINDS, said.COUNTS, said.EXPLAINS, said.HARDWARES))


@pytest.mark.parametrize("choice", ALL, ids="-".join)
def test_every_choice_gets_advice_with_a_reason_and_a_demo_that_is_there(choice: tuple[str, str, str, str]) -> None:
    advice = advise(*choice)
    assert advice.reasons and len(set(advice.reasons)) == len(advice.reasons)
    demo = next(demo for demo in list_demos() if demo.name == advice.demo)
    assert demo.method(advice.family)
    assert advice.family == "classical" or choice[0] != "table"


def test_the_league_shows_what_was_measured_and_mistakes_turned_round() -> None:
    found = {duel.demo.name: duel for duel in duels(list_demos())}
    speech = found["speech_recognition"]
    assert speech.pair and speech.pair[1].metric == "word_error_rate"
    assert speech.right[1] == pytest.approx(100 * (1 - speech.pair[1].value)) and speech.winner == "deep"
    figure = league_chart(list(found.values()), "lead")
    squares = next(trace for trace in figure.data if trace.name == "Classical")
    shown = [duel for duel in found.values() if duel.pair and duel.pair[0].is_share]
    assert sorted(squares.x) == pytest.approx(sorted(duel.right[0] for duel in shown))
    leads = {duel.demo.title: duel.lead for duel in shown}
    assert [leads[name] for name in squares.y] == sorted(leads.values(), reverse=True)


def test_the_counts_add_up() -> None:
    found = duels(list_demos())
    numbers = [duel.winner for duel in found if duel.pair]
    assert f"Of {len(numbers)} duels" in counted(found) and f"leads in {numbers.count('deep')}" in counted(found)
    assert counted([Duel(found[0].demo, None)]).startswith("Of 0 duels")


def test_each_difference_has_its_proof() -> None:
    for _, _, _, name, metric in said.ROWS:
        demo = next(demo for demo in list_demos() if demo.name == name)
        measured = proof(demo, metric)
        assert measured is not None
        if metric != "size":
            assert measured[1] in {row.sentence() for row in read_figures(demo_folder(name))}


def test_the_page_answers_its_controls() -> None:
    at = open_page("ml_vs_dl")
    assert said.CLASSICAL in html(at)
    for key, value, shown in (("kind", "picture", said.BUILD_ON), ("count", "many", said.DEEP), ("kind", "text", said.DEEP),
                              ("explain", "yes", said.CLASSICAL)):
        next(group for group in at.button_group if group.key == key).set_value(value).run()
        assert shown in html(at) and not at.exception
    next(group for group in at.button_group if group.key == "sort").set_value("size").run()
    assert not at.exception
