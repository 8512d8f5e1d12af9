"""Will the show work? The check for the evening before: models, steps of the talks, this computer, this browser."""

from html import escape

import streamlit as st

from pages.ui import green_light_words as said
from pages.ui.green_light import draw_check
from pages.ui.this_browser import draw_browser
from pages.ui.walk import draw_walk

st.title(said.TITLE, anchor=False)
st.html(f'<p class="dl-lede">{escape(said.LEDE)}</p>')
st.header(said.MODELS, anchor=False)
st.markdown(said.MODELS_SAID)
draw_check()
draw_browser()
draw_walk()
