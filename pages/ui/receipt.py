"""The receipt of an answer: where it was worked out, what left this machine meanwhile, and which models did it."""

from __future__ import annotations

import os
from html import escape

import streamlit as st

from demos import counted
from demos.base import Method
from demos.engine import get_engine
from demos.jobs import Answer
from pages.ui import words

_CAME = "_counted_from"


def note_arrival() -> None:
    """Remember what the pages' own process had counted when this visitor came."""
    st.session_state.setdefault(_CAME, counted.so_far())


def receipt_html(answers: dict[Method, Answer]) -> str:
    """The receipt of these methods' answers; the pages' process is counted for the whole visit, whoever else is here."""
    pages = counted.so_far().since(st.session_state.get(_CAME, counted.so_far()))
    requests = pages.requests + sum(answer.left.requests for answer in answers.values())
    files = pages.files + sum(answer.left.files for answer in answers.values())
    places = dict.fromkeys(words.CHIP_DEVICE[answer.device].format(cores=os.cpu_count()) for answer in answers.values())
    licences = [f"{method.title}: {', '.join(dict.fromkeys(row.license for row in method.weights)) or words.RECEIPT_NO_WEIGHTS}"
                for method in answers]
    confined = get_engine().status().get("decoder", "")
    rows = [(words.RECEIPT_WHERE, " ".join(places)), (words.RECEIPT_REQUESTS, f"{requests:,}"), (words.RECEIPT_FILES, f"{files:,}"),
            (words.RECEIPT_READ, words.RECEIPT_CONFINED if confined else words.RECEIPT_APART),
            (words.RECEIPT_MODELS, "<br>".join(map(escape, licences)))]
    cells = "".join(f"<tr><th scope='row'>{name}</th><td>{said}</td></tr>" for name, said in rows)
    return (f'<div role="region" aria-label="{words.RECEIPT}" tabindex="0">'  # so that the keyboard can scroll it
            f'<table class="dl-table dl-receipt" data-requests="{requests}" data-files="{files}">{cells}</table></div>')


def draw_receipt(answers: dict[Method, Answer]) -> None:
    """The receipt behind a small button."""
    with st.popover(words.RECEIPT, icon=":material/receipt_long:"):
        st.html(receipt_html(answers))
        st.caption(words.RECEIPT_CAPTION)
