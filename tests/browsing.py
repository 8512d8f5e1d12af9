"""What tests in a browser share: a watched page, opening a demo's page, giving it a file."""

from __future__ import annotations

from typing import Any

from bench.served import HARMLESS


class Watched:
    """A page with an eye on requests to other hosts and on the console."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.home, self.outside, self.errors = page, home, [], []
        self.hurried = False  # True: pages are left while the browser still asks for their sounds, which are gone by then
        page.on("request", lambda r: self.outside.append(r.url)
                if not r.url.startswith((home, home.replace("http", "ws"), "data:", "blob:")) else None)
        page.on("console", lambda m: self.errors.append(f"{m.text} {m.location.get('url', '')}")
                if m.type == "error" and not HARMLESS.search(m.location.get("url", "") + m.text) else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))

    def open_demo(self, name: str, timeout_s: float = 60) -> Any:
        """The page of a demo, once both methods have answered its first sample."""
        self.page.goto(f"{self.home}/{name}")
        self.page.wait_for_selector(".dl-verdict", timeout=1000 * timeout_s)
        return self.page

    def check(self) -> None:
        errors = [one for one in self.errors if not (self.hurried and "/media/" in one)]
        assert not self.outside, "a request to another host"
        assert not errors, f"the console shows errors: {errors[:3]}"
        assert self.page.locator("[data-testid=stException]").count() == 0
        assert "Traceback" not in self.page.inner_text("body")


def drawn(page: Any, timeout_s: float = 120) -> None:
    """Wait until the page's script has ended: what is drawn anew while it runs would slip from under the mouse."""
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=1000 * timeout_s)


def bring(page: Any, place: Any) -> Any:
    """The place, scrolled to once the page stands still."""
    drawn(page)
    place.scroll_into_view_if_needed()
    return place


def upload(page: Any, name: str, data: bytes, mime: str = "application/octet-stream", box: int = 0) -> None:
    """Give the page's file box number `box` a file."""
    page.locator("input[type=file]").nth(box).set_input_files({"name": name, "mimeType": mime, "buffer": data})
