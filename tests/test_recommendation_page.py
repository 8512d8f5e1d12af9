"""The film page through Streamlit's own test harness: rating films, both lists, reasons, the bubble, the map, a wish."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.recommendation import DEMO
from pages.ui import taste_words as said
from pages.ui import words


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("recommendation")


def test_the_page_shows_both_lists_their_reasons_and_the_parts(page: AppTest) -> None:
    drawn = html(page)
    assert not page.exception and not page.error and drawn.count('role="alert"') == 0
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.BUBBLE, said.MAP, said.SIMPLER, said.WISH, words.CARD]
    assert drawn.count('class="dl-films"') == 2 + 2 + 2 + 2, "the duel, the reasons, the bubble, the simpler methods"
    assert "Aliens" in drawn and "James Cameron" in drawn and "liked by 70 of 494" in drawn
    assert "from which would you watch a film tonight" in drawn and "in 100 of what could be found" in drawn
    assert "Popularity" in drawn and said.SIMPLER_SAID["popular"] in drawn


def test_the_map_and_the_bubble_are_charts(page: AppTest) -> None:
    charts = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    map_ = next(chart for chart in charts if any(trace.get("name") == said.YOU for trace in chart["data"]))
    assert len(map_["data"][0]["x"]) == 800 and len(map_["layout"]["annotations"]) > 10
    known = next(chart for chart in charts if chart["layout"].get("title", {}).get("text") == said.WELL_KNOWN)
    assert [len(trace["y"]) for trace in known["data"]] == [11, 11]
    slider = next(one for one in page.select_slider if one.key == f"bubble_{DEMO.name}")
    slider.set_value(10).run()
    assert not page.exception and f">{said.NEW}</i>" in html(page) and "(unmoved:" in html(page)
    slider.set_value(0).run()
    assert f">{said.NEW}</i>" not in html(page)


def test_a_visitor_rates_three_films_of_their_own(page: AppTest) -> None:
    page.button(key=f"empty_{DEMO.name}").click().run()
    assert any("3 more to go" in caption.value for caption in page.caption) and "Aliens" in html(page), "nothing changes yet"
    for number, film in enumerate(("tt0114709", "tt0110357", "tt0103639")):
        assert not any(said.YOUR_RATINGS == caption.value for caption in page.caption)
        page.selectbox(key=f"add_{DEMO.name}").set_value(film).run()
        assert not page.exception, number
    assert any(said.YOUR_RATINGS == caption.value for caption in page.caption)
    assert "Beauty and the Beast" in html(page) and "Aliens" not in html(page).split("dl-verdict")[0]
    assert "tt0110357" not in page.selectbox(key=f"add_{DEMO.name}").options
    page.session_state[f"stars_{DEMO.name}_tt0114709"] = 1
    page.button(key=f"forget_{DEMO.name}_tt0110357").click().run()
    assert any("1 more to go" in caption.value for caption in page.caption) and not page.exception


def test_a_sample_brings_its_ratings(page: AppTest) -> None:
    page.button(key=f"sample_{DEMO.name}_romance").click().run()
    texts = [text.value for text in page.text]
    assert "Notting Hill (1999)" in texts and "Pulp Fiction (1994)" in texts and len(texts) == 6
    assert "Pretty Woman" in html(page)


def test_a_wish_is_answered_and_markup_stays_words(page: AppTest) -> None:
    page.text_input(key=f"wish_{DEMO.name}").set_value("<b>an animated film about toys</b>, nothing <i>sad").run()
    drawn = "\n".join(element.proto.body for element in page.get("html"))
    assert "The Lego Movie" in drawn and "<i>sad" not in drawn and not page.exception
    page.text_input(key=f"wish_{DEMO.name}").set_value(" ... ").run()
    assert "Nothing was wished for yet" in html(page)
