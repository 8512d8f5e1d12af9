"""Taking an answer home in a real browser: the file comes, and opens with both answers and no request to any host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.served import Server
from browsing import Watched
from pages.ui import words

pytestmark = pytest.mark.browser


def test_a_file_is_taken_home_and_opens(server: Server, watched: Watched, chromium: Any, tmp_path: Path) -> None:
    page = watched.open_demo("image_recognition")
    page.get_by_text(words.TAKEN, exact=True).click()
    page.get_by_text(words.TAKEN_TICK).click()
    page.wait_for_timeout(1500)
    if not page.get_by_text(words.TAKEN_BUTTON).is_visible():
        page.get_by_text(words.TAKEN, exact=True).click()
    with page.expect_download() as coming:
        page.get_by_text(words.TAKEN_BUTTON).click()
    path = tmp_path / "taken.html"
    coming.value.save_as(path)
    assert path.stat().st_size < 1_000_000
    taken = Watched(chromium.new_page(), path.as_uri())
    taken.page.goto(path.as_uri())
    assert taken.page.inner_text("h1") == "What is in this picture?"
    assert taken.page.locator(".dl-card").count() == 2 and taken.page.locator("img").count() >= 3
    assert taken.page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    taken.check()
    taken.page.close()
    watched.check()
