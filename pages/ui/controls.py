"""Reads from drawn pages what their addresses may set: `python -m pages.ui.controls` writes demos/controls.json."""

from __future__ import annotations

import json
import sys
from typing import Any

from streamlit.proto.Slider_pb2 import Slider
from streamlit.testing.v1 import AppTest

from demos.controls import FILE
from demos.lessons import list_lessons
from pages.ui.sections import OTHERS, PAGES

KINDS = ("slider", "select_slider", "button_group", "toggle", "checkbox", "text_input", "text_area")
WAIT_S = 300


def opened(page: str, **settings: str) -> AppTest:
    """The page as a visitor finds it at an address with these settings."""
    at = AppTest.from_file(str(PAGES / "menu.py"), default_timeout=WAIT_S).run()
    at.switch_page(f"{page}.py")
    for key, value in settings.items():
        at.query_params[key] = value
    return at.run()


def controls_of(at: AppTest) -> dict[str, dict[str, Any]]:
    """The key in the address -> what is taken there, of everything that is drawn now."""
    found = {}
    for element in (one for kind in KINDS for one in at.get(kind)):
        proto = element.proto
        if proto.query_param_key:
            found[proto.query_param_key] = _takes(element.type, proto)
    return found


def _takes(kind: str, proto: Any) -> dict[str, Any]:
    match kind:
        case "button_group":
            return {"kind": "choice", "options": [option.content for option in proto.options]}
        case "slider" if proto.type == Slider.SLIDER:
            return {"kind": "number", "low": proto.min, "high": proto.max}
        case "slider" | "select_slider":
            return {"kind": "choice", "options": list(proto.options)}
        case "text_input" | "text_area":
            return {"kind": "text", "most": proto.max_chars}
    return {"kind": "flag"}


def all_controls(page: str) -> dict[str, dict[str, Any]]:
    """What the page takes as it is found and with each of its choices and switches, since some controls come with one."""
    found = controls_of(opened(page))
    for key, takes in list(found.items()):
        for value in takes["options"] if takes["kind"] == "choice" else ["true"] if takes["kind"] == "flag" else ():
            found |= controls_of(opened(page, **{key: value}))
    return found


def main() -> None:
    """Draw every page that is no demo's, and write what it takes."""
    pages = [*(lesson.page for lesson in list_lessons()), *(file.removesuffix(".py") for file in OTHERS)]
    found = {}
    for page in pages:
        found[page] = all_controls(page)
        sys.stderr.write(f"{page}: {', '.join(found[page])}\n")
    lines = (f" {json.dumps(page)}: {json.dumps(takes, ensure_ascii=False)}" for page, takes in found.items() if takes)
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
