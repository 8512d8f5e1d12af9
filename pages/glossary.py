"""What does this word mean? The words of the field, each with an address of its own."""

import streamlit as st

from demos.glossary import matching
from pages.ui import search_words as said
from pages.ui.glossary import entries_html
from pages.ui.lookup import LookUp, look_up

st.title(said.GLOSSARY, anchor=False)
st.html(f'<p class="dl-lede">{said.GLOSSARY_LEDE}</p>')
look_up(LookUp("glossary", "term", said.WANTED, said.WANTED_HELP, said.COUNT_ENTRIES, said.NO_ENTRY), matching, entries_html)
