"""The entry script: what every page shares, and the menu built from the demos there are."""

from __future__ import annotations

import streamlit as st

from pages.ui.leaving import draw_forget
from pages.ui.receipt import note_arrival
from pages.ui.sections import menu
from pages.ui.stage import draw_notes, draw_stage, standing
from pages.ui.style import apply_style

# an emoji: with a ":material/…:" icon the browser would ask an outside host for the tab's picture
st.set_page_config(page_icon="🔬", layout="wide", initial_sidebar_state="auto")
on_stage = standing()
page = st.navigation(menu(), position="hidden" if on_stage else "sidebar", expanded=True)
apply_style()
note_arrival()
if on_stage and on_stage.notes:
    draw_notes(on_stage)
else:
    if on_stage:
        draw_stage(on_stage)
    if not draw_forget():
        page.run()
