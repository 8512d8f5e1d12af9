"""The demos as a visitor uses them: a photo, a recording, a broken file, the slider, the words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bench.served import browser
from conftest import sample_input
from browsing import Watched, upload
from demos import get_demo
from demos.media import as_wav, decode_picture, decode_sound

PICTURES, SPEECH = get_demo("image_recognition"), get_demo("speech_recognition")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first spoken sample as the file that Chromium's fake microphone plays, with quiet around it."""
    wav = tmp_path_factory.mktemp("sound") / "spoken.wav"
    sound = decode_sound(sample_input(SPEECH, SPEECH.samples[0].key))
    wav.write_bytes(as_wav(sound))
    return wav


@pytest.fixture(scope="module")
def chromium(spoken: Path) -> Iterator[Any]:
    with browser(f"--use-file-for-fake-audio-capture={spoken}") as running:
        yield running


def test_a_photo_is_uploaded_and_answered_and_explained(watched: Watched) -> None:
    page = watched.open_demo(PICTURES.name)
    cat = Image.fromarray(decode_picture(sample_input(PICTURES, PICTURES.samples[0].key)))
    out = io.BytesIO()
    cat.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(out, "JPEG")
    upload(page, "IMG_0001.HEIC", out.getvalue(), "image/heic")  # the name lies; the content decides
    page.wait_for_selector(".dl-shown figcaption:has-text('Your picture')")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    assert "cat" in page.inner_text(".dl-card.deep .dl-answer")
    page.wait_for_selector(".dl-views .dl-view:nth-child(6) img")
    assert page.locator(".dl-view img").evaluate_all("all => all.every(i => i.complete && i.naturalWidth > 100)")


def test_a_broken_file_gets_a_sentence_and_the_page_works_on(watched: Watched) -> None:
    page = watched.open_demo(PICTURES.name)
    upload(page, "holiday.jpg", b"%PDF-1.7 not a picture at all", "image/jpeg")
    page.wait_for_selector(".dl-card.deep [role=alert]")
    said = page.inner_text(".dl-card.deep [role=alert]")
    assert len(said) < 250 and "JPEG" in said
    page.locator("[class*=st-key-sample_thumb_] button").nth(1).click()
    page.wait_for_selector(".dl-verdict")


def test_each_sample_shows_its_small_picture_and_is_asked_for_it_once(watched: Watched) -> None:
    got: list[Any] = []
    watched.page.on("response", lambda answer: got.append(answer) if "/thumb/" in answer.url else None)
    page = watched.open_demo(PICTURES.name)
    page.wait_for_function("count => performance.getEntriesByType('resource').filter(e => e.name.includes('/thumb/')).length >= count",
                           arg=len(PICTURES.samples))
    page.locator("[class*=st-key-sample_thumb_] button").nth(1).click()
    page.wait_for_selector(f".dl-shown figcaption:has-text('{PICTURES.samples[1].title}')")
    assert len(got) == len({answer.url for answer in got}) == len(PICTURES.samples)
    assert all(answer.status == 200 and answer.headers["content-type"] == "image/jpeg" for answer in got)


def test_the_slider_moves_the_answer_and_the_picture(watched: Watched) -> None:
    page = watched.open_demo(PICTURES.name)
    page.get_by_text("Darkness", exact=True).or_(page.get_by_text("Blur", exact=True)).first.click()
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    slider = page.locator("[data-testid=stSlider] [role=slider], [data-testid=stSlider] input[type=range]").first
    slider.focus()
    shown = page.locator(".dl-shown").last
    before = shown.inner_html()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => [...document.querySelectorAll('.dl-shown')].at(-1).innerHTML !== before", arg=before)
    assert "Classical" in page.inner_text("[data-testid=stMain] .dl-table >> nth=0")


def test_a_recording_by_microphone_becomes_words(watched: Watched, spoken: Path) -> None:
    page = watched.open_demo(SPEECH.name)
    page.get_by_role("button", name="Record", exact=True).click()
    seconds = (spoken.stat().st_size - 44) / 32_000
    page.wait_for_timeout(1000 * seconds + 1500)  # a fake microphone speaks in real time
    page.get_by_role("button", name="Stop recording").click()
    page.wait_for_selector("text=Your recording", timeout=20_000)
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=60_000)
    heard = page.inner_text(".dl-card.deep .dl-answer").lower()
    said = SPEECH.samples[0].expect.lower().replace(",", "").replace(".", "").split()
    # the fake microphone starts anywhere in its file and goes round, so the order may be turned
    assert sum(word in heard for word in said) >= 0.6 * len(said), heard


def test_a_word_can_be_pressed_and_is_played(watched: Watched) -> None:
    page = watched.open_demo(SPEECH.name)
    word = page.locator(".words button").nth(1)
    word.wait_for(timeout=60_000)
    word.click()  # scrolls to it, and again when it is drawn anew
    page.wait_for_function("document.querySelector('.st-key-player audio').currentTime > 0.05")
    page.wait_for_function("document.querySelector('.st-key-player audio').paused", timeout=10_000)


def test_first_words_come_before_the_whole(watched: Watched) -> None:
    page = watched.open_demo(SPEECH.name)
    sounds = [decode_sound(sample_input(SPEECH, s.key)) for s in SPEECH.samples if s.expect]
    long = (sounds[0].tolist() + [0.0] * 16_000) * 14  # more than a minute: several stretches
    import numpy as np

    upload(page, "long.wav", as_wav(np.array(long, dtype=np.float32)), "audio/wav")
    page.wait_for_selector(".dl-card.deep .dl-progress", timeout=20_000)
    page.wait_for_selector(".dl-card.deep .dl-answer")
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_selector(".dl-card.deep [role=alert]:has-text('Stopped')", timeout=5_000)
    page.get_by_role("button", name="Try again").wait_for()
