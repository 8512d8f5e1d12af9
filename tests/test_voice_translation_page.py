"""The page of the voice translation through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.voice_translation import DEMO
from demos.voice_translation import words as said
from pages.ui import words


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("voice_translation", 240)


def test_the_page_shows_every_stage_of_both_methods_and_their_voices(page: AppTest) -> None:
    drawn = html(page)
    assert DEMO.samples[0].expect in drawn and drawn.count('class="dl-chain"') == 2
    assert drawn.count('<li class="done">') == 8 and drawn.count(" of speech: hear it below.") == 2
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.SAY_IT, words.CARD]
    assert [one.proto.label for one in page.get("download_button")].count(said.SAVE) == 2
    assert any("railway station" in code.value for code in page.code), "the words can be copied"
    assert 'class="dl-gloss"' in drawn and "Which language is it?" in drawn
    assert len(page.get("audio")) == 3, "what was given and both voices"


def test_the_language_to_go_to_can_be_changed(page: AppTest) -> None:
    page.radio(key="choice_voice_translation_into").set_value("en").run()
    assert not page.exception and "This was English already" in html(page)
    page.radio(key="choice_voice_translation_into").set_value("pt").run()
    assert DEMO.samples[0].expect in html(page)


def test_a_tune_says_that_nobody_speaks(page: AppTest) -> None:
    page.button(key="sample_voice_translation_tune").click().run()
    assert not page.exception and html(page).count("No speech was heard.") >= 2
    assert len(page.get("audio")) == 1 and said.SAVE not in [one.proto.label for one in page.get("download_button")]


def test_a_text_is_read_out_by_both_voices(page: AppTest) -> None:
    box = f"say_{DEMO.name}"
    page.text_area(key=box).set_value("Good night, <b>everybody</b>!").run()
    assert not page.exception and 'class="dl-phonemes' not in html(page)
    page.button(key=f"{box}_go").click().run()
    drawn = html(page)
    assert not page.exception and drawn.count('class="dl-phonemes') == 2 and "<b>everybody" not in drawn
    assert drawn.count('class="dl-mel"') == 2 and len(page.get("audio")) == 3
    page.text_area(key=box).set_value("x" * 301).run()
    assert sum("at most 300 are read" in info.value for info in page.info) == 2
    page.button(key=f"{box}_3").click().run()
    assert page.text_area(key=box).value.startswith("O rato") and page.radio(key=f"{box}_language").value == "pt"
    assert 'class="dl-phonemes deep"' in html(page)
