"""The fraud game in a real browser: a sample pressed, a card stolen from until it is blocked, a rule moved."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("fraud_game")


def test_a_theft_is_judged_and_explained_and_the_thief_is_blocked(page: Any) -> None:
    page.get_by_role("button", name="Ana's card, far away").click()
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('stolen')")
    page.wait_for_selector(".dl-pushes .row:has-text('From home: 1,250 km')")
    page.wait_for_selector(".dl-card.deep:has-text('The ten payments before')")
    amount = page.get_by_role("slider", name="How much?")
    for _ in range(4):
        amount.press("ArrowRight")
    page.wait_for_selector("text=1,500 €")
    far = page.get_by_role("slider", name="How far from the owner's home?")
    for _ in range(5):
        far.press("ArrowRight")
    page.wait_for_selector("text=3,000 km")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_selector("td[data-name=Deep] .dl-stopped")
    page.wait_for_selector("td[data-name=Classical] .dl-stopped")
    page.wait_for_selector("text=Both methods have blocked the card.")


def test_a_rule_is_moved_and_counted(page: Any) -> None:
    page.wait_for_selector(".dl-told:has-text('Your rule gives')")
    before = page.inner_text(".dl-told:has-text('Your rule gives')")
    page.get_by_role("slider", name="Stop above", exact=True).press("ArrowLeft")
    page.wait_for_function(
        "was => [...document.querySelectorAll('.dl-told')].some(e => e.innerText.includes('Your rule gives') && e.innerText != was)",
        arg=before)
