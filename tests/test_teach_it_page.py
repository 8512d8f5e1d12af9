"""The page of teaching through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.errors import Stopped
from demos.samples import sample_inputs
from demos.teach_it import DEMO
from demos.teach_it import page_words as said
from demos.teach_it.taught import unpack
from made_files import ODD_FILES
from pages.ui import words
from pages.ui.teach_memory import Memory, memory_key
from teach_makers import jpegs


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("teach_it")


def memory(page: AppTest) -> Memory:
    return page.session_state[memory_key(DEMO)]


def give(page: AppTest, thing: int, files: tuple[bytes, ...]) -> None:
    """Upload files for the thing at this place."""
    box = [one for one in page.file_uploader if one.key.startswith("teach_files_")][thing]
    for number, data in enumerate(files):
        box.upload(f"{number}.jpg", data, "image/jpeg")
    page.run()
    assert not page.exception


def test_the_page_opens_with_a_ready_made_lesson_and_both_answers(page: AppTest) -> None:
    assert not page.exception and not page.error
    drawn = html(page)
    assert [h.value for h in page.header] == [said.TEACH, said.TRY, words.WHY, words.BREAK, said.HOW_WELL, said.HEAD_START, words.CARD]
    assert DEMO.samples[0].expect in drawn and drawn.count('class="dl-nearest"') == 2
    assert drawn.count('class="dl-examples"') == 3 and said.NO_LESSON in drawn
    assert "With five examples of each thing the deep network is right" in drawn


def test_teaching_shows_how_well_it_went_and_keeps_the_picture_at_hand(page: AppTest) -> None:
    page.button(key="teach_now").click().run()
    assert not page.exception
    drawn = html(page)
    assert "It now tells apart: “happy” from 12 pictures" in drawn and "Taught in" in drawn and said.NO_LESSON not in drawn
    assert drawn.count('class="dl-confused"') == 2 and "each picture held back once" in drawn
    assert "Counted as right here: “sad”" in drawn, "the sample is still asked about"
    assert len(page.get("plotly_chart")) == 2 and "teach_save" in {one.key for one in page.get("download_button")}


def test_another_ready_made_lesson_brings_its_own_picture(page: AppTest) -> None:
    group = next(group for group in page.button_group if group.key.startswith("teach_start_"))
    group.set_value(said.SET_TITLES["grounds"]).run()
    assert not page.exception and "brick" in html(page) and "gravel" in html(page)
    assert said.SET_SOURCES["grounds"] in [caption.value for caption in page.caption]
    assert said.NO_LESSON in html(page)


def test_ones_own_things_are_named_given_and_taught(page: AppTest) -> None:
    group = next(group for group in page.button_group if group.key.startswith("teach_start_"))
    group.set_value(said.OWN).run()
    assert page.button(key="teach_now").disabled and "Still missing" in " ".join(c.value for c in page.caption)
    for place, name in enumerate(("<b>up</b>", "round")):
        box = [one for one in page.text_input if one.key.startswith("teach_name_")][place]
        box.set_value(name).run()
    files = (jpegs("happy", 1)[0], ODD_FILES()["noise"], *jpegs("happy", 3, 1), ODD_FILES()["pixels_bomb_png"])
    give(page, 0, files)
    drawn = html(page)
    assert "Picture 2 for “<b>up</b>” was left out" in drawn and "Picture 6 for “<b>up</b>”" in drawn
    assert [len(thing.examples) for thing in memory(page).things] == [4, 0], "the others are kept"
    give(page, 1, jpegs("surprised", 3))
    assert not page.button(key="teach_now").disabled
    page.button(key="teach_now").click().run()
    drawn = html(page)
    assert not page.exception and "“<b>up</b>” from 4 pictures, “round” from 3 pictures" in drawn
    assert said.SEEN_ALREADY in drawn and "&lt;b&gt;up&lt;/b&gt;" in "".join(element.proto.body for element in page.get("html"))
    drawn_as_markdown = [*page.caption, *page.markdown, *page.header, *page.subheader]
    labels = [one.label for kind in (page.file_uploader, page.toggle, page.button, page.text_input) for one in kind]
    assert not any("up</b>" in text for text in (*labels, *(one.value for one in drawn_as_markdown)))
    assert memory(page).lesson is not None and unpack(memory(page).lesson.data).names == ("<b>up</b>", "round")


def test_a_saved_file_is_opened_again_and_a_wrong_one_is_refused(page: AppTest) -> None:
    data = memory(page).lesson.data
    box = next(one for one in page.file_uploader if one.key.startswith("teach_open_"))
    box.upload("x.safetensors", b"no such thing", "application/octet-stream").run()
    assert not page.exception and "This is not a file that was saved on this page" in html(page)
    box = next(one for one in page.file_uploader if one.key.startswith("teach_open_"))
    box.clear()
    box.upload("taught.safetensors", data, "application/octet-stream").run()
    assert not page.exception and "“round” from 3 pictures" in html(page) and "not a file" not in html(page)


def test_too_many_pictures_are_counted_and_the_first_kept(page: AppTest) -> None:
    give(page, 1, jpegs("surprised", 1) * 49)
    assert "“round” has 50 pictures, which is the most; 2 were left out." in html(page)
    assert len(memory(page).things[1].examples) == 50


def test_a_lesson_can_be_stopped_and_the_worker_goes_on(page: AppTest, live_engine: LocalEngine) -> None:
    files = jpegs("happy", 6) * 8
    before = live_engine.status()["pid"]
    job = live_engine.submit(DEMO.name, "network", {"examples": (("a", files), ("b", files[::-1]))}, want="part", change="teach")
    while job.partial is None and not job.done:
        job.wait(0.02)
    job.cancel()
    assert isinstance(job.error, Stopped) and 0 < job.fraction < 1
    given = sample_inputs(DEMO, DEMO.samples[0])
    assert live_engine.submit(DEMO.name, "network", given).result(60).result.names and live_engine.status()["pid"] == before


def test_forgetting_leaves_nothing(page: AppTest) -> None:
    page.button(key="teach_forget").click().run()
    mine = memory(page)
    assert not page.exception and said.FORGOTTEN in html(page)
    assert mine.lesson is None and [thing.name for thing in mine.things] == ["happy", "sad", "surprised"]
    kept = [key for key in page.session_state["_jobs"] if key[0] == DEMO.name and not key[2].startswith("sample:")]
    assert not kept and "up</b>" not in html(page)
