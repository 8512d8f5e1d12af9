"""A place on a page that can be drawn again without ever being empty in between.

`st.empty()` clears what the last run drew and lets the page jump; a container keeps it until there is
something new.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.markup import Markup


class Place:
    """One element inside `parent` (or where the script stands), replaced by each drawing."""

    def __init__(self, parent: Any = st) -> None:
        self._container = parent.container()
        self._element: Any = None
        self._drawn: Any = None

    def draw(self, kind: str, *given: Any, **options: Any) -> None:
        """Draw with streamlit's function of this name, such as "html" or "plotly_chart"; words that stand there already
        are not sent again."""
        if not options and all(isinstance(one, str) for one in given):
            if self._drawn == (kind, *given):
                return
            self._drawn = (kind, *given)
        else:
            self._drawn = None
        at = self._container if self._element is None else self._element
        self._element = getattr(at, kind)(*given, **options)

    def html(self, body: str) -> None:
        """Draw HTML; what comes from outside must be escaped already."""
        self.draw("html", Markup(body))
