"""Machine learning or deep learning? The measured figures of every demo side by side."""

from html import escape

import streamlit as st

from demos import demo_folder
from demos.base import Demo
from demos.figures import comparable, gain, read_figures
from pages.ui import words
from pages.ui.results import megabytes
from pages.ui.sections import demos_with_page


def row(demo: Demo) -> str:
    """One demo as a table row."""
    found = comparable(read_figures(demo_folder(demo.name)), demo.method("classical").key, demo.method("deep").key)
    cells = [escape(demo.question)]
    for place, family in enumerate(("classical", "deep")):
        method = demo.method(family)
        said = found[place].sentence() if found else words.NO_FIGURE
        cells.append(f'<span class="dl-dot {family}"></span>{escape(method.title)}, {megabytes(method.size_mb)}'
                     f"<br>{escape(said)}")
    if found is None:
        cells.append(words.NOT_SAME_DATA)
    else:
        better = gain(*found)
        cells.append(words.EVEN_SHORT if abs(better) < 0.01 else words.FAMILY["deep" if better > 0 else "classical"])
    *others, better_one = cells
    return ("<tr>" + "".join(f"<td>{cell}</td>" for cell in others)
            + f'<td data-name="{words.COMPARE_HEAD[-1]}">{better_one}</td></tr>')


st.title(words.ML_VS_DL, anchor=False)
st.html(f'<p class="dl-lede">{words.COMPARE_LEDE}</p>')
head = "".join(f"<th>{name}</th>" for name in words.COMPARE_HEAD)
st.html(f'<div class="dl-scroll"><table class="dl-table rows"><tr>{head}</tr>'
        + "".join(row(demo) for demo in demos_with_page()) + "</table></div>")
st.markdown(words.RULE_OF_THUMB)
