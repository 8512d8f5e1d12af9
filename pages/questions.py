"""Questions people ask, searched by typing, each with an address of its own."""

from html import escape

import streamlit as st

from demos.reading import page
from demos.reading.asking import asked
from pages.ui import reading_words as said
from pages.ui.lookup import LookUp, look_up
from pages.ui.reading import questions_html

here = page("questions")
st.title(here.title, anchor=False)
st.html(f'<p class="dl-lede">{escape(here.lede)}</p>')
look_up(LookUp("questions", "ask", said.WANTED, said.WANTED_HELP, said.COUNT_QUESTIONS, said.NO_QUESTION), asked, questions_html)
