"""Labels of buttons: Streamlit reads them as markdown, and words from outside must stay words."""

from __future__ import annotations

import re


def unmarked(text: str) -> str:
    """Words as a label that is no markdown."""
    return re.sub(r"([^\w\s…])", r"\\\1", text.replace("\n", " ")).replace("_", r"\_")
