"""What tests through Streamlit's harness share: opening a page of the app and reading what it drew."""

from __future__ import annotations

from html import unescape

from streamlit.testing.v1 import AppTest

from conftest import ROOT


def open_page(name: str, timeout_s: float = 120) -> AppTest:
    """The page of that name, through the menu as a visitor comes to it; the engine in place answers."""
    at = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=timeout_s).run()
    at.switch_page(f"{name}.py").run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    """Everything drawn as HTML, in order."""
    return unescape("\n".join(element.proto.body for element in at.get("html")))
