"""The picture maker in a real browser: from a choice to its pictures, the way out of the noise, steps and a walk."""

from __future__ import annotations

from typing import Any

from bench.served import Server
from browsing import Watched
from demos import get_demo

DEMO = get_demo("picture_maker")
PIXELS = "canvas => canvas.toDataURL()"


def opened(watched: Watched) -> Any:
    page = watched.open_demo(DEMO.name, 240)
    page.wait_for_selector("canvas[aria-label]", timeout=120_000)
    return page


def test_a_choice_becomes_pictures_and_each_is_read(watched: Watched) -> None:
    page = opened(watched)
    page.locator("[data-testid=stRadio] label").get_by_text("7", exact=True).click()
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('read as 7')", timeout=120_000)
    assert page.locator(".dl-card.deep .dl-made img").count() == 16
    page.wait_for_selector(".dl-verdict:has-text('for you to say')")
    assert page.locator(".dl-made img").evaluate_all("all => all.every(i => i.complete && i.naturalWidth === 28)")
    page.wait_for_selector(".dl-views .dl-view:nth-child(5) img")
    first = page.locator(".dl-card.deep .dl-made img").first.get_attribute("src")
    page.get_by_role("button", name="Another one").click()
    page.wait_for_function("first => document.querySelector('.dl-card.deep .dl-made img')?.src !== first && "
                           "document.querySelector('.dl-card.deep .dl-answer')?.innerText.includes('read as 7')", arg=first,
                           timeout=120_000)


def test_the_way_out_of_the_noise_plays_without_the_server(watched: Watched, server: Server) -> None:
    page = opened(watched)
    canvas = page.locator("canvas[aria-label]").first
    page.wait_for_selector("button.play:has-text('Play')", timeout=30_000)  # it has played once
    page.wait_for_timeout(500)
    finished, asked = canvas.evaluate(PIXELS), []
    page.on("websocket", lambda _: asked.append("socket"))
    page.on("request", lambda r: asked.append(r.url) if r.url.startswith("http") else None)
    slider = page.get_by_label("Moment on the way")
    slider.focus()
    page.keyboard.press("Home")
    noise = canvas.evaluate(PIXELS)
    assert noise != finished and page.locator("text=noise").count()
    page.keyboard.press("End")
    assert canvas.evaluate(PIXELS) == finished
    page.locator("button.play").click()
    page.wait_for_selector("button.play:has-text('Pause')")
    page.wait_for_timeout(700)
    assert canvas.evaluate(PIXELS) != finished, "it does not play"
    page.wait_for_selector("button.play:has-text('Play')", timeout=15_000)
    assert canvas.evaluate(PIXELS) == finished and not asked


def test_nothing_moves_for_visitors_who_want_it_still(server: Server, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    watched = Watched(context.new_page(), server.url)
    page = opened(watched)
    page.wait_for_timeout(300)
    assert page.inner_text("button.play") == "Play"
    canvas = page.locator("canvas[aria-label]").first
    before = canvas.evaluate(PIXELS)
    page.wait_for_timeout(1200)
    assert canvas.evaluate(PIXELS) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    watched.check()
    context.close()


def test_more_steps_and_a_walk(watched: Watched) -> None:
    page = opened(watched)
    page.get_by_text("The same noise with more steps", exact=True).click()
    page.wait_for_selector(".dl-made.rows figcaption:has-text('32 steps')", timeout=120_000)
    assert page.locator(".dl-made.rows img").count() == 24
    page.get_by_text("A walk between two pictures", exact=True).click()
    page.wait_for_selector(".dl-made.rows figcaption:has-text('Place 9 of 9')", timeout=120_000)
