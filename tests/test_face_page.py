"""The face page's own parts through Streamlit's harness: naming, tagging, the lock, consent, and forgetting."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from conftest import sample_input
from demos import get_demo
from demos.engine import LocalEngine
from demos.face_recognition import words
from pages.ui.face_memory import KEY

DEMO = get_demo("face_recognition")


def photo(key: str, name: str = "second") -> bytes:
    return sample_input(DEMO, key, name)


def drawn(at: AppTest) -> str:
    return unquote(html(at))


@pytest.fixture
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("face_recognition")


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    """The names drawn in the group photo, from left to right."""
    layer = next(part for part in re.findall(r"<svg.*?</svg>", drawn(at), re.DOTALL) if 'viewBox="0 0 960 416"' in part)
    texts = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>', layer)
    return [name for _, name in sorted(texts, key=lambda row: float(row[0]))]


def test_the_group_photo_has_the_two_names_that_are_known(page: AppTest) -> None:
    assert labels(page) == ["Grace Hopper", "Eileen Collins", "unknown"]
    assert "3 faces found, 2 of them named." in drawn(page)


def test_a_face_is_tagged_and_a_name_taken_away(page: AppTest) -> None:
    field = next(box for box in page.text_input if box.label == words.WHO)
    field.set_value("The photographer <b>").run()
    assert labels(page)[2].startswith("The photographer") and "3 of them named" in drawn(page)
    assert "<b>" not in "".join(element.proto.body for element in page.get("html") if "dl-face" in element.proto.body)
    press(page, "Grace Hopper")
    assert labels(page)[:2] == ["unknown", "Eileen Collins"]


def test_a_face_is_named_by_its_photo(page: AppTest) -> None:
    press(page, "Grace Hopper")
    upload = next(box for box in page.file_uploader if box.label == words.ADD_BY_PHOTO)
    upload.upload("x.jpg", photo("two"), "image/jpeg").run()
    assert any(words.NEEDS_NAME in info.value for info in page.info)
    next(box for box in page.text_input if box.label == words.NAME).set_value("Amazing Grace").run()
    next(box for box in page.file_uploader if box.label == words.ADD_BY_PHOTO).upload("y.jpg", photo("two"), "image/jpeg").run()
    assert labels(page)[0] == "Amazing Grace"


def test_a_photo_without_faces_gets_a_sentence(page: AppTest) -> None:
    upload = next(box for box in page.file_uploader if box.label == words.GROUP)
    upload.upload("cat.png", photo("cat"), "image/png").run()
    assert any(words.NO_FACES in info.value for info in page.info)
    next(box for box in page.file_uploader if box.label == words.GROUP).upload("b.jpg", b"no picture", "image/jpeg").run()
    assert any("JPEG" in info.value for info in page.info) and not page.exception


def test_the_lock_opens_for_its_owner_only(page: AppTest) -> None:
    assert words.NOBODY in drawn(page)
    assert next(button for button in page.button if button.key == "face_try_same").disabled
    press(page, words.TAKE_SAMPLE["enrol"])
    assert words.TRY_NOW in drawn(page)
    press(page, words.TAKE_SAMPLE["same"])
    assert words.OPEN in drawn(page)
    press(page, words.TAKE_SAMPLE["other"])
    assert words.SHUT in drawn(page) and words.OPEN not in drawn(page)
    next(slider for slider in page.slider if slider.key == "face_limit").set_value(0.75).run()
    assert words.OPEN in drawn(page), "a lock that is not strict opens for a stranger"
    upload = next(box for box in page.file_uploader if box.label == words.TRYING_PHOTO)
    upload.upload("cat.png", photo("cat"), "image/png").run()
    assert words.NEEDS_FACE in drawn(page) and words.OPEN not in drawn(page)


def test_before_the_camera_stands_the_question(page: AppTest) -> None:
    switches = [toggle for toggle in page.toggle if "amera" in toggle.label]
    assert len(switches) == 5 and not any(words.CONSENT in box.label for box in page.checkbox)
    for key in [toggle.key for toggle in switches]:
        next(toggle for toggle in page.toggle if toggle.key == key).set_value(True).run()
    asked = [box for box in page.checkbox if box.label == words.CONSENT]
    assert len(asked) == 5 and not page.get("camera_input")
    asked[0].check().run()
    assert len(page.get("camera_input")) == 1 and not page.exception


def test_one_button_forgets_everything(page: AppTest) -> None:
    page.file_uploader[0].upload("mine.jpg", photo("print"), "image/jpeg").run()
    press(page, words.TAKE_SAMPLE["enrol"])
    next(box for box in page.text_input if box.label == words.WHO).set_value("Somebody").run()
    kept = page.session_state[KEY]
    assert kept.owner is not None and set(kept.known) == {"Eileen Collins", "Grace Hopper", "Somebody"}
    press(page, words.FORGET)
    left = page.session_state[KEY]
    assert left.owner is None and left.known == {} and left.group is None and left.tried is None
    assert labels(page) == ["unknown"] * 3 and words.FORGOTTEN in "".join(info.value for info in page.info)
    mine = photo("print")
    assert not any(mine in job.request.inputs.values() for job in page.session_state["_jobs"].values())
    assert not any(box.value for box in page.file_uploader), "the widgets are empty"
    assert page.session_state["face_recognition_given"].digest == f"sample:{DEMO.samples[0].key}"
