"""The talk of fifteen minutes by keys alone in a real browser, with the notes in a second window."""

from __future__ import annotations

from typing import Any

import pytest

from bench.served import Server
from browsing import Watched
from demos.stage import list_talks

pytestmark = pytest.mark.browser
TALK = next(talk for talk in list_talks() if talk.name == "managers")


def wait_for_beat(page: Any, number: int) -> None:
    page.wait_for_selector(f".dl-stage:has-text('{number} of {len(TALK.beats)}')", timeout=60_000)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector(f"html[data-listens='{TALK.name} {number}']", state="attached", timeout=60_000)


def test_the_talk_runs_by_keys_alone(server: Server, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    stage = Watched(context.new_page(), server.url)
    page = stage.page
    page.goto(server.url + TALK.address(1))
    wait_for_beat(page, 1)
    assert not page.get_by_test_id("stSidebar").is_visible() and not page.get_by_test_id("stHeader").is_visible()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 24
    for number, beat in enumerate(TALK.beats[1:], start=2):
        page.keyboard.press("PageDown")
        wait_for_beat(page, number)
        assert beat.line in page.inner_text(".dl-stage") and page.url.endswith(TALK.address(number))
        if beat.scroll:
            page.wait_for_function("text => [...document.querySelectorAll('h2')].some(h => h.textContent.trim() === text"
                                   " && h.getBoundingClientRect().top < 700)", arg=beat.scroll, timeout=60_000)
    stage.check()
    page.keyboard.press("PageUp")
    wait_for_beat(page, len(TALK.beats) - 1)
    page.go_back()
    wait_for_beat(page, len(TALK.beats))
    page.keyboard.press("Escape")
    page.wait_for_selector("h1:has-text('Give a talk')")
    context.close()


def test_the_notes_keep_in_step_both_ways(server: Server, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    stage, notes = context.new_page(), Watched(context.new_page(), server.url)
    notes.page.goto(server.url + TALK.address(8, notes=True))
    notes.page.wait_for_selector(f"h1:has-text('{TALK.beats[7].line}')")
    stage.goto(server.url + TALK.address(8))
    wait_for_beat(stage, 8)
    stage.keyboard.press("ArrowRight")
    wait_for_beat(stage, 9)
    notes.page.wait_for_selector(f"h1:has-text('{TALK.beats[8].line}')")
    assert TALK.beats[8].say.split("\n")[0] in notes.page.inner_text("body")
    notes.page.wait_for_selector(f"html[data-listens='{TALK.name} 9']", state="attached", timeout=60_000)
    notes.page.keyboard.press("PageUp")
    wait_for_beat(stage, 8)
    notes.page.wait_for_selector(f"h1:has-text('{TALK.beats[7].line}')")
    notes.check()
    context.close()


def test_a_stage_that_is_not_there_is_told(server: Server, watched: Watched) -> None:
    for address in ("/?stage=opera", "/?stage=managers&beat=99", "/spam?stage=managers&beat=x"):
        watched.page.goto(server.url + address)
        watched.page.wait_for_selector("text=There is no such talk")
        watched.page.wait_for_selector("h1")
    watched.check()
