"""The face page as a visitor uses it: two uploads and an answer, the camera after agreeing, and forgetting."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bench.served import browser
from browsing import Watched, upload
from conftest import sample_input
from demos import get_demo
from demos.face_recognition import words

DEMO = get_demo("face_recognition")


def photo(key: str, name: str = "second") -> bytes:
    return sample_input(DEMO, key, name)


def film(image: Image.Image) -> bytes:
    """A picture as the endless film that Chromium's fake camera plays: raw YUV frames, 640 by 480."""
    bands = image.resize((640, 480)).convert("YCbCr").split()
    frame = b"FRAME\n" + bands[0].tobytes() + b"".join(band.resize((320, 240)).tobytes() for band in bands[1:])
    return b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + 10 * frame


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path: Path = tmp_path_factory.mktemp("film") / "face.y4m"
    path.write_bytes(film(Image.open(io.BytesIO(photo("copy", "first"))).convert("RGB").crop((40, 0, 424, 288))))
    with browser(f"--use-file-for-fake-video-capture={path}") as running:
        yield running


@pytest.fixture
def page(watched: Watched) -> Any:
    page = watched.open_demo(DEMO.name)
    page.wait_for_selector(".dl-verdict:has-text('Both methods')", timeout=60_000)
    page.wait_for_selector(".st-key-face_who", timeout=60_000)
    return page


def test_two_photos_are_uploaded_and_compared(page: Any) -> None:
    upload(page, "IMG.HEIC", photo("print", "first"), "image/heic", 0)
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('different people')", timeout=30_000)
    upload(page, "IMG.HEIC", photo("print"), "image/heic", 1)
    page.wait_for_selector(".dl-card.deep .dl-answer:has-text('same person')", timeout=30_000)
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    assert page.locator(".dl-card.deep .dl-scale .mark").count() == 1
    assert "more than 99 in 100: same person" in page.inner_text(".dl-card.deep")
    page.wait_for_selector(".dl-views .dl-view:nth-child(5) img", timeout=30_000)
    assert page.locator(".dl-view img").evaluate_all("all => all.every(i => i.complete && i.naturalWidth > 100)")


def test_a_photo_without_a_face_gets_a_sentence_and_the_page_works_on(page: Any) -> None:
    upload(page, "IMG.HEIC", photo("cat"), "image/heic", 1)
    page.wait_for_selector(".dl-card.deep [role=alert]:has-text('No face was found in the second picture')", timeout=30_000)
    page.locator("[class*=st-key-sample_thumb_] button").nth(1).click()
    page.wait_for_selector(".dl-verdict", timeout=30_000)


def test_the_lock_learns_by_camera_after_agreeing_and_forgets(page: Any) -> None:
    page.locator("[class*=_enrol_][class*=_on]").locator("label").first.click()
    consent = page.locator("[class*=_enrol_][class*=_agreed]").locator("label").first
    consent.wait_for()
    assert page.locator("[data-testid=stCameraInput]").count() == 0, "no camera before the consent"
    consent.click()
    page.locator("[data-testid=stCameraInput] video").wait_for(timeout=20_000)
    page.wait_for_timeout(1000)  # the first frames are dark
    page.locator("[data-testid=stCameraInputButton]").click()
    page.wait_for_selector(f".dl-told:has-text('{words.ENROLLED}')", timeout=30_000)
    page.get_by_role("button", name=words.TAKE_SAMPLE["same"]).click()
    page.wait_for_selector(f".dl-answer:has-text('{words.OPEN}')", timeout=30_000)
    page.get_by_role("button", name=words.FORGET).click()
    page.wait_for_selector(f".dl-told:has-text('{words.NOBODY}')", timeout=30_000)
    assert page.locator("[data-testid=stCameraInput]").count() == 0
