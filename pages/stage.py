"""Give a talk: the written paths, each to be started on the stage, with the speaker's notes in a second window."""

from html import escape

import streamlit as st

from demos.stage import list_talks
from pages.ui import green_light_words
from pages.ui import stage_words as said
from pages.ui.sections import other_page

st.title(said.TITLE, anchor=False)
st.html(f'<p class="dl-lede">{escape(said.LEDE)}</p>')
st.markdown(said.HOW)
st.page_link(other_page("green_light.py"), label=green_light_words.FROM_STAGE, icon=":material/task_alt:")
try:
    talks = list_talks()
except ValueError as error:
    st.error(said.WRONG.format(error=error))
    talks = ()
for talk, column in zip(talks, st.columns(max(len(talks), 1), gap="medium")):
    with column, st.container(border=True):
        st.subheader(talk.title, anchor=False)
        st.caption(said.ABOUT.format(minutes=talk.minutes, beats=len(talk.beats), audience=talk.audience))
        st.html("<ol>" + "".join(f"<li>{escape(beat.line)}</li>" for beat in talk.beats) + "</ol>")
        st.link_button(said.START, talk.address(1), icon=":material/present_to_all:", width="stretch")
        st.link_button(said.NOTES, talk.address(1, notes=True), icon=":material/notes:", width="stretch")
st.caption(said.FILES)
