"""A stock Streamlit page: a picture in, five labels out. `streamlit run app.py --server.port PORT`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import streamlit as st  # noqa: E402  (the path comes first)
from network import classify  # noqa: E402
from PIL import Image  # noqa: E402

st.title("What is in this picture?")
file = st.file_uploader("A picture")
if file is not None:
    picture = Image.open(file)
    st.image(picture)
    shares = classify(picture)
    st.write(f"**{next(iter(shares))}**")
    st.bar_chart(shares)
