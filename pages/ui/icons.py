"""A drawing beside an answer, for demos whose answers have one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from demos.base import Demo
from demos.results import Labels, Result
from demos.traffic_signs.pictograms import svg
from pages.ui.drawing import svg_uri

ICONS: dict[str, Callable[[int], str]] = {"traffic_signs": svg}  # by demo: a class number to an SVG document


@lru_cache(maxsize=256)
def icon_of(demo: str, number: int, size: str = "") -> str:
    """The drawing of a class; its name stands beside it, so it says nothing aloud. `size` is a CSS class."""
    # as an address, because the page's HTML is cleaned of SVG elements
    return f'<img class="dl-sign {size}" alt="" src="{svg_uri(ICONS[demo](number))}">'


def icon_html(demo: Demo, result: Result) -> str:
    """The drawing of the likeliest label, or nothing."""
    if demo.name not in ICONS or not isinstance(result, Labels) or not result.ids:
        return ""
    return icon_of(demo.name, result.ids[0], "large")
