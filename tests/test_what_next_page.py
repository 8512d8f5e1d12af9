"""The page on what comes next through Streamlit's harness: bits are taken away, hospitals learn; its words are plain."""

from __future__ import annotations

import pytest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.glossary import entries
from demos.lessons.bits import networks
from demos.lessons.federated import federated
from grades import grade
from pages.ui import next_words as said

TEXTS = {name: text for name, text in vars(said).items() if name.isupper() and isinstance(text, str) and len(text) > 60}


@pytest.mark.parametrize("name", [*TEXTS, *range(len(said.UNSOLVED))])
def test_its_words_are_plain(name: str | int) -> None:
    text = said.UNSOLVED[name] if isinstance(name, int) else TEXTS[name]
    if not str(name).endswith("_HOW"):  # how it was measured is for those who ask
        assert grade(text) <= 8, f"grade {grade(text):.1f}"


def test_its_terms_are_in_the_glossary() -> None:
    known = {entry.term for entry in entries()}
    assert all(term in known for terms in said.TERMS.values() for term in terms)


def test_the_page_shows_what_was_measured_and_answers_its_slider(live_engine: LocalEngine) -> None:
    at = open_page("what_next")
    drawn = html(at)
    for one in networks().values():
        assert f"{one.full[0]:,} → <b>{one.eight[0]:,}</b> of {one.asked:,}" in drawn
    middle = sorted(100 * federated().test("shared"))[len(federated().deals) // 2]
    assert f"<b>{middle:.0f}</b>" in drawn and all(text in drawn for text in said.UNSOLVED)
    assert "With 32 bits" in drawn and "With 5 bits" in drawn
    for bits, shown in ((32, said.SAME_ANSWER), (2, said.OTHER_ANSWER)):
        at.select_slider(key="bits").set_value(bits).run()
        assert shown in html(at) and not at.exception
        right = networks()["signs"].right[-1 if bits == 2 else 0]
        assert any(f"traffic signs {right:,} of" in caption.value for caption in at.caption)
    assert any("**3** different values" in one.value for one in at.markdown)


def test_another_picture_is_asked_about(live_engine: LocalEngine) -> None:
    at = open_page("what_next")
    before = html(at)
    at.button(key="sample_thumb_image_recognition_coffee").click().run()
    assert html(at) != before and not at.exception
