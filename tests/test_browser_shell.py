"""The shell in a real browser: deep links, keyboard, nothing from outside, nothing broken, nobody kept out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accessibility import show_all, unreached, violations
from bench.served import Server, served
from browsing import Watched, drawn
from demos import list_demos
from demos.lessons import list_lessons
from demos.stage import page_names
from pages.ui import lesson_words, words

LESSONS = [lesson.page for lesson in list_lessons()]
PAGES = sorted(page_names())
WIDE = {"width": 1920, "height": 900}


def test_a_deep_link_on_a_cold_server_shows_its_page(chromium: Any) -> None:
    with served(wait=False) as cold:
        cold.wait_until(lambda said: True)
        page = chromium.new_page()
        page.goto(f"{cold.url}/image_recognition")
        page.wait_for_selector("h1", timeout=20_000)
        assert page.inner_text("h1") == "What is in this picture?"
        assert page.locator("[role=dialog]").count() == 0
        page.wait_for_selector(".dl-card.deep .dl-answer", timeout=30_000)  # models were still loading
        page.close()


def fits(watched: Watched, width: int, scheme: str) -> None:
    """The page in a window of this width and in this theme: nothing broke, nothing stands out at the side."""
    watched.page.emulate_media(color_scheme=scheme)
    watched.page.set_viewport_size({"width": width, "height": 900})
    watched.page.wait_for_function("scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme)
    time.sleep(0.2)
    drawn(watched.page)
    watched.check()
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"


def whole(page: Any, path: str) -> None:
    """Wait until all of the page is drawn."""
    page.wait_for_selector("h1")
    if path in {demo.name for demo in list_demos()}:
        page.wait_for_selector(".dl-verdict", timeout=60_000)
        page.wait_for_selector("text=Before you trust it")
    if path in LESSONS:
        page.wait_for_selector(f"text={lesson_words.FOR_REAL}")
    drawn(page)


@contextmanager
def opened(server: Server, chromium: Any, path: str, width: int, scheme: str) -> Iterator[Watched]:
    """The page, whole, in a window of this width and in this theme."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    watched = Watched(context.new_page(), server.url)
    watched.page.goto(f"{server.url}/{path}")
    whole(watched.page, path)
    fits(watched, width, scheme)
    yield watched
    context.close()


@pytest.fixture(scope="module")
def tour(server: Server, chromium: Any) -> Iterator[list[Watched]]:
    """One visitor's way through the whole menu: a page that is gone to has no program to load first."""
    tabs: list[Watched] = []
    yield tabs
    for watched in tabs:
        watched.page.context.close()


@contextmanager
def gone_to(tour: list[Watched], server: Server, chromium: Any, path: str) -> Iterator[Watched]:
    """The page, whole, by a press on the menu; where the last one went wrong, the visitor opens the dashboard anew."""
    if not tour:
        tour.append(Watched(chromium.new_context(viewport=WIDE, color_scheme="light").new_page(), server.url))
        tour[0].hurried = True
        tour[0].page.goto(server.url)
        tour[0].page.wait_for_selector("h1")
        tour[0].page.evaluate("window.stayed = true")
    watched = tour.pop()
    watched.page.set_viewport_size(WIDE)
    link = watched.page.locator(f"[data-testid=stSidebarNavLink][href$='/{path}']")
    link.click()
    watched.page.wait_for_url(f"{server.url}/{path}")
    watched.page.wait_for_function("title => document.title === title", arg=link.inner_text().split("\n")[-1])
    whole(watched.page, path)
    if path in {demo.name for demo in list_demos()}:
        assert watched.page.inner_text("h1") == watched.page.title()
    yield watched
    assert watched.page.evaluate("window.stayed"), "it was loaded anew"
    tour.append(watched)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_whole(tour: list[Watched], server: Server, chromium: Any, path: str) -> None:
    with gone_to(tour, server, chromium, path) as watched:
        fits(watched, 1920, "light")
        fits(watched, 1920, "dark")
        fits(watched, 390, "light")
        fits(watched, 1920, "light")
        show_all(watched.page)
        # the menu is the same everywhere
        assert not (found := violations(watched.page, menu=not path)), "\n".join(found)
        assert not (found := unreached(watched.page)), "\n".join(found)
        # boxes over a picture and the pictogram beside a name repeat what stands there in words; stars and groups have a label
        missing = watched.page.evaluate("[...document.images].filter(i => !i.alt && !i.matches('.layer, .dl-sign')"
                                        " && !i.closest('[aria-label][role=img], [aria-label][role=radio]')).length")
        assert missing == 0, "a picture without words"


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_whole_by_its_address_on_a_phone(server: Server, chromium: Any, path: str) -> None:
    with opened(server, chromium, path, 390, "light"):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_each_page_can_be_read_in_the_dark(server: Server, chromium: Any, path: str) -> None:
    """A theme changes colours alone."""
    with opened(server, chromium, path, 1920, "dark") as watched:
        show_all(watched.page)
        assert not (found := violations(watched.page, menu=not path, rule="color-contrast")), "\n".join(found)


