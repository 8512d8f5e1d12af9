"""What can be tried, as cards in the groups of the menu."""

from html import escape

import streamlit as st

from demos.base import Demo
from demos.figures import headline
from demos.lessons import list_lessons
from pages.ui import words
from pages.ui.sections import OTHERS, by_group, demo_page, lesson_page, other_page

ACROSS = 3


def draw_card(demo: Demo) -> None:
    """A demo's question, what it does, and how good both methods are by measure."""
    st.page_link(demo_page(demo), label=demo.question)
    st.html(f'<span class="dl-kind">{escape(demo.title)}</span>')
    st.markdown(demo.summary)
    figures = [(family, headline(demo, demo.method(family))) for family in ("classical", "deep")]
    st.html("".join(f'<div class="dl-measured"><span class="dl-dot {family}"></span>{words.FAMILY[family]}: '
                    f"{escape(figure.sentence())}</div>" for family, figure in figures if figure))


st.title(words.PROJECT, anchor=False)
st.html(f'<p class="dl-lede">{words.PROMISE}</p>')
groups = by_group()
with st.container(horizontal=True, key="begin"):
    st.page_link(demo_page(groups["see"][0]), label=words.BEGIN_TRY, icon=":material/photo_camera:")
    st.page_link(lesson_page(list_lessons()[0]), label=words.BEGIN_LEARN, icon=":material/school:")
    st.page_link(other_page("stage.py"), label=words.BEGIN_TALK, icon=":material/present_to_all:")
for group, demos in groups.items():
    st.header(words.GROUP[group], anchor=group)
    st.caption(words.GROUP_SAYS[group])
    for start in range(0, len(demos), ACROSS):
        for demo, column in zip(demos[start:start + ACROSS], st.columns(ACROSS, gap="medium")):
            with column, st.container(border=True, key=f"card_{demo.name}"):
                draw_card(demo)

st.space("medium")
st.html('<div class="dl-promises">' + "".join(
    f"<div><b>{title}</b><span>{said}</span></div>" for title, said in words.PROMISES) + "</div>")
st.space("small")
with st.container(horizontal=True):
    for file in OTHERS:
        st.page_link(other_page(file), icon=":material/arrow_forward:")
