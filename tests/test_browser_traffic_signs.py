"""Traffic signs in a browser: from upload to answer, a pressed sticker, the noise, a pressed mistake."""

from __future__ import annotations

import io

from PIL import Image

from browsing import Watched, bring, upload
from demos import get_demo
from demos.traffic_signs.pictograms import picture

DEMO = get_demo("traffic_signs")


def test_a_sign_is_uploaded_and_read_and_explained(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    ground = Image.new("RGB", (300, 300), (120, 140, 160))
    ground.paste(picture(13, 270), (15, 15), picture(13, 270))
    out = io.BytesIO()
    ground.save(out, "JPEG")
    upload(page, "sign.jpg", out.getvalue(), "image/jpeg")
    page.wait_for_selector(".dl-verdict:has-text('only you can tell')")
    assert page.inner_text(".dl-card.deep .dl-answer") == "Give way"
    page.wait_for_selector(".dl-views .dl-view:nth-child(6) img")
    for icon in page.locator(".dl-card .dl-sign").all():
        assert icon.evaluate("i => i.complete && i.naturalWidth > 0")


def test_a_pressed_place_gets_a_sticker(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    board = page.locator("[class*=st-key-board_traffic_signs]")
    board.locator(".main-svg").first.wait_for()
    bring(page, board)
    page.get_by_text("No sticker yet.").wait_for()
    page.wait_for_timeout(500)
    box = board.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_text("1 sticker.", exact=True).wait_for()
    page.get_by_role("button", name="Take all off").click()
    page.get_by_text("No sticker yet.").wait_for()


def test_stronger_noise_is_shown(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    page.wait_for_selector(".dl-three img")
    noisy = page.locator(".dl-three img").nth(2)
    before = noisy.get_attribute("src")
    slider = page.locator("[class*=st-key-noise_traffic_signs] [role=slider], "
                          "[class*=st-key-noise_traffic_signs] input[type=range]").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelectorAll('.dl-three img')[2].src !== before", arg=before)


def test_a_pressed_mistake_names_both_signs(watched: Watched) -> None:
    page = watched.open_demo(DEMO.name)
    table = page.locator("[class*=st-key-confused_traffic_signs]")
    table.locator(".scatterlayer .point").first.wait_for()
    bring(page, table)
    page.wait_for_timeout(500)
    first = table.locator(".scatterlayer .point").first.bounding_box()
    page.mouse.click(first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    page.get_by_text("was read rightly").or_(page.get_by_text("was taken for")).first.wait_for()
    page.get_by_text("“Speed limit 20” was").wait_for()  # the first point belongs to the first sign
