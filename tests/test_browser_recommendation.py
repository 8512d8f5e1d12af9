"""The film page in a real browser: a film is found by its name and rated, and the lists follow; the slider; a wish."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("recommendation")


def test_a_film_is_searched_and_rated_and_the_lists_follow(page: Any) -> None:
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('Aliens')")
    page.get_by_role("combobox", name="Add a film").fill("godfather part ii")
    page.get_by_role("option", name="The Godfather Part II (1974)").first.click()
    page.wait_for_selector("text=Your own ratings")
    page.wait_for_selector(".st-key-rated_film_recommendation_tt0071562")
    page.wait_for_selector(".dl-view .dl-films .name:has-text('The Godfather Part II')")
    page.locator(".st-key-forget_recommendation_tt0071562 button").first.click()
    page.wait_for_selector(".st-key-rated_film_recommendation_tt0071562", state="detached")


def test_the_slider_opens_the_bubble_and_a_wish_is_answered(page: Any) -> None:
    slider = page.get_by_role("slider", name="How much surprise?")
    slider.focus()
    for _ in range(6):
        slider.press("ArrowRight")
    page.wait_for_selector(".dl-own .dl-films i:has-text('new')")
    page.get_by_role("button", name="slow space film, nothing violent").click()
    page.wait_for_selector(".dl-note:has-text('violent')", timeout=60_000)
