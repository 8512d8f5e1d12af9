"""The page of the story writer through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.jobs import Look, Step
from demos.perturb import CHANGES
from demos.story_results import Story
from demos.story_writer import DEMO
from demos.story_writer import words as said
from pages.ui import words
from pages.ui.breakit import flip
from pages.ui.labels import unmarked
from pages.ui.story import piece_name

SIZES = [method.title for method in DEMO.methods if method.family == "deep" and method.tier == "bundled"]


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page(DEMO.name)


def bars(page: AppTest) -> list[str]:
    return [button.label for button in page.button if (button.key or "").startswith("bar_")]


def told(page: AppTest) -> str:
    """The story of the part in which words are chosen."""
    return html(page).split('class="dl-text lines dl-story"')[1].split("</div>")[0]


def write(page: AppTest, text: str) -> None:
    page.text_area[0].set_value(text).run()
    assert not page.exception


def test_the_page_shows_both_stories_and_all_parts(page: AppTest) -> None:
    drawn = html(page)
    assert drawn.count("dl-answer long lines dl-story") == 2 and "which one would you read on?" in drawn
    scale = [said.SCALE] if len(SIZES) > 1 else []
    assert [h.value for h in page.header] == [words.WHY, words.BREAK, said.CHOOSE, *scale, said.SURPRISE, said.LOOKS,
                                              words.CARD]
    assert "bits of surprise at each letter (fewer is better)" in drawn and "very small" in drawn
    assert drawn.count("did most: without it") == 2 and drawn.count('class="dl-bits"') > 20
    assert 'class="dl-look from"' in drawn and len(bars(page)) >= 10


def test_a_beginning_of_ones_own_is_written_on_and_shown_as_it_is(page: AppTest) -> None:
    write(page, "The <b>fox</b> & the [king](x) met")
    drawn = html(page)
    assert drawn.count("The <b>fox</b> & the [king](x) met") >= 3, "as words: this text was unescaped once"
    assert "&lt;b&gt;fox" in "\n".join(element.proto.body for element in page.get("html"))


def test_a_pressed_bar_is_kept_and_the_story_goes_on_from_it(page: AppTest) -> None:
    write(page, "Once upon a time there was a little")
    before, labels = told(page), bars(page)
    place = next(place for place, label in enumerate(labels) if said.IT_CAME not in label)
    page.button(key=f"bar_{place}").click().run()
    assert not page.exception
    after = told(page)
    assert 'class="own"' in after or 'class="now own"' in after
    assert after != before and page.slider(key=f"step_{DEMO.name}").value == 2
    name = labels[place].split("**")[1].replace("\\", "")
    assert f">{name}</span>" in after.replace("…", "")
    came = next(place for place, label in enumerate(bars(page)) if said.IT_CAME in label)
    page.button(key=f"bar_{came}").click().run()
    assert page.slider(key=f"step_{DEMO.name}").value == 3 and told(page).count('class="own"') == 1
    next(button for button in page.button if button.label == said.ANEW).click().run()
    assert told(page) == before and page.slider(key=f"step_{DEMO.name}").value == 1


def test_every_step_has_its_bars_and_the_table_has_others(page: AppTest) -> None:
    first = bars(page)
    page.slider(key=f"step_{DEMO.name}").set_value(40).run()
    assert not page.exception and bars(page) != first and "Piece 40." in html(page)
    next(button for button in page.button if button.label == said.ON).click().run()
    assert "Piece 41." in html(page)
    page.radio(key=f"whose_{DEMO.name}").set_value("classical").run()
    assert not page.exception and "Piece 1." in html(page) and len(bars(page)) >= 10
    page.radio(key=f"whose_{DEMO.name}").set_value("deep").run()


def test_the_settings_change_the_story(page: AppTest) -> None:
    before = told(page)
    page.slider(key=f"number_{DEMO.name}_length").set_value(20).run()
    assert not page.exception and len(told(page)) < len(before)
    page.slider(key=f"number_{DEMO.name}_temperature").set_value(0.0).run()
    calm = told(page)
    page.slider(key=f"number_{DEMO.name}_seed").set_value(9).run()
    assert told(page) == calm != before, "without daring the dice do not count"
    page.button(key=f"sample_{DEMO.name}_robot").click().run()
    assert page.slider(key=f"number_{DEMO.name}_length").value == 90 and "laptop" in told(page)


def test_all_sizes_stand_side_by_side(page: AppTest) -> None:
    if len(SIZES) < 2:
        assert said.SCALE not in [h.value for h in page.header], "one size shows no scale"
        return
    page.toggle(key=f"sizes_{DEMO.name}").set_value(True).run()
    drawn = html(page).split('class="dl-sizes"')[1]
    places = [drawn.index(title) for title in SIZES]
    assert places == sorted(places, reverse=True), "the smallest first"
    assert "The classical table, which is no network, comes to" in drawn


def test_another_head_looks_elsewhere(page: AppTest) -> None:
    before = html(page)
    deep = DEMO.method("deep").key
    page.selectbox(key=f"layer_{DEMO.name}_{deep}").set_value(3).run()
    page.selectbox(key=f"head_{DEMO.name}_{deep}").set_value(2).run()
    assert not page.exception and "In layer 3, head 2," in html(page) != before


def test_what_is_too_long_or_empty_gets_a_sentence(page: AppTest) -> None:
    write(page, "word " * 500)
    assert "at most 2,000" in html(page)
    write(page, "   ")
    assert "nothing was written yet" in html(page)
    write(page, "A king")
    assert html(page).count("dl-answer long lines dl-story") >= 2


def test_the_chat_network_is_offered_and_says_that_it_is_not_here(page: AppTest) -> None:
    page.radio(key=f"deep_{DEMO.name}").set_value(DEMO.method("smollm2_360m")).run()
    assert not page.exception
    assert any("SmolLM2 with 360 million weights is not on this machine yet." in info.value for info in page.info)
    page.radio(key=f"deep_{DEMO.name}").set_value(DEMO.method("small")).run()
    assert not page.exception and "GPT with 300,000 weights" in html(page) and len(bars(page)) >= 10


def test_pieces_are_named_so_that_they_can_be_read() -> None:
    assert [piece_name(text) for text in (" fox", "es", ",", "\n\n", "", ' "')] == [
        "fox", "…es", ",", said.PARAGRAPH, said.THE_END, '"']
    assert unmarked("*a* [x](y) :red[b] `c`_") == r"\*a\* \[x\]\(y\) \:red\[b\] \`c\`\_"


def test_a_story_that_holds_or_flips_is_told_in_its_own_words() -> None:
    def steps(*stands: bool) -> tuple[Step, ...]:
        look = Look("text", b"", (0.0,))
        return tuple(Step(place, Story("x", "", ()), "", look, 1.0, same) for place, same in enumerate(stands))

    change = CHANGES["forgotten"]
    assert "much of the same for likely as the next word at every strength" in flip("classical", change, steps(True, True))
    assert "then less than half of it" in flip("deep", change, steps(True, False))
