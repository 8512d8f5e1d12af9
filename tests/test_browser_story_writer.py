"""The story writer in a real browser: a beginning is written on, a bar is pressed, by the keyboard too."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("story_writer", timeout_s=120)


def write(page: Any, text: str) -> None:
    page.locator("textarea").first.fill(text)
    page.get_by_role("button", name="Ask both methods").click()


def test_a_beginning_is_written_on_and_a_bar_is_pressed(page: Any) -> None:
    write(page, "The grey cat sat")
    page.wait_for_selector(".dl-card.deep .dl-answer .begun:has-text('The grey cat sat')", timeout=60_000)
    page.wait_for_selector(".dl-verdict")
    page.wait_for_selector(".dl-text.dl-story .begun:has-text('The grey cat sat')")
    bar = page.locator(".st-key-bar_3 button")
    piece = bar.locator("strong").inner_text().removeprefix("…")
    bar.click()
    page.wait_for_selector(".dl-text.dl-story .own")
    assert page.locator(".dl-text.dl-story .own").inner_text() in (piece, "¶", "")
    page.get_by_role("button", name="Forget my choices").wait_for()


def test_a_bar_is_pressed_by_the_keyboard(page: Any) -> None:
    bar = page.locator(".st-key-bar_2 button")
    bar.wait_for()
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Piece 2.")


def test_markup_stays_words(page: Any) -> None:
    write(page, "<img src='http://evil.example/a.png'> ![x](http://evil.example/b.png) and the fox")
    page.wait_for_selector(".dl-card.deep .dl-answer .begun:has-text('evil.example')", timeout=60_000)
    page.wait_for_selector(".dl-text.dl-story .begun:has-text('evil.example')")
    page.wait_for_selector(".st-key-bar_0")
    assert page.locator("img[src*=evil]").count() == 0


def test_a_beginning_is_forgotten_bit_by_bit(page: Any) -> None:
    page.get_by_text("A forgotten beginning", exact=True).click()
    page.wait_for_selector("[data-testid=stPlotlyChart]", timeout=120_000)
    page.wait_for_selector("p:has-text('classical method')", timeout=120_000)
