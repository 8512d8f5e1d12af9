"""Machine learning or deep learning? The measured figures of every demo side by side."""

from html import escape

import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.figures import Figure, read_figures
from pages.ui import words
from pages.ui.results import megabytes
from pages.ui.sections import demos_with_page


def pair(demo: Demo) -> tuple[Figure, Figure] | None:
    """The first two figures, classical and deep, that were measured on the same data."""
    rows = read_figures(demo_folder(demo.name))
    classical, deep = demo.method("classical").key, demo.method("deep").key
    for ours in (f for f in rows if f.method == deep):
        for theirs in (f for f in rows if f.method == classical):
            if (ours.metric, ours.data, ours.items) == (theirs.metric, theirs.data, theirs.items):
                return theirs, ours
    return None


def row(demo: Demo) -> str:
    """One demo as a table row."""
    cells, found = [escape(demo.question)], pair(demo)
    for place, family in enumerate(("classical", "deep")):
        method = demo.method(family)
        said = found[place].sentence() if found else words.NO_FIGURE
        cells.append(f'<span class="dl-dot {family}"></span>{escape(method.title)}, {megabytes(method.size_mb)}'
                     f"<br>{escape(said)}")
    if found is None:
        cells.append(words.NOT_SAME_DATA)
    else:
        gain = found[1].value - found[0].value if found[0].metric == "accuracy" else found[0].value - found[1].value
        cells.append(words.EVEN_SHORT if abs(gain) < 0.01 else words.FAMILY["deep" if gain > 0 else "classical"])
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


st.title(words.ML_VS_DL, anchor=False)
st.html(f'<p class="dl-lede">{words.COMPARE_LEDE}</p>')
head = "".join(f"<th>{name}</th>" for name in words.COMPARE_HEAD)
st.html(f'<div class="dl-scroll"><table class="dl-table"><tr>{head}</tr>'
        + "".join(row(demo) for demo in demos_with_page()) + "</table></div>")
st.markdown(words.RULE_OF_THUMB)
