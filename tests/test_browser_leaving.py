"""A visitor leaves, or asks to be forgotten: nothing of theirs can be reached any more, in the server or beside it."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

import file_makers as makers
from bench.served import Server, served
from browsing import Watched, upload

pytestmark = pytest.mark.browser
GONE = ("uploads", "files", "jobs")  # the emptied session itself may be found a little longer


@pytest.fixture(scope="module")
def leaving() -> Iterator[Server]:
    """The app with a route that counts what is held."""
    with served(app="tests/watched_app.py", wait=False) as running:
        running.wait_until(lambda said: said["alive"])
        yield running


def held(server: Server) -> dict[str, int]:
    with urllib.request.urlopen(f"{server.url}/held", timeout=20) as answer:
        return json.load(answer)


def uploads_by_streamlit(server: Server) -> float:
    """Bytes of uploads by Streamlit's own account."""
    with urllib.request.urlopen(f"{server.url}/_stcore/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if "uploadedfile" in re.sub("_", "", line.lower()) and not line.startswith("#"))


@pytest.fixture
def page(leaving: Server, chromium: Any) -> Iterator[Any]:
    """The page of a visitor with an answer to a picture of their own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(150_000)  # its models are loaded by the first who asks
    page = Watched(context.new_page(), leaving.url).open_demo("image_recognition", timeout_s=150)
    upload(page, "holiday.png", makers.saved(makers.photo(600, 400), "PNG"))
    page.wait_for_selector(".dl-duel:not([data-input^='sample'])", timeout=150_000)
    page.wait_for_selector(".dl-verdict", timeout=150_000)
    yield page
    context.close()


def test_nothing_can_be_reached_half_a_minute_after_the_page_was_closed(leaving: Server, page: Any) -> None:
    now = held(leaving)
    assert now["sessions"] == 1 and now["uploads"] >= 1 and now["given"] >= 1
    while uploads_by_streamlit(leaving) < 1000:  # Streamlit counts anew every ten seconds
        time.sleep(0.5)
    assert leaving.ready()["decoded"] >= 1
    page.close()
    closed = time.monotonic()
    while any(held(leaving)[kind] for kind in GONE) or leaving.ready()["decoded"] > 1:  # the page's own sample may stay decoded
        assert time.monotonic() - closed < 30, f"still held: {held(leaving)} {leaving.ready()}"
        time.sleep(0.5)
    time.sleep(max(0.0, 12 - (time.monotonic() - closed)))
    assert uploads_by_streamlit(leaving) == 0


def test_forget_me_drops_all_at_once_and_says_so(leaving: Server, page: Any) -> None:
    before = held(leaving)
    page.get_by_role("button", name="Forget me").click()
    page.wait_for_url("**forgotten=1", timeout=60_000)
    page.get_by_text("is gone").first.wait_for()
    page.wait_for_selector(".dl-verdict", timeout=150_000)
    assert "Your picture" not in page.inner_text("body") and page.locator("[data-testid=stFileUploaderFile]").count() == 0
    now = held(leaving)
    assert now["uploads"] == 0 and now["given"] == 0, now
    assert before["uploads"] >= 1 and before["given"] >= 1, before
