"""The translation page in a real browser: from a sentence to its answer, a list pressed, words that are markup."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched, drawn


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("translation")


def write(page: Any, text: str) -> None:
    drawn(page)  # a box that has just come takes the sample's words once more
    page.locator("textarea").first.fill(text)
    page.get_by_role("button", name="Ask both methods").click()


def test_a_sentence_is_written_and_translated_and_explained(page: Any) -> None:
    page.wait_for_function("document.querySelector('textarea')?.value.startsWith('My sister bought')", timeout=10_000)
    write(page, "Where is my cat?")
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('gato')")
    page.wait_for_selector("text=Your text (16 of 4,000 characters)")
    page.wait_for_selector(".dl-view .dl-gloss .pair:has-text('gato'):has-text('cat')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    page.wait_for_selector("td:has-text('Where is my cat?')")


def test_a_sample_comes_into_the_box_and_a_list_is_pressed(page: Any) -> None:
    page.get_by_role("button", name="From Portuguese").click()
    page.wait_for_function("document.querySelector('textarea')?.value.startsWith('Bom dia')")
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('Good morning')")
    page.get_by_text("He or she?", exact=True).click()
    page.wait_for_selector("td:has-text('A enfermeira está cansada.')")
    page.wait_for_selector(".dl-told:has-text('came back as somebody else')")


def test_markup_and_addresses_of_pictures_stay_words(page: Any) -> None:
    write(page, "![x](http://evil.example/a.png) <img src='http://evil.example/b.png' onerror='alert(1)'> hello")
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('evil.example')")
    page.get_by_text("Typing errors", exact=True).click()
    page.wait_for_selector("[data-testid=stPlotlyChart]")
    assert page.locator("img[src*=evil]").count() == 0


def test_a_text_that_is_too_long_gets_a_sentence(page: Any) -> None:
    write(page, "word " * 900)
    page.wait_for_selector(".dl-card.deep [role=alert]:has-text('at most 4,000')")
    write(page, "Good night!")
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('Boa noite')")
