"""The page of the fraud game through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.fraud_game import DEMO
from demos.fraud_game import game_words as said
from demos.fraud_game.words import EARLIER_TITLE, PUSHED
from pages.ui import words


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("fraud_game")


def test_the_page_shows_the_duel_the_reasons_and_both_roles(page: AppTest) -> None:
    assert not page.exception and not page.error
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.PLAY, said.RULE, words.CARD]
    drawn = html(page)
    assert "Both methods got it." in drawn and EARLIER_TITLE in drawn and drawn.count(PUSHED) == 2
    assert said.NO_PAYMENT in drawn and "What Ana paid last" in drawn and said.YOUR_RULE in drawn
    assert any("is simulated" in caption.value for caption in page.caption)


def test_a_payment_of_ones_own_is_judged(page: AppTest) -> None:
    page.slider(key="number_fraud_game_amount").set_value(1400).run()
    page.selectbox(key="choice_fraud_game_shop").set_value("jeweller").run()
    page.slider(key="number_fraud_game_distance").set_value(3000).run()
    assert not page.exception and "people would look at this payment" in html(page)


def test_the_thief_pays_until_the_card_is_blocked_and_starts_anew(page: AppTest) -> None:
    page.select_slider(key="thief_amount").set_value(5).run()
    page.selectbox(key="thief_shop").set_value("supermarket").run()
    page.button(key="thief_pay").click().run()
    assert html(page).count("got through: chance") == 2
    page.select_slider(key="thief_amount").set_value(1500).run()
    page.selectbox(key="thief_shop").set_value("jeweller").run()
    page.select_slider(key="thief_distance").set_value(3000).run()
    page.select_slider(key="thief_wait").set_value(5).run()
    page.button(key="thief_pay").click().run()
    drawn = html(page)
    assert not page.exception and drawn.count("blocked: chance") == 2
    assert drawn.count("got through in one payment, then the card was blocked.") == 2
    assert "Your best so far: 5 € past the classical method, 5 € past the network." in drawn
    assert page.button(key="thief_pay").disabled
    page.button(key="thief_anew").click().run()
    assert not page.button(key="thief_pay").disabled and "blocked: chance" not in html(page)


def test_a_rule_is_counted_at_once(page: AppTest) -> None:
    for name in ("amount", "night", "distance", "speed", "hourly"):
        page.select_slider(key=f"rule_{name}").set_value(float("inf")).run()
    assert "Your rule stops nothing yet" in html(page)
    page.select_slider(key="rule_amount").set_value(300).run()
    assert "With as many alarms the network would save" in html(page)


def test_a_rule_costs_no_time() -> None:
    from pages.ui.card_rule import Limits, at, outcome, stopped_by, stored

    one, began = stored(), time.process_time()
    for amount in (50, 100, 200, 300):
        outcome(one, stopped_by(Limits(amount, 100, 50, 400, 3), one))
    assert (time.process_time() - began) / 4 < 0.1
    assert at("gru", 100).saved > at("gru", 10).saved
    assert DEMO.parts[0].key == "judge"
