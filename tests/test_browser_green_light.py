"""The evening before, in a real browser: the check starts and stops, the room's devices are tried, a talk is walked."""

from __future__ import annotations

from typing import Any

import pytest

from bench.served import Server
from browsing import Watched
from demos.stage import list_talks
from pages.ui import green_light_words as said

pytestmark = pytest.mark.browser
TALK = next(talk for talk in list_talks() if talk.name == "managers")
BROWSER, WALK = said.IN_BROWSER, said.IN_WALK


def opened(watched: Watched, path: str = "green_light") -> Any:
    watched.page.set_default_timeout(60_000)
    watched.page.goto(f"{watched.home}/{path}")
    return watched.page


def row(page: Any, name: str, state: str) -> str:
    """What a row of the browser says once it has this state."""
    at = page.locator(f"[data-row={name}][data-state={state}]")
    at.wait_for()
    assert at.locator(".state").inner_text() == BROWSER[state]
    return at.inner_text()


def test_the_room_is_tried(watched: Watched) -> None:
    page = opened(watched)
    assert BROWSER["address_fine"] in row(page, "address", "fine")
    assert "Cameras: 1;" in row(page, "devices", "fine")
    assert "1280 × 1000" in row(page, "screen", "fine") and page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].filter(e => e.shadowRoot).flatMap(e => [...e.shadowRoot.querySelectorAll('.letters')])"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 24
    assert BROWSER["clicker_open"] in row(page, "clicker", "open")
    page.keyboard.press("F9")  # a key that the stage does not know
    row(page, "clicker", "wrong")
    page.keyboard.press("PageDown")
    row(page, "clicker", "slow")
    page.keyboard.press("PageUp")
    assert "PageDown, PageUp" in row(page, "clicker", "fine")
    page.get_by_role("button", name=BROWSER["tone"]).click()
    row(page, "sound", "fine")
    assert BROWSER["try_open"] in row(page, "try", "open"), "asked before a press"
    page.get_by_role("button", name=BROWSER["try"]).click()
    assert "fake" in row(page, "try", "fine").lower()


def test_an_address_without_camera_says_what_to_do(watched: Watched) -> None:
    watched.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page = opened(watched)
    assert "HTTPS" in row(page, "address", "wrong")
    row(page, "devices", "wrong")
    page.get_by_role("button", name=BROWSER["try"]).click()
    assert "What to do" in row(page, "try", "wrong")


def test_a_press_starts_the_check_and_another_stops_it(server: Server, watched: Watched) -> None:
    server.wait_until_idle()  # a model that is still to be loaded is a slow row
    page = opened(watched, "stage")
    page.get_by_role("link", name=said.FROM_STAGE).click()
    page.get_by_role("button", name=said.START).or_(page.get_by_role("button", name=said.AGAIN)).click()
    page.wait_for_function("document.querySelector('[role=progressbar]')?.ariaValueNow >= 1")
    page.wait_for_selector(f".dl-state.fine:has-text('{said.STATES['fine']}')")
    page.get_by_role("button", name=said.STOP, exact=True).click()
    page.wait_for_selector(".dl-light:has-text('Stopped at')")
    page.get_by_role("button", name=said.AGAIN).wait_for()
    rows = page.locator(".dl-table.rows tr").count()
    page.wait_for_timeout(1500)
    assert page.locator(".dl-table.rows tr").count() == rows, "it goes on although it was stopped"


# what a script sees in the moment between a frame's empty page and the one that it was sent to
BETWEEN_PAGES = """
const real = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentDocument').get;
let asked = 0;
Object.defineProperty(HTMLIFrameElement.prototype, 'contentDocument', { get() { return asked++ < 2 ? new Document() : real.call(this); } });
"""


def test_a_talk_is_walked_until_it_is_stopped(server: Server, watched: Watched) -> None:
    # a check that was stopped in a long job ends the worker with it, and a new one loads its models first
    server.wait_until_idle()
    watched.page.add_init_script(BETWEEN_PAGES)
    page = opened(watched)
    page.set_default_timeout(90_000)  # longer than a step may take: what it says then is better than no row
    page.get_by_role("button", name=WALK["start"]).click()
    steps = page.locator("ol > li")
    for number, beat in enumerate(TALK.beats[:3]):
        told = steps.nth(number).inner_text()
        assert beat.line in told and said.STATES["wrong"] not in told, told
    page.get_by_role("button", name=WALK["stop"], exact=True).click()
    page.wait_for_selector("text=Stopped after")
    assert page.locator("iframe").count() == 0 and steps.count() < len(TALK.beats)
