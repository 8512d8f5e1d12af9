"""The lessons in a real browser: a ball that rolls without asking the server, a training to start and stop, addresses."""

from __future__ import annotations

import re
import time
from typing import Any

from bench.served import Server
from browsing import Watched
from demos.lessons import get_lesson


def opened(watched: Watched, server: Server, address: str) -> Any:
    watched.page.goto(f"{server.url}/{address}")
    watched.page.wait_for_selector("h1")
    return watched.page


def test_a_ball_rolls_in_the_browser_alone(server: Server, watched: Watched) -> None:
    page = opened(watched, server, "how_learning?x=1.8&y=1.6")
    page.wait_for_selector("text=shallow valley")  # the address holds where to begin
    page.wait_for_selector(".js-plotly-plot .updatemenu-button")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if not request.url.startswith("data:") else None)
    before = page.locator(".js-plotly-plot").first.inner_html()
    page.locator(".js-plotly-plot .updatemenu-button").first.click()
    time.sleep(0.7)
    assert page.locator(".js-plotly-plot").first.inner_html() != before and not sent


def test_the_spiral_is_learnt_live_and_stop_is_heard(server: Server, watched: Watched) -> None:
    said = get_lesson("learning").labels
    page = opened(watched, server, "how_learning")
    page.get_by_role("button", name=said["train"], exact=True).click()
    page.wait_for_selector("text=It reached 95 in 100", timeout=10_000)
    stop = page.get_by_role("button", name=said["stop"], exact=True)
    if stop.count():  # else it has done all its steps already
        stop.click()
    page.get_by_role("button", name=said["train"], exact=True).wait_for(timeout=3_000)
    steps = page.get_by_text(re.compile(r"^Step \d+:")).first
    shown = steps.inner_text()
    time.sleep(0.8)
    assert steps.inner_text() == shown, "it goes on although it was stopped"


def test_a_word_opens_what_it_means_and_a_depth_opens_in_place(server: Server, watched: Watched) -> None:
    page = opened(watched, server, "how_neuron")
    page.get_by_role("button", name="softmax").click()
    page.wait_for_selector("[data-testid=stPopoverBody]")
    assert len(page.inner_text("[data-testid=stPopoverBody]")) > 30
    page.keyboard.press("Escape")
    page.get_by_text("For engineers").click()
    page.wait_for_selector(".katex")


def test_a_slider_by_keyboard_changes_answer_and_address(server: Server, watched: Watched) -> None:
    page = opened(watched, server, "how_neuron")
    page.wait_for_selector("text=It would go.")
    slider = page.locator("[data-testid=stSlider]").filter(has_text="How much the sun counts")
    slider.locator("[role=slider], input[type=range]").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=It would rather stay at home.")
    page.wait_for_function("location.search.includes('w_sun=')")
