"""The real app on a free port, and a real browser to look at it; for benchmarks and browser tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# the second row keeps the browser itself from talking to its maker
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
         "--autoplay-policy=no-user-gesture-required",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
         "--no-first-run", "--disable-default-apps", "--disable-features=OptimizationHints,MediaRouter"]

HARMLESS = re.compile(r"_stcore/(health|host-config)")  # two 404s of every deep link, Streamlit's own


@dataclass
class Server:
    """A running app: its address, its process and where its log goes."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    started: float = field(default_factory=time.monotonic)

    def ready(self) -> dict[str, Any]:
        """What the health route says; raises OSError while there is no answer."""
        with urllib.request.urlopen(f"{self.url}/ready", timeout=5) as answer:
            return json.load(answer)

    def wait_until(self, holds: Any, timeout: float = 180) -> dict[str, Any]:
        """Wait until the health route's answer satisfies `holds`."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                said = self.ready()
                if holds(said):
                    return said
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise TimeoutError(f"the app did not become ready:\n{self.log.read_text()[-3000:]}")

    def wait_until_idle(self, timeout: float = 180) -> dict[str, Any]:
        """Wait until the models are loaded and the worker has nothing to do."""
        return self.wait_until(lambda said: said["alive"] and not said["waiting"] and not said["running"] and said["loaded"], timeout)


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(wait: bool = True, app: str = "app.py", timeout: float = 180, **environment: str) -> Iterator[Server]:
    """Start the app as `make run` does, or a test's own; end it by its process id, and see that it goes."""
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="live-"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port)],
            cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={**{name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")},
                 "MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "100000", **environment})
    server = Server(f"http://127.0.0.1:{port}", process, folder / "log")
    try:
        if wait:
            server.wait_until_idle(timeout)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def browser(*flags: str) -> Iterator[Any]:
    """A headless Chromium or Chrome that is on the machine, or Playwright's own."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])
        yield running
        running.close()
