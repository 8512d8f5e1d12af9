"""Learning without sharing: five hospitals played round by round, what came out, and what it does not solve."""

from __future__ import annotations

import json
from html import escape

import streamlit as st

from demos.lessons.federated import TARGET, Federated, federated
from pages.ui import next_words as said
from pages.ui.lesson import bars_html, draw_terms
from pages.ui.shared_view import shared_view

PIXELS = 28 * 28  # bytes of one picture


def draw_shared() -> None:
    """The whole part, one below the other."""
    found = federated()
    count = int(found.deals[0].hospitals.sum())
    st.subheader(said.SHARED_TITLE, anchor=False)
    st.html(f"<p>{escape(said.SHARED_SAID.format(count=count, weights=found.weights))}</p>")
    shared_view(found, "hospitals")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(said.TEST_TITLE, anchor=False)
        st.html(f"<p>{escape(said.TEST_TOLD.format(asked=found.asked[1], deals=len(found.deals)))}</p>{tests_html(found)}")
        ahead = int((found.test("best") > found.test("shared")).sum())
        st.html(f"<p>{escape(said.TEST_BEST.format(ahead=ahead, deals=len(found.deals)))}</p>")
        rounds = len(found.deals[0].curves["shared"])
        st.html(f"<p>{escape(said.TRAVELLED.format(sent=found.travelled(rounds), pictures=count * PIXELS / 1e6))}</p>")
    with right:
        st.subheader(said.UNSOLVED_TITLE, anchor=False)
        st.html("<ul>" + "".join(f"<li>{escape(one)}</li>" for one in said.UNSOLVED) + "</ul>")
        draw_terms(said.TERMS["shared"])
    about = json.loads(TARGET.read_text())
    st.caption(said.SHARED_HOW.format(**about, last=len(found.deals) - 1, kept=found.asked[0]))


def tests_html(found: Federated) -> str:
    """A bar for each way: the middle of the deals, with the lowest and highest."""
    rows = []
    for way, name in said.TEST_ROWS.items():
        shares = 100 * found.test(way)
        middle = float(sorted(shares)[len(shares) // 2])
        rows.append((name, said.TEST_ROW.format(middle=middle, low=shares.min(), high=shares.max()), middle / 100))
    return bars_html(rows, wide=True)
