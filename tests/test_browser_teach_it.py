"""Teaching in a real browser: one's own things from upload to answer, and a lesson that is stopped or forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched
from teach_makers import jpegs


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("teach_it")


def give(page: Any, place: int, name: str, files: tuple[bytes, ...]) -> None:
    """Name the thing at this place and give it pictures."""
    page.get_by_label(f"Name of thing {place}").fill(name)
    page.get_by_label(f"Name of thing {place}").press("Enter")
    box = page.locator("[class*=st-key-teach_thing_]").nth(place - 1)
    box.locator("input[type=file]").set_input_files(
        [{"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": data} for number, data in enumerate(files)])
    box.locator(f"text={len(files)} pictures").wait_for()


def test_ones_own_things_are_taught_and_a_new_picture_is_named(page: Any) -> None:
    page.get_by_text("My own things", exact=True).click()
    page.wait_for_selector("text=Still missing")
    give(page, 1, "smiling", jpegs("happy", 4))
    give(page, 2, "startled", jpegs("surprised", 4))
    page.get_by_role("button", name="Teach", exact=True).click()
    page.wait_for_selector("text=It now tells apart: “smiling” from 4 pictures, “startled” from 4 pictures.")
    page.wait_for_selector(".dl-confused >> nth=1")
    page.locator("[data-testid=stFileUploader]", has_text="Upload a picture").locator("input[type=file]").set_input_files(
        {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": jpegs("surprised", 1, 105)[0]})
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('startled')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    assert page.locator(".dl-nearest").count() == 2
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save what it learnt").click()
    assert saved.value.suggested_filename == "taught.safetensors"
    page.get_by_role("button", name="Forget everything I gave").click()
    page.wait_for_selector("text=Forgotten: your pictures")
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('sad')")
    assert page.get_by_text("startled").count() == 0
