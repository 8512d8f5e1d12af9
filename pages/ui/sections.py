"""The menu: a page for each demo, and the pages of "How it works" and "Compare"."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from demos import list_demos
from demos.base import GROUPS, Demo, Group
from demos.lessons import Lesson, list_lessons
from pages.ui import green_light_words, reading_words, search_words, stage_words, words

PAGES = Path(__file__).resolve().parents[1]
OTHERS = {  # file -> (title, section, icon)
    "how_this_works.py": (words.HOW_THIS_WORKS, words.SECTION_HOW, ":material/shield:"),
    "questions.py": (reading_words.QUESTIONS_SHORT, words.SECTION_HOW, ":material/help:"),
    "glossary.py": (search_words.GLOSSARY_SHORT, words.SECTION_HOW, ":material/menu_book:"),
    "ml_vs_dl.py": (words.ML_VS_DL_SHORT, words.SECTION_COMPARE, ":material/balance:"),
    "where_used.py": (reading_words.WHERE_USED_SHORT, words.SECTION_COMPARE, ":material/public:"),
    "limits.py": (reading_words.LIMITS_SHORT, words.SECTION_COMPARE, ":material/block:"),
    "what_next.py": (reading_words.WHAT_NEXT_SHORT, words.SECTION_COMPARE, ":material/moving:"),
    "stage.py": (stage_words.SHORT, words.SECTION_SHOW, ":material/present_to_all:"),
    "green_light.py": (green_light_words.SHORT, words.SECTION_SHOW, ":material/task_alt:"),
}


_made: dict[str, StreamlitPage] = {}


def _page(file: str, **said: Any) -> StreamlitPage:
    """The page of a file. Streamlit looks for it on the disk eight times, so all runs of all visitors share one look; each gets
    a copy, because a run notes there that its page was called."""
    page = _made.get(file)
    if page is None:
        page = st.Page(PAGES / file, **said)
        if get_script_run_ctx() is not None:  # without one, Streamlit makes half a page
            _made[file] = page
    return copy(page)


def demo_page(demo: Demo) -> StreamlitPage:
    """The page of a demo; its address is the demo's name."""
    return _page(f"{demo.name}.py", title=demo.question, icon=demo.icon, url_path=demo.name)


def other_page(file: str) -> StreamlitPage:
    """A page that is not a demo's; its address is its file's name."""
    return _page(file, title=OTHERS[file][0], icon=OTHERS[file][2], url_path=file.removesuffix(".py"))


def lesson_page(lesson: Lesson) -> StreamlitPage:
    """The page of a lesson."""
    return _page(f"{lesson.page}.py", title=lesson.question, icon=lesson.icon, url_path=lesson.page)


def demos_with_page() -> list[Demo]:
    """Demos that a visitor can reach."""
    return [demo for demo in list_demos() if _has_page(demo.name)]


@lru_cache(maxsize=256)
def _has_page(name: str) -> bool:
    return (PAGES / f"{name}.py").exists()


def by_group() -> dict[Group, list[Demo]]:
    """The same by group, in the order of the menu."""
    found = demos_with_page()
    return {group: [demo for demo in found if demo.group == group] for group in GROUPS}


def menu() -> dict[str, list[StreamlitPage]]:
    """Section -> pages, in the order of the menu."""
    sections = {
        words.SECTION_START: [_page("home.py", title=words.HOME, icon=":material/home:", default=True)],
        **{words.GROUP[group]: [demo_page(demo) for demo in demos] for group, demos in by_group().items()},
        words.SECTION_HOW: [lesson_page(lesson) for lesson in list_lessons()],
    }
    for file, (_, section, _) in OTHERS.items():
        sections.setdefault(section, []).append(other_page(file))
    return sections
