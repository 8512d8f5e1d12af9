"""The file to take home: whole in itself, under a megabyte, and with what was given only where that was ticked."""

from __future__ import annotations

import re

import pytest

from app_pages import open_page
from demos import get_demo
from demos.engine import InlineEngine, LocalEngine
from demos.samples import sample_inputs
from pages.ui import words
from pages.ui.take_home import MOST_BYTES, page_html
from pages.ui.why import pictures_of


def outside(page: str) -> list[str]:
    """Addresses that the file would ask for."""
    return [found for found in re.findall(r'(?:src|href)="([^"]*)"|url\(([^)]*)\)', page) for found in found
            if found and not found.startswith("data:")]


@pytest.fixture(scope="module")
def answered() -> tuple[object, object]:
    demo = get_demo("image_recognition")
    engine = InlineEngine()
    inputs = sample_inputs(demo, demo.samples[0])
    deep = demo.method("deep").key
    return engine.submit(demo.name, deep, inputs, "look").result(60), engine.submit(demo.name, deep, inputs, "explain").result(60)


def test_a_ticked_file_is_whole_and_small(answered: tuple) -> None:
    look, why = answered
    demo = get_demo("image_recognition")
    page = page_html(demo, '<div class="dl-duel">both</div>', pictures_of(list(why.views)), look)
    assert len(page.encode()) <= MOST_BYTES and not outside(page)
    assert demo.question in page and "both" in page and words.TAKEN_GIVEN in page and page.count("<img") >= 3


def test_without_the_tick_no_picture_is_in_it(answered: tuple) -> None:
    demo = get_demo("image_recognition")
    page = page_html(demo, '<div class="dl-duel"><img src="data:mine">both</div>', [], None)
    assert "<img" not in page and "data:mine" not in page and "both" in page and words.TAKEN_GIVEN not in page


def test_too_many_pictures_are_left_out_one_by_one(answered: tuple) -> None:
    look, why = answered
    views = pictures_of(list(why.views)) * 12
    page = page_html(get_demo("image_recognition"), "both", views, look)
    assert len(page.encode()) <= MOST_BYTES and 1 < page.count("<img") < len(views)


def test_words_of_a_visitor_stay_words() -> None:
    demo = get_demo("spam")
    look = InlineEngine().submit(demo.name, demo.method("classical").key, {"text": "<script>alert(1)</script>"}, "look").result(60)
    page = page_html(demo, "both", [], look)
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_the_page_offers_it_once_both_have_answered(live_engine: LocalEngine) -> None:
    at = open_page("spam")
    assert any(box.label == words.TAKEN_TICK for box in at.checkbox)
    assert any(element.proto.label == words.TAKEN_BUTTON for element in at.get("download_button"))
    next(box for box in at.checkbox if box.label == words.TAKEN_TICK).set_value(True).run()
    assert not at.exception
