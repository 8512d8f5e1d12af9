"""The brain scan page in a real browser: a scan from upload to answer, and a spot painted by pressing a place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from browsing import Watched, drawn
from demos.brain_scan import words as said
from demos.brain_scan.paint import healthy, put_spot


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("brain_scan")


def test_a_scan_is_uploaded_and_answered_and_explained(page: Any) -> None:
    out = io.BytesIO()
    spotted = put_spot(healthy("mni_axial"), 62, 45, 14, 70)
    Image.fromarray(spotted).resize((300, 300)).save(out, "PNG")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "IM0001", "mimeType": "application/octet-stream", "buffer": out.getvalue()})
    page.wait_for_selector(".dl-shown figcaption:has-text('Your picture (300 × 300')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=60_000)
    assert "oma" in page.inner_text(".dl-card.deep .dl-answer")
    for family in ("classical", "deep"):
        beside = page.inner_text(f".dl-card.{family} .dl-caution")
        assert "Not for diagnosis" in beside and "wrong" in beside
    page.wait_for_selector(".dl-view figcaption:has-text('Where it sees a tumour')")
    page.wait_for_selector(f".dl-view figcaption:has-text('{said.TWO_MEASURED.split()[0]}') >> nth=1", timeout=60_000)


def test_a_spot_is_painted_by_pressing_a_place(page: Any) -> None:
    board = page.locator("[data-testid=stPlotlyChart] .nsewdrag").last
    board.wait_for(timeout=60_000)
    page.wait_for_selector(".dl-view:has-text('its map') >> nth=2", timeout=60_000)
    before = page.locator("[data-testid=stSlider]").filter(has_text="From left to right").inner_text()
    drawn(page)
    box = board.bounding_box()
    board.click(position={"x": 0.3 * box["width"], "y": 0.6 * box["height"]})
    page.wait_for_function(
        "before => [...document.querySelectorAll('[data-testid=stSlider]')].find(s => s.innerText.includes("
        "'From left to right')).innerText !== before", arg=before, timeout=20_000)
    page.wait_for_selector(".dl-view:has-text('its map') >> nth=2", timeout=60_000)
