"""A page that asks for words: the box, the counter, the limit, what is not text, and nothing fetched from outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html
from demos.engine import InlineEngine, set_engine
from demos.errors import BadInput
from demos.inputs import TextInput
from demos.text_results import Alignment, Translation
from pages.ui import words
from pages.ui.results import answer_html, details_html


@pytest.fixture(autouse=True)
def engine(fake_demos: None) -> Iterator[InlineEngine]:
    one = InlineEngine(device="cpu")
    set_engine(one)
    yield one
    set_engine(None)


def page() -> None:
    from dataclasses import replace

    from demos import get_demo as of
    from pages.ui.template import show_demo

    show_demo(replace(of("shouting"), changes=("typos",)))


def opened() -> AppTest:
    at = AppTest.from_function(page, default_timeout=60).run()
    assert not at.exception
    return at


def captions(at: AppTest) -> str:
    return "\n".join(caption.value for caption in at.caption)


def test_the_box_holds_the_sample_and_what_is_written_is_answered() -> None:
    at = opened()
    box = at.text_area[0]
    assert box.value and box.value.upper() in html(at)
    box.set_value("good morning").run()
    assert not at.exception and "GOOD MORNING" in html(at)
    assert f"{words.YOUR_OWN['text']} (12 of 200 characters)" in captions(at)
    assert any(button.label == words.ASK_BOTH for button in at.button)


def test_a_sample_comes_back_into_the_box() -> None:
    at = opened()
    first = at.text_area[0].value
    at.text_area[0].set_value("something else").run()
    next(b for b in at.button if b.key.startswith("sample_")).click().run()
    assert at.text_area[0].value == first and first.upper() in html(at)


def test_a_text_that_is_too_long_and_none_at_all_get_a_sentence() -> None:
    at = opened()
    at.text_area[0].set_value("word " * 100).run()
    assert not at.exception and "500 of 200" in captions(at)
    assert "This text has 499 characters; at most 200 are read. Please shorten it." in html(at)
    at.text_area[0].set_value("   ").run()
    assert not at.exception and "nothing was written yet" in html(at)
    at.text_area[0].set_value("back").run()
    assert "BACK" in html(at) and 'role="alert"' not in html(at)


def test_markup_stays_words_and_nothing_is_fetched() -> None:
    at = opened()
    at.text_area[0].set_value("![x](http://evil.example/x.png) <img src=http://evil.example/y.png>").run()
    next(group for group in at.button_group if group.key.startswith("break_")).set_value("Typing errors").run()
    assert not at.exception
    raw = "\n".join(element.proto.body for element in at.get("html"))
    assert "<img" not in raw.casefold() and raw.count("&lt;") >= 4, "both answers, what was changed, and what is said"
    assert not any("evil" in element.value for element in at.markdown), "markdown would fetch the picture"


@pytest.mark.parametrize(("raw", "read"), [
    ("one\r\ntwo\rthree", "one\ntwo\nthree"), ("a\u00a0b\u2003c", "a b c"), ("a\u2028b", "a\nb"),
    ("nul\x00 bell\x07 back\x08", "nul bell back"), ("\u202eright to left\u200f", "right to left"),
    ("😀 <b>bold</b>", "😀 <b>bold</b>"), ("\ttab", "tab"), ("dé\u0301ja", "dé\u0301ja"), (b"\xc3\xa9", "é")])
def test_what_is_no_text_goes_and_what_is_stays(raw: str | bytes, read: str) -> None:
    assert TextInput().read(raw) == read


@pytest.mark.parametrize("raw", ["", " \n ", "\x00\x01", b"\xff\xfe", None, 7, "x" * 2001])
def test_what_cannot_be_read_is_said(raw: object) -> None:
    with pytest.raises(BadInput, match=r"\. Please|please"):
        TextInput().read(raw)


def test_a_translation_is_drawn_with_its_lines_and_words() -> None:
    rows = ((("o", "the", 0.9), ("<b>", "", 0.0)), (("gato", "cat & dog", 1.0),))
    found = Translation("o <b>\ngato", ("English", "Portuguese"), Alignment(rows))
    assert answer_html(found) == '<div class="dl-answer long lines">o &lt;b&gt;\ngato</div>'
    drawn = details_html(found, "deep", None)
    assert drawn.count('class="pair"') == 3 and drawn.count("<br>") == 2
    assert "&lt;b&gt;" in drawn and "cat &amp; dog" in drawn and words.FROM_NOTHING in drawn
    assert found.as_json()["alignment"]["sentences"][0][0] == ["o", "the", 0.9]
    with pytest.raises(ValueError, match="share"):
        Alignment(((("o", "the", 1.5),),))
