"""The page of teaching sounds through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from demos.engine import LocalEngine
from demos.media import as_wav
from demos.teach_it import DEMO as PICTURES
from demos.teach_it.kinds import SOUNDS
from demos.teach_it.taught import unpack
from demos.teach_sounds import DEMO
from demos.teach_sounds import page_words as said
from demos.teach_sounds.seconds import RATE
from made_files import ODD_FILES
from pages.ui.teach_memory import Memory, memory_key
from sound_makers import in_a_row, wavs


@pytest.fixture(scope="module")
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("teach_sounds")


def memory(page: AppTest) -> Memory:
    return page.session_state[memory_key(DEMO)]


def give(page: AppTest, thing: int, files: list[bytes]) -> None:
    """Upload files for the thing at this place."""
    box = [one for one in page.file_uploader if one.key.startswith("teach_files_")][thing]
    for number, data in enumerate(files):
        box.upload(f"{number}.wav", data, "audio/wav")
    page.run()
    assert not page.exception


def test_the_page_opens_with_a_ready_made_lesson_that_can_be_heard(page: AppTest) -> None:
    assert not page.exception and not page.error
    drawn = html(page)
    assert DEMO.samples[0].expect in drawn and drawn.count('class="dl-nearest sounds"') == 2
    assert drawn.count('class="dl-examples"') == 4 and said.NO_LESSON in drawn
    assert drawn.count("<audio controls") == 10 and drawn.count("data:audio/wav;base64,") == 10
    assert len(page.get("audio")) == 4 + 1, "one player for each thing, and the sample's"
    assert "With five examples of each word the deep network is right" in drawn
    assert said.SET_SOURCES["noises"].startswith("Synthetic") and said.SET_SOURCES["noises"] in [c.value for c in page.caption]


def test_teaching_shows_how_well_it_went(page: AppTest) -> None:
    page.button(key="teach_now").click().run()
    assert not page.exception
    drawn = html(page)
    assert "It now tells apart: “clap” from 12 sounds" in drawn and said.NO_LESSON not in drawn
    assert drawn.count('class="dl-confused"') == 2 and "each sound held back once" in drawn
    assert len(page.get("plotly_chart")) == 2 and "teach_save" in {one.key for one in page.get("download_button")}


def test_ones_own_sounds_are_given_one_by_one_or_several_in_one_recording(page: AppTest) -> None:
    group = next(group for group in page.button_group if group.key.startswith("teach_start_"))
    group.set_value(said.OWN).run()
    assert page.button(key="teach_now").disabled
    for place, name in enumerate(("<b>hands</b>", "ringing")):
        [one for one in page.text_input if one.key.startswith("teach_name_")][place].set_value(name).run()
    give(page, 0, [as_wav(in_a_row("clap", 4))])
    assert "4 sounds were found in one recording for “<b>hands</b>”" in html(page)
    give(page, 1, [*wavs("bell", 3), ODD_FILES()["noise"], as_wav(0 * in_a_row("clap", 1))])
    drawn = html(page)
    assert "Recording 4 for “ringing” was left out" in drawn and "Nothing is heard in this recording" in drawn
    assert [len(thing.examples) for thing in memory(page).things] == [4, 3]
    assert all(len(data) == RATE for thing in memory(page).things for data, _ in thing.examples), "only the seconds are kept"
    page.button(key="teach_now").click().run()
    drawn = html(page)
    assert not page.exception and "“<b>hands</b>” from 4 sounds, “ringing” from 3 sounds" in drawn
    assert said.SEEN_ALREADY in "".join(c.value for c in page.caption) and "dl-verdict" in drawn
    assert unpack(memory(page).lesson.data, SOUNDS).names == ("<b>hands</b>", "ringing")


def test_a_saved_file_is_opened_again_and_one_of_pictures_is_sent_to_its_page(page: AppTest) -> None:
    data, folder = memory(page).lesson.data, PICTURES.name
    from demos import demo_folder

    pictures = (demo_folder(folder) / "samples" / "smiles.safetensors").read_bytes()
    for given, told in ((pictures, "holds a lesson of pictures"), (b"no such thing", "not a file that was saved"), (data, "“ringing” from 3 sounds")):
        box = next(one for one in page.file_uploader if one.key.startswith("teach_open_"))
        box.clear()
        box.upload("x.safetensors", given, "application/octet-stream").run()
        assert not page.exception and told in html(page)


def test_more_than_fifty_sounds_are_counted_and_the_first_kept(page: AppTest) -> None:
    give(page, 1, [as_wav(in_a_row("bell", 1, 0.5))] * 40 + [as_wav(in_a_row("knock", 12, 0.6))])
    assert "“ringing” has 50 sounds, which is the most; 5 were left out." in html(page)
    assert len(memory(page).things[1].examples) == 50


def test_forgetting_leaves_nothing(page: AppTest) -> None:
    page.button(key="teach_forget").click().run()
    mine = memory(page)
    assert not page.exception and said.FORGOTTEN in html(page)
    assert mine.lesson is None and [thing.name for thing in mine.things] == ["clap", "whistle", "knock", "bell"]
    kept = [key for key in page.session_state["_jobs"] if key[0] == DEMO.name and not key[2].startswith("sample:")]
    assert not kept and "hands</b>" not in html(page)


def test_a_lesson_of_pictures_stays_beside_it(page: AppTest) -> None:
    page.switch_page("teach_it.py").run()
    assert not page.exception and html(page).count('class="dl-examples"') == 3
    page.switch_page("teach_sounds.py").run()
    assert not page.exception and html(page).count('class="dl-examples"') == 4
