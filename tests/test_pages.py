"""Every page through Streamlit's own test harness, with the real engine behind it."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_pages import html, open_page
from conftest import ROOT
from demos import list_demos
from demos.base import Demo
from demos.samples import sample_inputs
from pages.ui import words

DEMOS = list_demos()
LONG = {"voice_translation", "speech_recognition"}  # up to a minute for all samples; their own tests ask for some
pytestmark = pytest.mark.usefixtures("live_engine")


def name_of(demo: Demo) -> str:
    return demo.name


def each(demos: list[Demo]) -> list[Any]:
    """The demos, the longest of them for the long run only."""
    return [pytest.param(demo, marks=pytest.mark.slow) if demo.name in LONG else demo for demo in demos]


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "pages").glob("*.py")
                                        if path.name not in ("menu.py", "__init__.py")))
def test_a_page_draws_its_title_without_an_exception(page: str) -> None:
    at = open_page(page.removesuffix(".py"))
    assert len(at.title) == 1 and not at.error


def test_the_home_page_has_a_card_for_each_demo() -> None:
    at = open_page("home")
    links = [element.proto.label for element in at.get("page_link")]
    shown = [label for label in links if label in {demo.question for demo in DEMOS}]
    assert shown == [demo.question for demo in DEMOS], "each once, in the order of the menu"
    headings = [header.value for header in at.header]
    assert headings == list(words.GROUP.values()), "a heading for each group of the menu"


@pytest.mark.parametrize("demo", DEMOS, ids=name_of)
def test_a_demo_page_keeps_the_one_order(demo: Demo) -> None:
    at = open_page(demo.name)
    assert at.title[0].value == demo.question
    always = (words.WHY_OF.get(demo.result.__name__, words.WHY), words.BREAK, words.CARD)  # a demo may have parts of its own before the card
    assert tuple(header.value for header in at.header if header.value in always) == always
    assert at.header[-1].value == words.CARD
    drawn = html(at)
    assert drawn.index("dl-chips") < drawn.index('dl-card classical') < drawn.index("dl-card deep") < drawn.index("dl-verdict")
    assert words.CHIP_PRIVATE in drawn


@pytest.mark.parametrize("demo", each(DEMOS), ids=name_of)
def test_every_sample_gives_both_answers(demo: Demo) -> None:
    at = open_page(demo.name)
    for sample in demo.samples:
        button = next(b for b in at.button if b.key.startswith("sample_") and b.key.endswith(f"{demo.name}_{sample.key}"))
        button.click().run()
        assert not at.exception and not at.error
        drawn = html(at)
        declined = {method.family for method in demo.methods if method.key in sample.refused}
        assert drawn.count("dl-answer") >= 2 - len(declined), sample.key
        assert drawn.count('role="alert"') == len(declined) and ('class="dl-verdict"' in drawn) == (not declined), sample.key
        assert sample.title in drawn or any(sample.title in c.value for c in at.caption)


@pytest.mark.parametrize("demo", [d for d in DEMOS if d.inputs[0].is_file], ids=name_of)
def test_an_upload_is_answered_and_a_broken_one_gets_a_sentence_and_loses_nothing(demo: Demo) -> None:
    at = open_page(demo.name)
    data = sample_inputs(demo, demo.samples[1])[demo.inputs[0].name]
    own = next(number for number, box in enumerate(at.file_uploader) if box.key.startswith(f"upload_{demo.name}_"))
    at.file_uploader[own].upload("mine.bin", data, "application/octet-stream").run()
    assert not at.exception and "dl-verdict" in html(at)
    assert words.YOUR_OWN[demo.inputs[0].kind] in html(at) + str([c.value for c in at.caption])
    at.file_uploader[own].upload("broken.jpg", b"this is neither a picture nor a sound", "image/jpeg").run()
    assert not at.exception
    drawn = html(at)
    assert 'role="alert"' in drawn and "Traceback" not in drawn and "/" + "root" not in drawn
    again = next(b for b in at.button if b.key == f"again_{demo.name}")
    assert again.label == words.AGAIN
    sample = next(b for b in at.button if b.key.startswith("sample_"))
    sample.click().run()
    assert "dl-verdict" in html(at), "the page works on after an error"


@pytest.mark.parametrize("demo", each(DEMOS), ids=name_of)
def test_break_it_names_what_happens(demo: Demo) -> None:
    at = open_page(demo.name)
    pills = next(group for group in at.button_group if group.key == f"break_{demo.name}")
    pills.set_value(pills.options[0] if isinstance(pills.options[0], str) else pills.options[0].content).run(timeout=240)
    assert not at.exception
    assert at.get("plotly_chart"), "no curve"
    assert any(f"<p>The {words.WHO['deep']}" in element.proto.body for element in at.get("html"))
    assert any(f"The {words.WHO['classical']}" in element.proto.body for element in at.get("html"))


def test_a_link_can_name_what_is_broken_and_what_is_pressed_afterwards_stands() -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=240).run()
    at.switch_page("traffic_signs.py")
    at.query_params["break"] = "darkness"
    at.run()
    pills = next(group for group in at.button_group if group.key == "break_traffic_signs")
    assert not at.exception and pills.value == "Darkness" and at.get("plotly_chart")
    pills.set_value("Blur").run()
    assert next(group for group in at.button_group if group.key == "break_traffic_signs").value == "Blur"


def test_with_a_cluster_the_page_does_not_say_that_nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    from demos.settings import settings
    from pages.ui.template import chips_html

    monkeypatch.setenv("LIVE_ENGINE", "ray://10.0.0.1:6379")
    settings.cache_clear()
    try:
        drawn = chips_html(DEMOS[0].method("deep"))
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert words.CHIP_CLUSTER in drawn and words.CHIP_PRIVATE not in drawn


def test_a_link_can_name_a_sample() -> None:
    demo = DEMOS[0]
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=60)
    at.query_params["sample"] = demo.samples[2].key
    at.run()
    at.query_params["sample"] = demo.samples[2].key
    at.switch_page(f"{demo.name}.py").run()
    assert demo.samples[2].title in html(at)


def test_foreign_parameters_in_the_address_do_no_harm() -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=60)
    at.query_params["sample"] = "<script>alert(1)</script>"
    at.query_params["model"] = "vit"
    at.run()
    at.switch_page(f"{DEMOS[0].name}.py").run()
    assert not at.exception and "<script>alert" not in html(at)