def test_what_keeps_people_out_is_found(chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content("""<html lang="en"><title>Mended</title><main><h1>A page</h1><button>Go</button><img src="data:," alt="A dot"></main>""")
    assert not violations(page) and not unreached(page)
    page.set_content("""<html lang="en"><title>Broken</title><main style="background: #fff"><h1>A page</h1><p style="color: #999">Pale</p>
        <img src="data:,"><button tabindex="-1">Go</button><input>
        <div><template shadowrootmode="open"><button tabindex="-1">Stop</button></template></div></main>""")
    assert {one.split(":")[0] for one in violations(page)} == {"color-contrast", "image-alt", "label"}
    assert [name for name in ("Go", "Stop") for one in unreached(page) if name in one] == ["Go", "Stop"] and len(unreached(page)) == 2
    page.set_content("""<html lang="en"><title>Low</title><div style="position: absolute; inset: 0; overflow: hidden">
        <main data-testid="stMain" style="height: 100vh; overflow: auto; background: #fff"><h1>A page</h1><p style="height: 2000px">Long</p>
        <details><summary>More</summary><p style="color: #999">Pale</p></details></main></div>""")
    show_all(page)
    assert len(violations(page)) == 1 and "Pale" in violations(page)[0]
    page.close()


def test_the_receipt_is_read_with_the_keyboard_in_a_low_window(server: Server, watched: Watched) -> None:
    page = watched.open_demo("spam")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.get_by_role("button", name=words.RECEIPT).press("Enter")
    popover = page.get_by_test_id("stPopoverBody")
    popover.locator(".dl-receipt").wait_for()
    assert popover.evaluate("one => one.scrollHeight > one.clientHeight"), "all of it is seen without scrolling"
    assert not (found := violations(page, menu=False)), "\n".join(found)
    popover.get_by_role("region").press("End")
    page.wait_for_function("one => one.scrollTop > 0", arg=popover.element_handle())


def test_a_card_of_the_home_page_is_a_link_all_over(server: Server, watched: Watched) -> None:
    page = watched.page
    page.goto(server.url)
    card = page.locator(".st-key-card_image_recognition")
    page.wait_for_selector(".dl-promises")  # the last thing on the page: until then cards may still grow
    time.sleep(0.5)
    box = card.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12)
    page.wait_for_selector("h1:has-text('What is in this picture?')")
    watched.check()


def test_a_demo_can_be_used_with_the_keyboard_alone(server: Server, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{server.url}/image_recognition")
    page.wait_for_selector(".dl-verdict", timeout=30_000)
    before = page.inner_text(".dl-shown figcaption")
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.innerText || ''").strip()
        if label and page.evaluate("!!document.activeElement.closest('[class*=st-key-sample_]')") and label not in before:
            break
    else:
        pytest.fail("no sample was reached with Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "the focus is not seen"
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelector('.dl-shown figcaption').innerText !== before", arg=before)
    page.wait_for_selector(".dl-verdict")
    assert label in page.inner_text(".dl-shown figcaption")
    for _ in range(80):  # on to "Break it" and its slider
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip() == "Blur":
            page.keyboard.press("Enter")
            break
    else:
        pytest.fail("Break it was not reached with Tab")
    slider = page.locator("[data-testid=stSlider] [role=slider], [data-testid=stSlider] input[type=range]").first
    slider.wait_for()
    slider.focus()
    page.wait_for_selector("[data-testid=stPlotlyChart]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    watched.check()
