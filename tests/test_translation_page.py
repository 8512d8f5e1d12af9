"""The page of the translation through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations


import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.translation import DEMO, lists
from demos.translation import words as said
from pages.ui import words


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("translation")


def test_the_page_shows_both_translations_the_words_and_the_way_back(page: AppTest) -> None:
    assert not page.exception and not page.error
    drawn = html(page)
    assert DEMO.samples[0].expect in drawn and drawn.count('class="dl-answer long lines"') == 2
    assert drawn.count('class="dl-gloss"') == 2, "the classical method's own, and the network's by its table"
    assert "IBM Model 1, the classical method, would match" in drawn
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.THERE, said.TRY, words.CARD]
    assert drawn.count(">My sister bought three red apples and a bottle of milk.</span>") >= 1, "the way back"
    assert "100 in 100" in drawn


def test_a_sentence_of_ones_own_goes_either_way(page: AppTest) -> None:
    page.text_area[0].set_value("Onde está o meu gato?").run()
    assert not page.exception and "Where is my cat?" in html(page) and "only you can tell" in html(page)
    page.radio(key="choice_translation_direction").set_value("en-pt").run()
    assert not page.exception and "This looks like Portuguese, but English was chosen." in html(page)
    page.radio(key="choice_translation_direction").set_value("auto").run()
    assert "Where is my cat?" in html(page) and page.text_area[0].value == "Onde está o meu gato?"


def pressed(page: AppTest, key: str) -> str:
    group = next(group for group in page.button_group if group.key == f"list_{DEMO.name}")
    group.set_value(said.LISTS[key]).run()
    assert not page.exception
    return html(page)


def test_the_lists_are_translated_now(page: AppTest) -> None:
    drawn = pressed(page, "idioms")
    assert all(meaning in drawn for _, meaning in lists.IDIOMS["en-pt"]) and "Quebre uma perna!" in drawn
    page.radio(key="way_translation").set_value("pt-en").run()
    assert "mayonnaise" in html(page)
    drawn = pressed(page, "pairs")
    assert "A manga está madura." in drawn and "sleeve" in drawn


def test_the_lesson_on_bias_counts_what_the_network_says_now(page: AppTest) -> None:
    drawn = pressed(page, "gender")
    assert "A enfermeira está cansada." in drawn and "O médico está cansado." in drawn
    assert f"Of {len(lists.JOBS)} jobs the network made men of" in drawn and "nurse" in drawn
    assert "came back as somebody else" in drawn and said.GENDER_LESSON in drawn


def test_a_text_that_is_too_long_gets_a_sentence_and_nothing_is_cut_off(page: AppTest) -> None:
    page.text_area[0].set_value("I like it. " * 400).run()
    assert not page.exception and "at most 4,000 are read" in html(page)
    page.text_area[0].set_value("I like it. " * 300).run()
    assert not page.exception and html(page).count("Eu gosto") >= 300


def test_the_larger_network_is_offered_with_its_languages_and_says_that_it_is_not_here(page: AppTest) -> None:
    choice = page.radio(key=f"deep_{DEMO.name}")
    choice.set_value(DEMO.method("nllb_600m")).run()
    assert not page.exception
    assert any("NLLB-200, any of 202 languages is not on this machine yet." in info.value for info in page.info)
    german = page.selectbox(key=f"option_{DEMO.name}_target")
    assert len(german.options) == 203 and "German" in german.options
    page.radio(key=f"deep_{DEMO.name}").set_value(DEMO.method("marian")).run()
    assert not page.exception and 'class="dl-verdict"' in html(page)
