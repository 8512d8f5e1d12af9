"""The fraud game in a real browser: a sample pressed, a card stolen from until it is blocked, a rule moved."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("fraud_game")


def press_until(page: Any, name: str, key: str, value: str) -> None:
    """Move the slider of this name by a key until it stands at a value in words."""
    slider = page.locator(f'[data-testid=stSlider] input[aria-label="{name}"]')
    for _ in range(15):
        if slider.get_attribute("aria-valuetext") == value:
            break
        slider.press(key)
    assert slider.get_attribute("aria-valuetext") == value


def test_a_theft_is_judged_and_explained_and_the_thief_is_blocked(page: Any) -> None:
    page.get_by_role("button", name="Ana's card, far away").click()
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('stolen')")
    page.wait_for_selector(".dl-pushes .row:has-text('From home: 1,250 km')")
    page.wait_for_selector(".dl-card.deep:has-text('The ten payments before')")
    press_until(page, "How much?", "ArrowRight", "1,500 €")
    press_until(page, "How far from the owner's home?", "ArrowRight", "3,000 km")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_selector("td[data-name=Deep] .dl-stopped")
    page.wait_for_selector("td[data-name=Classical] .dl-stopped")
    page.wait_for_selector("text=Both methods have blocked the card.")


def test_a_rule_is_moved_and_counted(page: Any) -> None:
    page.wait_for_selector(".dl-told:has-text('Your rule gives')")
    before = page.inner_text(".dl-told:has-text('Your rule gives')")
    press_until(page, "Stop above", "ArrowLeft", "500 €")
    page.wait_for_function(
        "was => [...document.querySelectorAll('.dl-told')].some(e => e.innerText.includes('Your rule gives') && e.innerText != was)",
        arg=before)
