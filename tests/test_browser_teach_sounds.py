"""Teaching sounds in a real browser: one's own sounds from upload and from a microphone to the answer."""

from __future__ import annotations

from typing import Any

import pytest

from browsing import Watched
from demos.media import as_wav
from sound_makers import in_a_row, wavs


@pytest.fixture
def page(watched: Watched) -> Any:
    return watched.open_demo("teach_sounds")


def give(page: Any, place: int, name: str, files: list[bytes], count: int) -> None:
    """Name the thing at this place and give it recordings that hold so many sounds."""
    page.get_by_label(f"Name of thing {place}").fill(name)
    page.get_by_label(f"Name of thing {place}").press("Enter")
    box = page.locator("[class*=st-key-teach_thing_]").nth(place - 1)
    box.locator("input[type=file]").set_input_files(
        [{"name": f"{number}.wav", "mimeType": "audio/wav", "buffer": data} for number, data in enumerate(files)])
    box.locator(f"text={count} sounds").wait_for()


def test_ones_own_sounds_are_taught_and_a_new_one_is_named(page: Any) -> None:
    page.get_by_text("My own things", exact=True).click()
    page.wait_for_selector("text=Still missing")
    give(page, 1, "hands", [as_wav(in_a_row("clap", 4))], 4)
    page.wait_for_selector("text=4 sounds were found in one recording")
    give(page, 2, "ringing", wavs("bell", 3), 3)
    page.get_by_role("button", name="Teach", exact=True).click()
    page.wait_for_selector("text=It now tells apart: “hands” from 4 sounds, “ringing” from 3 sounds.")
    page.wait_for_selector(".dl-confused >> nth=1")
    page.locator("[data-testid=stFileUploader]", has_text="Upload a recording").locator("input[type=file]").set_input_files(
        {"name": "new.wav", "mimeType": "audio/wav", "buffer": wavs("bell", 1, 900)[0]})
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('ringing')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    players = page.locator(".dl-nearest audio")
    assert players.count() == 10
    heard = players.first.evaluate("a => new Promise(done => { a.onloadedmetadata = () => done(a.duration); a.onerror = () => done(0);"
                                   " a.load(); a.preload = 'auto'; })")
    assert heard == pytest.approx(1, abs=0.05), "a second that the browser can play"
    page.get_by_role("button", name="Forget everything I gave").click()
    page.wait_for_selector("text=Forgotten: your sounds")
    assert page.get_by_text("ringing").count() == 0
