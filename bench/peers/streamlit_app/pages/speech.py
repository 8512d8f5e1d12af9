"""A stock Streamlit page: a recording in, its words out; opened beside app.py as `/speech`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

import streamlit as st  # noqa: E402  (the path comes first)
from network import hear  # noqa: E402

st.title("What is said?")
file = st.file_uploader("A recording")
if file is not None:
    st.audio(file)
    st.write(hear(file))
