"""Bet first on every demo's page: the answers are covered, a guess uncovers them, the score counts each input once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html
from conftest import ROOT
from demos import get_demo, list_demos
from demos.base import Demo
from demos.bets import bet_of, carried
from demos.machine_failure.record import flights_left
from pages.ui import bet_words as said
from pages.ui import words

DEMOS = list_demos()
pytestmark = pytest.mark.usefixtures("live_engine")


def name_of(demo: Demo) -> str:
    return demo.name


def open_with(name: str, **address: str) -> AppTest:
    """The page of a demo under an address that says more."""
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=240)
    for key, value in address.items():
        at.query_params[key] = value
    at.switch_page(f"{name}.py")
    at.run()
    assert not at.exception
    return at


def button(at: AppTest, key: str) -> object:
    return next(one for one in at.button if one.key == key)


def keys(at: AppTest) -> set[str]:
    return {one.key or "" for one in at.button}


def sample_button(at: AppTest, demo: Demo, key: str) -> object:
    return next(b for b in at.button if (b.key or "").startswith("sample_") and b.key.endswith(f"{demo.name}_{key}"))


def covered(at: AppTest) -> bool:
    """Whether nothing tells of an answer: no card, no reason, nothing to break, no list of mistakes."""
    drawn = html(at)
    telling = 'class="dl-duel"' in drawn or 'class="dl-verdict"' in drawn or 'class="dl-view' in drawn
    below = {words.WHY, *words.WHY_OF.values(), words.BREAK, words.CARD} & {header.value for header in at.header}
    return not telling and not below and "bet_show" in keys(at)


def score(at: AppTest) -> str:
    return next(line.split("<b>")[1].split("</b>")[0] for line in html(at).splitlines() if 'class="dl-score"' in line)


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_a_guess_uncovers_the_answers_and_is_judged_where_that_can_be(demo: Demo) -> None:
    at = open_with(demo.name, bet="1")
    assert covered(at) and at.toggle(key="bet_first").value and score(at) == said.SCORE.format(you=0, deep=0)
    titles = [sample.title for sample in demo.samples]
    assert not any(title in html(at) + str([b.label for b in at.button]) for title in titles), "a title gives the answer away"
    button(at, "bet_choice_1").click().run()
    assert not at.exception and not covered(at)
    drawn = html(at)
    assert "dl-verdict" in drawn and 'class="dl-told dl-bet"' in drawn and "You said “" in drawn
    assert words.CARD in [header.value for header in at.header]
    kind, first = bet_of(demo).kind, demo.samples[0]
    known = bool(first.expect) or kind in ("next", "amount")
    assert ("after 1 round" in drawn) == known
    assert first.title in drawn + str([b.label for b in at.button]), "now its title may be read"


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_without_the_switch_nothing_is_covered_or_said_of_a_bet(demo: Demo) -> None:
    at = open_with(demo.name)
    assert 'class="dl-duel"' in html(at) and "dl-bet" not in html(at).split("</style>")[-1]
    assert not at.toggle(key="bet_first").value and not any(key.startswith("bet_") for key in keys(at))


def test_the_score_counts_and_going_back_wins_nothing() -> None:
    demo = get_demo("spam")
    at = open_with("spam", bet="1")
    button(at, "bet_choice_1").click().run()  # spam, which it is
    assert score(at) == said.SCORE.format(you=1, deep=1)
    button(at, "bet_next").click().run()
    assert covered(at) and demo.samples[0].title in str([b.label for b in at.button])
    button(at, "bet_choice_1").click().run()  # a friend is no spam
    assert score(at) == said.SCORE.format(you=1, deep=2)
    sample_button(at, demo, demo.samples[1].key).click().run()
    sample_button(at, demo, demo.samples[0].key).click().run()
    assert not covered(at) and "bet_choice_1" not in keys(at) and score(at) == said.SCORE.format(you=1, deep=2)
    assert "You said “Spam”" in html(at), "what was guessed is still told"


def test_who_looks_or_has_looked_wins_nothing() -> None:
    demo = get_demo("spam")
    at = open_with("spam")
    at.toggle(key="bet_first").set_value(True).run()
    assert not covered(at) and said.SEEN in html(at), "it was seen before the switch was pressed"
    button(at, "bet_next").click().run()
    assert covered(at)
    button(at, "bet_show").click().run()
    assert not covered(at) and said.SEEN in html(at) and said.NO_ROUND in html(at)
    sample_button(at, demo, demo.samples[2].key).click().run()
    assert covered(at)
    at.toggle(key="bet_first").set_value(False).run()
    assert not covered(at) and "dl-score" not in html(at).split("</style>")[-1]


def test_the_switch_stays_on_from_page_to_page_and_the_score_can_begin_anew() -> None:
    at = open_with("spam", bet="1")
    button(at, "bet_choice_1").click().run()
    at.switch_page("fraud_game.py").run()
    assert covered(at) and score(at) == said.SCORE.format(you=1, deep=1)
    button(at, "bet_reset").click().run()
    assert score(at) == said.SCORE.format(you=0, deep=0)
    at.switch_page("spam.py").run()
    assert not covered(at), "begun anew, it still cannot be won again"


def test_on_an_own_text_only_the_visitor_can_tell() -> None:
    at = open_with("sentiment", bet="1")
    at.text_area[0].set_value("A film like a long, warm afternoon.").run()
    assert covered(at) and at.subheader[0].value == get_demo("sentiment").question
    button(at, "bet_choice_1").click().run()
    assert said.WHO_WAS_RIGHT in [one.value for one in at.markdown] and said.NO_ROUND in html(at)
    button(at, "bet_word_both").click().run()
    assert score(at) == said.SCORE.format(you=1, deep=1) and "bet_word_both" not in keys(at)


def test_what_has_not_happened_counts_for_nobody() -> None:
    at = open_with("credit_decision", bet="1")
    button(at, "bet_choice_2").click().run()
    assert said.NOT_YET in html(at) and said.NO_ROUND in html(at) and "bet_word_you" not in keys(at)


def test_the_nearest_number_takes_the_point() -> None:
    at = open_with("machine_failure", bet="1")
    at.slider(key="bet_number").set_value(int(flights_left("halfway") or 0)).run()
    assert covered(at)
    button(at, "bet_choice_1").click().run()
    assert score(at) == said.SCORE.format(you=1, deep=0) and said.TRUE_NUMBER.format(number="90") in html(at)
    assert "you are off by 0".capitalize() in html(at)


def test_what_nobody_answers_counts_for_nobody() -> None:
    at = open_with("chest_xray", bet="1", sample="cat")
    button(at, "bet_choice_1").click().run()
    assert said.DECLINED in html(at) and said.NO_ROUND in html(at)


def test_a_talk_carries_the_score_from_beat_to_beat() -> None:
    at = open_with("spam", bet="1", sample="won", stage="managers", beat="7", rounds="spam.prize.101,image_recognition.cat.110")
    assert covered(at) and score(at) == said.SCORE.format(you=2, deep=1)
    button(at, "bet_choice_2").click().run()  # a friend who won; the network takes it for spam
    assert score(at) == said.SCORE.format(you=3, deep=1)
    assert carried(at.session_state["_rounds"]) == "spam.prize.101,image_recognition.cat.110,spam.won.101"


def test_the_address_does_not_tell_and_leads_to_the_same() -> None:
    demo = get_demo("chest_xray")
    at = open_with("chest_xray", bet="1")
    sample_button(at, demo, "pneumonia_1").click().run()
    assert at.query_params["sample"] in ("2", ["2"])
    again = open_with("chest_xray", bet="1", sample="2")
    button(again, "bet_show").click().run()
    assert demo.samples[1].title in html(again)


@pytest.mark.parametrize("value", ["2", "yes", "<b>", ""])
def test_a_strange_address_is_no_switch(value: str) -> None:
    assert not open_with("spam", bet=value, rounds="nonsense,,,").toggle(key="bet_first").value
