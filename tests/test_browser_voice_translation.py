"""The voice translation in a real browser: from a recording to a voice that can be heard, and a text read out."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched, upload
from conftest import sample_input
from demos import get_demo

DEMO = get_demo("voice_translation")
HEARD = "document.querySelector('.st-key-voice_{key} audio')?.duration > 0.5 && document.querySelector('.st-key-voice_{key} audio').readyState >= 2"


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo(DEMO.name, 180)


def test_a_recording_is_uploaded_translated_and_spoken(page: Any) -> None:
    upload(page, "my voice.mp3", sample_input(DEMO, "bat"), "audio/mpeg")  # the name lies; the content decides
    page.wait_for_selector(".dl-card.deep .dl-chain:has-text('He hit the ball')", timeout=120_000)
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('acertou a bola')", timeout=60_000)
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=120_000)
    for family in ("classical", "deep"):
        page.wait_for_function(HEARD.format(key=f"answer_{family}"), timeout=30_000)
    page.evaluate("document.querySelector('.st-key-voice_answer_deep audio').play()")
    page.wait_for_function("document.querySelector('.st-key-voice_answer_deep audio').currentTime > 0.1")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the voice").last.click()
    assert saved.value.suggested_filename == "voice_deep.wav" and open(saved.value.path(), "rb").read(4) == b"RIFF"


def test_a_text_is_read_out(page: Any) -> None:
    page.wait_for_selector(".st-key-say_voice_translation_go button", timeout=120_000)  # it stands below the reasons
    page.locator("textarea").first.fill("![x](http://evil.example/a.png) Good evening!")
    page.locator(".st-key-say_voice_translation_go button").click()
    page.wait_for_selector(".dl-phonemes.deep:has-text('ˈiːv')", timeout=120_000)
    for family in ("classical", "deep"):
        page.wait_for_function(HEARD.format(key=f"say_{family}"), timeout=60_000)
    assert page.locator("img.dl-mel").evaluate_all("all => all.length == 2 && all.every(i => i.naturalWidth > 100)")
    assert page.locator("img[src*=evil]").count() == 0
