"""Two servers behind nginx as in deploy/: uploads and answers come through, a visitor stays with one, and one may die.

`make test-scale` runs these; they need nginx (Debian: apt-get install nginx-light).
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.pages import photos
from bench.served import Server, free_port, served
from browsing import Watched, upload
from conftest import ROOT
from pages.ui.asks import digest

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [pytest.mark.slow, pytest.mark.browser,
              pytest.mark.skipif(NGINX is None, reason="nginx is not installed; Debian: apt-get install nginx-light")]
HARMLESS = ("WebSocket connection", "ERR_CONNECTION", "502 (Bad Gateway)", "504 (Gateway")


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Server], Path]]:
    """The proxy's address, the two servers, and the folder in which nginx may write."""
    folder = tmp_path_factory.mktemp("nginx")
    with ExitStack() as stack:
        servers = [stack.enter_context(served(wait=False)) for _ in range(2)]
        for server in servers:
            server.wait_until(lambda said: said["alive"])
        port = free_port()
        process = started(folder, port, servers)
        stack.callback(process.wait)
        stack.callback(process.send_signal, signal.SIGTERM)
        yield f"http://127.0.0.1:{port}", servers, folder


def started(folder: Path, port: int, servers: list[Server]) -> subprocess.Popen[bytes]:
    """nginx with the project's own file: only the addresses and the process's file are those of this test."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for number, server in enumerate(servers, 1):
        assert f"app{number}:8501" in text
        text = text.replace(f"app{number}:8501", server.url.removeprefix("http://"))
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/tmp/nginx.pid", str(folder / "pid"))
    text = text.replace("http {", "http {\n" + "".join(
        f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")), 1)
    (folder / "nginx.conf").write_text(text)
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    checked = subprocess.run([*command[:5], "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "stderr").open("wb"))
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2)
            return process
        except OSError:
            time.sleep(0.1)
    raise TimeoutError((folder / "stderr").read_text())


def visitor(chromium: Any, url: str) -> Watched:
    return Watched(chromium.new_context(viewport={"width": 1280, "height": 1000}).new_page(), url)


def open_sockets(server: Server) -> int:
    """Open connections to a server: a page that is looked at holds at least one."""
    port = int(server.url.rsplit(":", 1)[1])
    return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port
               for one in psutil.Process(server.process.pid).net_connections("tcp"))


def jobs(server: Server, demo: str = "image_recognition") -> float:
    """How many questions to a demo a server has answered, as it counts them itself."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines
               if line.startswith("live_jobs_total") and f'demo="{demo}"' in line and 'want="answer"' in line)


def ask(page: Any, data: bytes) -> None:
    """Give a picture, and wait for the answer to this very one."""
    upload(page, "mine.jpg", data, "image/jpeg")
    page.wait_for_selector(f'.dl-duel[data-input="{digest({"image": data})[:16]}"] .dl-card.deep .dl-answer', timeout=240_000)


def test_a_picture_goes_through_and_every_visitor_stays_with_one_server(behind: Any, chromium: Any) -> None:
    url, servers, folder = behind
    pictures = iter(photos())
    found: list[int] = []
    for _ in range(8):  # by chance all might meet the same server: once in 128 times, so more are tried
        watched = visitor(chromium, url)
        page = watched.open_demo("image_recognition", timeout_s=240)
        cookies = {one["name"]: one for one in page.context.cookies()}
        assert cookies["live"]["httpOnly"] and cookies["live"]["expires"] == -1
        before = [jobs(server) for server in servers]
        for _ in range(2):
            ask(page, next(pictures))
        page.reload()
        page.wait_for_selector(".dl-verdict", timeout=240_000)
        ask(page, next(pictures))
        more = [jobs(server) - was for server, was in zip(servers, before)]
        assert sorted(more)[0] == 0 and max(more) >= 6, f"one visitor's questions reached two servers: {more}"
        found.append(more.index(max(more)))
        assert {one["name"]: one for one in page.context.cookies()}["live"]["value"] == cookies["live"]["value"]
        watched.check()
        page.context.close()
        if len(set(found)) == 2:
            break
    assert len(set(found)) == 2, "all visitors met the same server"
    left = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("nginx.conf", "pid", "stderr")]
    assert not left and not (folder / "stderr").read_text(), "nginx kept something"


def test_what_is_counted_is_not_shown_outside(behind: Any) -> None:
    url, servers, _ = behind
    for path in ("/metrics", "/_stcore/metrics"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(url + path, timeout=10)
    with urllib.request.urlopen(f"{url}/ready", timeout=10) as answer:
        assert answer.status == 200 and "default-src" in answer.headers["content-security-policy"]


def test_a_picture_that_is_too_large_is_refused_kindly(behind: Any, chromium: Any) -> None:
    watched = visitor(chromium, behind[0])
    page = watched.open_demo("image_recognition", timeout_s=240)
    upload(page, "large.jpg", photos()[0] + bytes(26 * 2**20), "image/jpeg")
    page.get_by_text("File must be 25.0MB or smaller").wait_for(timeout=120_000)
    page.context.close()


def test_when_a_server_dies_its_visitors_go_on_with_the_other(behind: Any, chromium: Any, tmp_path: Path) -> None:
    url, servers, _ = behind
    watched = visitor(chromium, url)
    page = watched.open_demo("image_recognition", timeout_s=240)
    before = [jobs(server) for server in servers]
    ask(page, photos()[9])
    mine = 0 if jobs(servers[0]) > before[0] else 1
    servers[mine].process.send_signal(signal.SIGKILL)
    servers[mine].process.wait()
    began = time.monotonic()
    while not open_sockets(servers[1 - mine]):
        page.wait_for_timeout(100)
        assert time.monotonic() - began < 120, "the page did not find the other server"
    page.screenshot(path=str(tmp_path / "moved.png"))
    page.wait_for_selector(".dl-verdict", timeout=240_000)
    assert page.locator("[data-testid=stException]").count() == 0
    ask(page, photos()[11])  # the way back: the file is given again
    assert time.monotonic() - began < 240
    assert not watched.outside and not [said for said in watched.errors if not any(one in said for one in HARMLESS)]
    again = visitor(chromium, url)  # and whoever comes now notices nothing
    again.open_demo("image_recognition", timeout_s=240)
    again.check()
