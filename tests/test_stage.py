"""Talks for the stage: the shipped ones lead where they say, a bad one says where it is wrong, and keys walk them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app_pages import html, open_page
from demos import list_demos
from demos.lessons import list_lessons
from demos.stage import FOLDER, Talk, list_talks, page_names, read_talk
from pages.ui import stage_words as said
from pages.ui.sections import OTHERS

TALKS = list_talks()


def name_of(talk: Talk) -> str:
    return talk.name


def test_three_talks_are_shipped() -> None:
    assert [(talk.name, talk.minutes) for talk in TALKS] == [("school", 5), ("managers", 15), ("course", 30)]


@pytest.mark.parametrize("talk", TALKS, ids=name_of)
def test_every_beat_has_something_to_say_and_an_address(talk: Talk) -> None:
    for beat in talk.beats:
        assert len(beat.say.split()) > 5
        assert ("bet", "1") not in beat.settings or not beat.scroll, "what one would scroll to is covered"
    assert talk.address(1).endswith(f"stage={talk.name}&beat=1")


def test_the_pages_that_a_beat_may_lead_to_are_those_of_the_menu() -> None:
    in_menu = {demo.name for demo in list_demos()} | {one.page for one in list_lessons()} | {one.removesuffix(".py") for one in OTHERS}
    assert page_names() == in_menu | {""}


GOOD = (FOLDER / "managers.md").read_text()


@pytest.mark.parametrize(("before", "after", "says"), [
    ("# What it can do", "What it can do", "line 1"),
    ("minutes: 15", "minutes: soon", "minutes must be a number"),
    ("for: managers", "whom: managers", "line 3"),
    ("page: how_learning", "page: how_flying", "no page 'how_flying'"),
    ("image_recognition?sample=cat", "image_recognition?sample=dog", "does not take sample='dog'; it takes cat, "),
    ("image_recognition?sample=cat", "image_recognition?picture=cat", "cannot be set by 'picture'; it has sample"),
    ("how_deep_learning?tried=true", "how_deep_learning?tried=yes", "does not take tried='yes'; it takes true or false"),
    ("how_deep_learning?tried=true", "how_overfitting?degree=99", "does not take degree='99'; it takes 0 to 14"),
    ("how_deep_learning?tried=true", "how_overfitting?degree=much", "does not take degree='much'; it takes 0 to 14"),
    ("how_deep_learning?tried=true", "how_layers?hidden=4", "does not take hidden='4'; it takes 0, 1, 2, 3"),
    ("how_deep_learning?tried=true", "how_memory?word=", "does not take word=''; it takes 1 to 30 characters"),
    ("how_deep_learning?tried=true", "questions?ask=why", "does not take ask='why'; it takes "),
    ("page: \nminutes: 1\n", "page: ?sample=cat\nminutes: 1\n", "the home page cannot be set by 'sample'"),
    ("page: ml_vs_dl\nminutes: 0.5", "page: ml_vs_dl", "minutes is missing"),
    ("page: spam?sample=won&bet=1\nminutes: 1.5", "page: spam?sample=won&bet=1\nminutes: 5", "its beats take 18.5 minutes"),
    ("## Which one for you?", "## " + "a" * 91, "1 to 90 characters"),
    ("## Which one for you?", "## ", "1 to 90 characters, it has 0"),
    ("page: ml_vs_dl\n", "page: ml_vs_dl\nmusic: loud\n", "expected one of"),
])
def test_a_bad_file_says_where_it_is_wrong(before: str, after: str, says: str, tmp_path: Path) -> None:
    assert before in GOOD
    path = tmp_path / "mine.md"
    path.write_text(GOOD.replace(before, after, 1))
    with pytest.raises(ValueError, match="mine.md") as caught:
        read_talk(path)
    assert says in str(caught.value)


def test_too_few_beats_or_nothing_to_say_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("\n## ".join(GOOD.split("\n## ")[:4]))
    with pytest.raises(ValueError, match="10 to 14"):
        read_talk(path)
    path.write_text(GOOD[:GOOD.rindex("Four questions")])
    with pytest.raises(ValueError, match="write what to say"):
        read_talk(path)
    path.write_text("")
    with pytest.raises(ValueError, match="line 1"):
        read_talk(path)


def test_a_speakers_bad_file_is_told_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.md").write_text("# Mine\nminutes: soon\nfor: me\n")
    monkeypatch.setattr("demos.stage.FOLDER", tmp_path)
    list_talks.cache_clear()
    try:
        at = open_page("stage")
        assert "mine.md" in at.error[0].value and not at.exception
    finally:
        list_talks.cache_clear()


def test_the_page_for_speakers_names_every_step() -> None:
    at = open_page("stage")
    for talk in TALKS:
        assert all(beat.line in html(at) for beat in talk.beats)
    assert said.HOW in at.markdown[0].value
