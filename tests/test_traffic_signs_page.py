"""The page of the traffic signs through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.traffic_signs.pictograms import picture


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("traffic_signs")


def test_the_page_shows_both_answers_stickers_noise_and_the_table(page: AppTest) -> None:
    assert not page.exception and not page.error
    drawn_ = html(page)
    assert drawn_.count('class="dl-sign large"') >= 2 and drawn_.count('<ol class="dl-signs">') == 2
    assert drawn_.count("dl-view dl-pixels") == 3 and "was taken for" in drawn_
    assert len(page.get("plotly_chart")) >= 3


def test_the_computer_places_stickers_and_they_come_off(page: AppTest) -> None:
    page.button(key="stick_traffic_signs").click().run()
    assert not page.exception
    assert "the deep network no longer says “Stop”" in html(page)
    placed = len(page.session_state["stickers_traffic_signs"][1])
    page.button(key="unstick_traffic_signs").click().run()
    assert len(page.session_state["stickers_traffic_signs"][1]) == placed - 1
    page.button(key="unstick_all_traffic_signs").click().run()
    assert page.session_state["stickers_traffic_signs"][1] == [] and "No sticker yet." in html(page)


def test_an_upload_is_read(page: AppTest) -> None:
    ground, out = Image.new("RGB", (200, 200), (120, 130, 125)), io.BytesIO()
    ground.paste(picture(13, 200), (0, 0), picture(13, 200))
    ground.save(out, "PNG")
    page.file_uploader[0].upload("photo.heic", out.getvalue(), "image/heic").run()
    assert not page.exception
    assert "Give way" in html(page) and "only you can tell" in html(page)
