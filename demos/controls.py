"""What the address of a page may set: its samples, or its controls as they were read from the drawn page.

`python -m pages.ui.controls` draws the pages and writes controls.json; a test holds the file against them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from demos import get_demo, list_demos
from demos.glossary import entries
from demos.reading import page as read_page

FILE = Path(__file__).with_name("controls.json")
MOST_NAMED = 12  # choices in one sentence


@lru_cache(maxsize=1)
def controls() -> dict[str, dict[str, dict[str, Any]]]:
    """Page -> the key in its address -> what it takes: "kind" is choice, flag, number or text, with its limits."""
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _of(page: str) -> dict[str, dict[str, Any]]:
    if page in {demo.name for demo in list_demos()}:
        demo = get_demo(page)
        return {"sample": {"kind": "choice", "options": [sample.key for sample in demo.samples]},
                "bet": {"kind": "choice", "options": ["1", "0"]},
                **({"break": {"kind": "choice", "options": list(demo.changes)}} if demo.changes else {})}
    if page == "questions":
        return {"ask": {"kind": "choice", "options": [one.slug for one in read_page(page).questions]}}
    if page == "glossary":
        return {"term": {"kind": "choice", "options": [one.slug for one in entries()]}}
    return controls().get(page, {})


def _named(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")


def refusal(page: str, key: str, value: str) -> str:
    """Why the page would not take this setting of its address, and what it takes; empty when it does."""
    known = _of(page)
    if key not in known:
        return f"{page or 'the home page'} cannot be set by {key!r}" + (f"; it has {_named(list(known))}" if known else "")
    takes = known[key]
    match takes["kind"]:
        case "choice":
            fits, accepted = value in takes["options"], _named(takes["options"])
        case "flag":
            fits, accepted = value.lower() in ("true", "false"), "true or false"
        case "number":
            fits, accepted = _is_between(value, takes), f"{takes['low']:g} to {takes['high']:g}"
        case _:
            fits, accepted = 0 < len(value) <= takes["most"], f"1 to {takes['most']} characters"
    return "" if fits else f"{page} does not take {key}={value[:40]!r}; it takes {accepted}"


def _is_between(value: str, takes: dict[str, Any]) -> bool:
    try:
        return takes["low"] <= float(value) <= takes["high"]
    except ValueError:
        return False
