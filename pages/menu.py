"""The entry script: what every page shares, and the menu built from the demos there are."""

from __future__ import annotations

import streamlit as st

from pages.ui.sections import menu
from pages.ui.style import apply_style

# an emoji: with a ":material/…:" icon the browser would ask an outside host for the tab's picture
st.set_page_config(page_icon="🔬", layout="wide", initial_sidebar_state="auto")
page = st.navigation(menu(), position="sidebar", expanded=True)
apply_style()
page.run()
