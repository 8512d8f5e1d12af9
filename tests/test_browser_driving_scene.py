"""The driving scene as a visitor uses it: an upload, the layers, a drawn road, a drive that plays."""

from __future__ import annotations

import io

from PIL import Image

from browsing import Watched, upload
from demos import get_demo
from demos.media import decode_picture
from demos.samples import sample_inputs

DEMO = get_demo("driving_scene")


def mirrored() -> bytes:
    """The first sample, mirrored: a picture that the server has not seen."""
    image = Image.fromarray(decode_picture(sample_inputs(DEMO, DEMO.samples[0])["image"]))
    out = io.BytesIO()
    image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(out, "JPEG", quality=92)
    return out.getvalue()


def test_a_street_is_uploaded_answered_and_explained(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name, 180)
    upload(page, "street.png", mirrored(), "image/png")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')", timeout=120_000)
    said = page.inner_text(".dl-card.deep .dl-answer")
    assert "vehicle" in said and "pedestrian" in said
    page.wait_for_selector(".dl-views .dl-view:nth-child(7) img", timeout=120_000)
    assert "Both lines were found" in page.inner_text(".dl-views")


def test_layers_are_switched_off(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name, 180)
    lists = page.locator(".st-key-layers_said_deep li")
    lists.first.wait_for(timeout=120_000)
    assert lists.count() == 4
    page.get_by_role("button", name="Vehicles", exact=True).click()
    page.wait_for_function("document.querySelectorAll('.st-key-layers_said_deep li').length === 3")
    assert "Vehicles" not in page.inner_text(".st-key-layers_said_deep")


def test_a_drive_is_watched_and_plays(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name, 180)
    page.wait_for_selector("text=of 2 lines found", timeout=120_000)
    page.get_by_role("button", name="Drive this road").click()
    canvas = page.locator("canvas[aria-label]")
    canvas.wait_for(timeout=300_000)
    page.wait_for_selector("text=pictures a second")
    picture = "canvas => canvas.toDataURL('image/jpeg', 0.3)"
    first = canvas.evaluate(picture)
    page.wait_for_timeout(900)
    assert canvas.evaluate(picture) != first, "it does not play"
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(300)
    still = canvas.evaluate(picture)
    page.wait_for_timeout(600)
    assert canvas.evaluate(picture) == still
    page.get_by_label("Vehicles").uncheck()
    page.wait_for_timeout(100)
    assert canvas.evaluate(picture) != still, "the layer stays"
