"""What happens to my picture? The way of an upload through this program, and the engine right now."""

from html import escape

import streamlit as st

from demos import list_demos
from demos.engine import get_engine
from pages.ui import words
from pages.ui.results import megabytes

st.title(words.HOW_THIS_WORKS, anchor=False)
st.html(f'<p class="dl-lede">{words.HOW_LEDE}</p>')
st.html('<div class="dl-promises">' + "".join(
    f"<div><b>{title}</b><span>{said}</span></div>" for title, said in words.HOW_STEPS) + "</div>")
st.header(words.ENGINE_NOW, anchor=False)


@st.fragment(run_every=2.0)
def engine_now() -> None:
    """The engine's own account of itself, every two seconds."""
    status = get_engine().status()
    titles = {f"{d.name}/{m.key}": (d.question, m.title) for d in list_demos() for m in d.methods}
    st.markdown(words.ENGINE_QUEUE.format(waiting=status["waiting"], running=int(status["running"]),
                                          device=words.DEVICE.get(status["device"], words.DEVICE["cpu"])))
    rows = "".join(f"<tr><td>{escape(page)}</td><td>{escape(method)}</td><td>{megabytes(status['loaded'][key])}</td></tr>"
                   for key, (page, method) in titles.items() if key in status["loaded"])
    head = "".join(f"<th>{name}</th>" for name in words.ENGINE_HEAD)
    st.html(f'<table class="dl-table" style="max-width:46rem"><tr>{head}</tr>{rows}</table>' if rows
            else f"<p>{words.ENGINE_IDLE}</p>")


engine_now()
