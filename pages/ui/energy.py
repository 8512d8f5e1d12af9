"""How much energy the answers of this visit took, as an estimate whose method is named."""

from __future__ import annotations

import streamlit as st

from demos import get_demo
from demos.figures import in_hundred
from pages.ui import reading_words as said
from pages.ui import words
from pages.ui.asks import KEPT, worked

TEA_JOULES = 0.25 * 4186 * 80  # a quarter of a litre of water by 80 degrees; 4,186 joules a kilogram and degree


@st.fragment
def draw_energy() -> None:
    """The seconds that models worked for this visitor, times watts that the visitor sets."""
    st.html(f'<p class="dl-kind">{said.YOUR_VISIT}</p>')
    took = worked()
    if not took:
        st.caption(said.NO_ANSWERS)
        return
    watts = st.slider(said.WATTS, 5, 500, 30, step=5, key="watts", bind="query-params")
    for family, name in words.FAMILY.items():
        mine = [seconds for demo, method, seconds in took
                if any(one.key == method and one.family == family for one in get_demo(demo).methods)]
        st.markdown(said.ANSWERS.format(name=name, count=len(mine), seconds=sum(mine), joules=watts * sum(mine)))
    share = watts * sum(seconds for *_, seconds in took) / TEA_JOULES
    st.html(f"<p>{said.TEA.format(share=tea(share))}</p>")
    st.caption(said.HOW_ESTIMATED.format(most=KEPT, tea=TEA_JOULES))


def tea(share: float) -> str:
    """A share of a cup, such as "1/2,000", "12 in 100" or "3.0 times"."""
    if share >= 1:
        return f"{share:.1f} times"
    return f"{in_hundred(share)} in 100" if share >= 0.015 else f"1/{1 / share:,.0f}"
