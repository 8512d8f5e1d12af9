"""Bet first in a real browser: by keys alone, on the stage from beat to beat, and in the file to take home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.served import Server
from browsing import Watched
from demos.stage import list_talks
from pages.ui import bet_words as said
from pages.ui import words

pytestmark = pytest.mark.browser
TALK = next(talk for talk in list_talks() if talk.name == "managers")
BEAT = next(number for number, beat in enumerate(TALK.beats, start=1) if ("bet", "1") in beat.settings)


def focus(page: Any, key: str) -> None:
    """Go to a button with the Tab key alone."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("key => !!document.activeElement.closest(`.st-key-${key}`)", key):
            return
    raise AssertionError(f"the Tab key does not lead to {key}")


def test_a_round_by_keys_alone_and_the_guess_is_in_the_file(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    page.goto(f"{watched.home}/spam")
    page.wait_for_selector(".dl-verdict", timeout=120_000)
    focus(page, "bet_first")
    page.keyboard.press("Space")
    page.wait_for_selector(f".dl-bet:has-text('{said.SEEN[:30]}')", timeout=60_000)
    assert page.url.endswith("/spam?bet=1")
    focus(page, "bet_next")  # the key N would do as well, but not while a switch or a box has the keys
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-bet_box", timeout=60_000)
    assert page.locator(".dl-duel").count() == 0, "the sample before does not stand below the question"
    page.wait_for_function("() => !document.querySelector('h2')", timeout=60_000)  # gone once the methods are done
    focus(page, "bet_choice_2")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dl-bet:has-text('You said “Not spam”')", timeout=60_000)
    page.wait_for_selector(".dl-verdict", timeout=60_000)
    assert said.SCORE.format(you=1, deep=1) in page.inner_text(".dl-score")
    page.get_by_text(words.TAKEN, exact=True).click(timeout=60_000)
    with page.expect_download() as coming:
        page.get_by_text(words.TAKEN_BUTTON).click()
    coming.value.save_as(tmp_path / "taken.html")
    assert "You said “Not spam”." in (tmp_path / "taken.html").read_text()


def test_the_score_goes_on_from_beat_to_beat_of_a_talk(server: Server, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    stage = Watched(context.new_page(), server.url)
    page = stage.page
    page.goto(server.url + TALK.address(BEAT))
    page.wait_for_selector(".st-key-bet_choice_1 button", timeout=120_000)
    page.wait_for_selector(f"html[data-listens='{TALK.name} {BEAT}']", state="attached", timeout=60_000)
    page.keyboard.press("1")
    page.wait_for_selector(".dl-score:has-text('after 1 round')", timeout=60_000)
    page.wait_for_selector(".dl-verdict", timeout=60_000)
    page.keyboard.press("PageDown")
    page.wait_for_selector(f"html[data-listens='{TALK.name} {BEAT + 1}']", state="attached", timeout=60_000)
    assert "rounds=" in page.url
    page.keyboard.press("PageUp")
    page.wait_for_selector(".dl-score:has-text('after 1 round')", timeout=60_000)
    page.wait_for_selector(".dl-bet:has-text('You have played this one already')", timeout=60_000)
    assert page.locator(".st-key-bet_box").count() == 0, "the same beat cannot be won a second time"
    stage.check()
    context.close()


def test_on_a_phone_nothing_stands_out_of_the_page(server: Server, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{server.url}/fraud_game?bet=1")
    page.wait_for_selector(".st-key-bet_choice_2 button", timeout=120_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".st-key-bet_choice_2 button").click()
    page.wait_for_selector(".dl-bet", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
