"""Draws the pages to be read: topics with their sources, measured figures and links, and questions with answers."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from demos import get_demo
from demos.lessons import list_lessons
from demos.reading import Question, Topic, measured, page
from demos.reading.citing import CITED, cited, sources
from pages.ui import reading_words as said
from pages.ui.sections import OTHERS, demo_page, demos_with_page, lesson_page, other_page


def pages_here() -> dict[str, tuple[str, StreamlitPage]]:
    """Address -> title and page, of all demos, lessons and other pages there are."""
    return {**{demo.name: (demo.question, demo_page(demo)) for demo in demos_with_page()},
            **{lesson.page: (lesson.question, lesson_page(lesson)) for lesson in list_lessons()},
            **{file.removesuffix(".py"): (title, other_page(file)) for file, (title, *_) in OTHERS.items()}}


def show_topics(name: str, more: dict[str, Callable[[], None]] | None = None,
                below: dict[str, Callable[[], None]] | None = None) -> None:
    """Draw the page of this name; `more` draws under the links of the topic with this slug, `below` under the whole topic."""
    here = page(name)
    st.title(here.title, anchor=False)
    st.html(f'<p class="dl-lede">{escape(here.lede)}</p>')
    st.html('<nav class="dl-topics">' + "".join(f'<a href="#{topic.slug}">{escape(topic.title)}</a>' for topic in here.topics)
            + "</nav>")
    for topic in here.topics:
        _topic(topic, (more or {}).get(topic.slug))
        if below and topic.slug in below:
            below[topic.slug]()


def _topic(topic: Topic, more: Callable[[], None] | None) -> None:
    """What is said on the left, what can be done about it here on the right."""
    names = cited(" ".join(topic.parts.values()))
    seen = topic.parts.get("See it here")
    st.header(f"{topic.icon} {topic.title}", anchor=topic.slug)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html("".join(f'<p class="dl-kind">{escape(title)}</p><p class="dl-said">{marked(text, names)}</p>'
                        for title, text in topic.parts.items() if text is not seen) + sources_html(names))
    with right, st.container(border=True, key=f"try_{topic.slug}"):
        st.html(f'<p class="dl-kind">{said.TRY_HERE}</p>' + (f'<p class="dl-said">{marked(seen, names)}</p>' if seen else ""))
        known = pages_here()
        for address, _, sample in (where.partition("?sample=") for where in topic.pages):
            if address in known:
                st.page_link(known[address][1], label=known[address][0], icon=":material/arrow_forward:",
                             query_params={"sample": sample} if sample else None)
        figures = tuple(figure for figure in topic.figures if figure.split()[0] in known)
        if figures:
            st.html(figures_html(figures))
        if more:
            more()


def marked(text: str, names: list[str]) -> str:
    """A text as HTML; each source in it becomes its number."""
    return CITED.sub(lambda found: f"<sup>{names.index(found[1]) + 1}</sup>", escape(" ".join(text.split())))


def sources_html(names: list[str]) -> str:
    """The sources with their numbers, small."""
    rows = "".join(f"<li>{escape(sources()[name])}</li>" for name in names)
    return f'<details class="dl-sources"><summary>{said.SOURCES} ({len(names)})</summary><ol>{rows}</ol></details>' if names else ""


def figures_html(figures: tuple[str, ...]) -> str:
    """Each figure in a line, with its method and the method's colour."""
    rows = ""
    for named in figures:
        figure, method = measured(named), get_demo(named.split()[0]).method(named.split()[1])
        rows += (f'<li><span class="dl-dot {method.family}"></span><b>{escape(method.title)}</b>: '
                 f"{escape(figure.sentence())}</li>")
    return f'<p class="dl-kind">{said.MEASURED_HERE}</p><ul class="dl-measured">{rows}</ul>'


def questions_html(questions: tuple[Question, ...], chosen: str = "") -> str:
    """Questions with their answers; under the names of their groups where all of them stand here."""
    if questions != page("questions").questions:
        return _list_html(questions, chosen)
    groups = dict.fromkeys(one.group for one in questions)
    return "".join(f'<h2 class="dl-group">{escape(group)}</h2>'
                   + _list_html(tuple(one for one in questions if one.group == group), chosen) for group in groups)


def _list_html(questions: tuple[Question, ...], chosen: str) -> str:
    known, rows = pages_here(), []
    for one in questions:
        links = ", ".join(f'<a href="{address}">{escape(known[address][0])}</a>' for address in one.pages if address in known)
        names = cited(one.says)
        rows.append(
            f'<div class="entry{" chosen" if one.slug == chosen else ""}" id="{one.slug}"><dt>{escape(one.asks)} '
            f'<a class="own" href="questions?ask={one.slug}" aria-label="{escape(said.LINK_TO.format(title=one.asks))}">#</a></dt>'
            f'<dd>{marked(one.says, names)}<br><span class="met">{said.MET} {links}</span>{sources_html(names)}</dd></div>')
    return f'<dl class="dl-glossary">{"".join(rows)}</dl>'
