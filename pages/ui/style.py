"""One theme: the colours that mean something, and the page's CSS in light and dark."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from demos.drawn import DEEP_ON_DARK
from pages.ui.markup import Markup

# Okabe and Ito (2008): told apart with any colour vision
CLASSICAL, DEEP = "#E69F00", "#0072B2"
FAINTEST = 0.65  # from this opacity on, text on either background has the contrast of 4.5 that WCAG 2.1 AA asks for
_FIRST = Path(__file__).with_name("style.css")  # the frame's own; others stand beside it and may build on it
CSS = "".join(path.read_text() for path in (_FIRST, *sorted(set(_FIRST.parent.glob("*.css")) - {_FIRST})))
_STYLE = Markup(f"<style>{CSS}</style>")


def is_dark() -> bool:
    """Whether this visitor's page is dark."""
    return getattr(st.context.theme, "type", None) == "dark"


def colour(family: str) -> str:
    """The colour of "classical" or "deep" on this visitor's background."""
    if family == "classical":
        return CLASSICAL
    return DEEP_ON_DARK if is_dark() else DEEP


def ink() -> str:
    """The colour of text on this visitor's background, for drawings and charts, which cannot read the CSS."""
    return "#ECE9E2" if is_dark() else "#1C1B19"


def solid(sure: float) -> float:
    """The opacity of a word in the colour of text by its probability in [0, 1]: the least sure one can still be read."""
    return FAINTEST + (1 - FAINTEST) * sure


def soft() -> str:
    """The colour of lines on this visitor's background."""
    return "#33373D" if is_dark() else "#DDD9CF"


def paper() -> str:
    """This visitor's background."""
    return "#15171A" if is_dark() else "#FBFAF7"


def apply_style() -> None:
    """Put the CSS into the page; call once in a run."""
    st.html(_STYLE)
