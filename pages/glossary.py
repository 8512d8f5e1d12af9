"""What does this word mean? The words of the field, each with an address of its own."""

import streamlit as st

from demos import get_demo
from demos.glossary import entries, matching
from pages.ui import search_words as said
from pages.ui.glossary import entries_html
from pages.ui.sections import demo_page

st.title(said.GLOSSARY, anchor=False)
st.html(f'<p class="dl-lede">{said.GLOSSARY_LEDE}</p>')
term = st.query_params.get("term", "")
chosen = tuple(entry for entry in entries() if entry.slug == term)
if chosen:
    st.html(entries_html(chosen, term))
wanted = st.text_input(said.WANTED, key="glossary_wanted", placeholder=said.WANTED_HELP, max_chars=60)
found = matching(wanted)
st.caption(said.COUNT_ENTRIES.format(count=len(found), all=len(entries())))
if found:
    st.html(entries_html(found))
else:
    st.text(said.NO_ENTRY.format(wanted=wanted))
st.page_link(demo_page(get_demo("search")), label=said.ASK_SEARCH, icon=":material/arrow_forward:")
