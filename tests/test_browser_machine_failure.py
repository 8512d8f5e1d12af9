"""The machine page in a real browser: an engine uploaded, a life played without the server, a series forecast."""

from __future__ import annotations

import time
from typing import Any

from browsing import Watched, bring, upload
from conftest import sample_input
from demos import get_demo
from demos.machine_failure import series_set

DEMO = get_demo("machine_failure")


def test_an_engine_is_uploaded_and_its_life_is_played_in_the_browser(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    upload(page, "engine.txt", sample_input(DEMO, "twenty"), "text/plain")
    page.wait_for_selector(".dl-shown figcaption:has-text('Your engine')")
    page.wait_for_selector(".dl-verdict:has-text('Who is nearer?')")
    page.wait_for_selector(".dl-gates img")
    assert "flight" in page.inner_text(".dl-card.deep .dl-answer >> nth=0")
    chart = bring(page, page.locator("[data-testid=stPlotlyChart]").first)
    page.wait_for_function("document.querySelector('.slider-group text.slider-label')?.textContent.includes('flight "
                           "195')")
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request.url))
    chart.locator(".updatemenu-button").first.click()
    moved = "at => document.querySelector('.slider-group text.slider-label').textContent !== at"
    page.wait_for_function(moved, arg="flight 195")
    page.wait_for_timeout(600)
    assert not sent, "playing asks the server for nothing"


def test_a_series_is_uploaded_trained_on_and_stopped(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    upload(page, "series.csv", series_set.file_of("co2"), "text/csv", box=1)
    page.get_by_role("button", name="Train and forecast").click()
    page.get_by_role("button", name="Stop", exact=True).click(timeout=20_000)
    pressed = time.monotonic()
    page.wait_for_selector(".dl-wait[role=alert]:has-text('Stopped')", timeout=10_000)
    assert time.monotonic() - pressed < 5
    page.get_by_text("A shop's week", exact=True).click()
    page.wait_for_selector(".dl-told:has-text('held-back end')", timeout=30_000)
    page.wait_for_selector(".dl-table td:has-text('LSTM trained on the spot')")


def test_markup_in_a_file_stays_words(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    head = "<img src='http://evil.example/a.png'>,![x](http://evil.example/b.png)\n"
    rows = head + "".join(f"{n % 7},{n % 5}\n" for n in range(80))
    upload(page, "series.csv", rows.encode(), "text/csv", box=1)
    page.get_by_role("button", name="Train and forecast").click()
    page.wait_for_selector(".dl-told:has-text('held-back end')", timeout=30_000)
    assert page.locator("img[src*=evil]").count() == 0
