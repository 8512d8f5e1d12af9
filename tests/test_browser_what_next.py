"""The page on what comes next in a real browser: hospitals learn without asking the server, bits go by keyboard."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bench.served import Server
from browsing import Watched
from demos.lessons.federated import federated
from pages.ui import next_words as said
from pages.ui import words


@pytest.fixture
def page(watched: Watched, server: Server) -> Any:
    watched.page.goto(f"{server.url}/what_next")
    watched.page.wait_for_selector("svg.map text", timeout=60_000)
    return watched.page


def points(page: Any) -> list[int]:
    """How many points each line has."""
    return page.eval_on_selector_all("svg.lines polyline", "lines => lines.map(one => one.points.length)")


def test_rounds_are_played_in_the_browser_alone_and_by_keyboard(page: Any) -> None:
    rounds = len(federated().deals[0].curves["shared"])
    assert points(page) == [rounds] * 7 and page.locator("svg.map text", has_text=said.HOSPITAL.format(letter="E")).count() == 1
    page.wait_for_selector(f"text={said.OTHER_ANSWER}")  # until then the page itself asks the server
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if not request.url.startswith("data:") else None)
    slider = page.get_by_label(said.ROUND, exact=True)
    slider.focus()
    page.keyboard.press("Home")
    assert points(page) == [0] * 7 and page.locator(f"text={said.BEFORE}").count() == 1
    page.keyboard.press("ArrowRight")
    assert points(page) == [1] * 7 and "Round 1 of" in slider.get_attribute("aria-valuetext")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement && true")
    page.wait_for_timeout(3200)
    assert 3 <= points(page)[0] <= 5, "it goes on by itself"
    page.get_by_role("button", name=words.MADE_PAUSE, exact=True).click()
    stopped = points(page)
    time.sleep(1.8)
    assert points(page) == stopped and not sent


def test_bits_are_taken_away_by_keyboard(page: Any) -> None:
    page.wait_for_selector("text=With 5 bits:", timeout=60_000)
    slider = page.locator("[data-testid=stSlider]").filter(has_text=said.SLIDER).locator("[role=slider], input[type=range]").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("text=With 2 bits:")
    page.wait_for_selector(f"text={said.OTHER_ANSWER}")
    page.wait_for_function("location.search.includes('bits=2')")
