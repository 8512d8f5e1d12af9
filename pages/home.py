"""What can be tried, as cards."""

from html import escape

import streamlit as st

from pages.ui import words
from demos.figures import headline
from pages.ui.sections import OTHERS, demo_page, demos_with_page, other_page

st.title(words.PROJECT, anchor=False)
st.html(f'<p class="dl-lede">{words.PROMISE}</p>')
st.header(words.TRY_TITLE, anchor=False)

demos = demos_with_page()
for start in range(0, len(demos), 3):
    for demo, column in zip(demos[start:start + 3], st.columns(3, gap="medium")):
        with column, st.container(border=True, key=f"card_{demo.name}"):
            st.page_link(demo_page(demo), label=demo.question)
            st.html(f'<span class="dl-kind">{escape(demo.title)}</span>')
            st.markdown(demo.summary)
            for family in ("classical", "deep"):
                figure = headline(demo, demo.method(family))
                if figure:
                    st.html(f'<span class="dl-dot {family}"></span>{words.FAMILY[family]}: '
                            f"{escape(figure.sentence())}")

st.space("medium")
st.html('<div class="dl-promises">' + "".join(
    f"<div><b>{title}</b><span>{said}</span></div>" for title, said in words.PROMISES) + "</div>")
st.space("small")
with st.container(horizontal=True):
    for file in OTHERS:
        st.page_link(other_page(file), icon=":material/arrow_forward:")
