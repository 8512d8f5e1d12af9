"""A small Hugging Face hub on loopback for the tests: it serves files of one commit and can misbehave.

A test that imports the fixtures `cache` and `hub` has an empty cache, and the hub as HF_ENDPOINT.
"""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from safetensors.numpy import save

from demos import hub as module
from demos.base import Weights, WeightsFile
from demos.settings import settings

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": b'{"layers": 1}',
    "model.safetensors": save({"layer": np.random.default_rng(0).random((200, 300), dtype=np.float32)}),
}
SIZE = len(FILES["model.safetensors"])
TOTAL = SIZE + len(FILES["config.json"])
PAGE = b"<!DOCTYPE html><html><body>Please accept the terms of this network</body></html>"


@dataclass
class Hub:
    """Files by path, what goes wrong, and every request that came: (method, path, range)."""

    files: dict[str, bytes]
    large: tuple[str, ...] = ("model.safetensors",)  # those the hub keeps apart and redirects to
    cut_at: float = 0.0  # part of the large file after which a connection is cut
    cuts: int = 0  # how many more times
    status: int = 0  # answered to everything
    status_get: int = 0  # answered to GET only
    page: str = ""  # "all", or "get": a web page instead of a file
    swap: dict[str, bytes] = field(default_factory=dict)  # other bytes of the same length
    ranges: bool = True
    stalls: bool = False
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    port: int = 0
    connections: list[socket.socket] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        handler = type("Handler", (_Handler,), {"hub": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
        for connection in self.connections:  # those kept alive would go on answering
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # closed already
        self.connections.clear()

    def bytes_sent_for(self, name: str) -> list[str]:
        """The ranges asked for in the requests for a file's bytes."""
        return [asked for method, path, asked in self.asked if method == "GET" and path == f"/blobs/{name}"]


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.hub.connections.append(self.connection)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, body: bool) -> None:
        hub, path = self.hub, urlsplit(self.path).path
        hub.asked.append((self.command, path, self.headers.get("Range", "")))
        status = hub.status or (hub.status_get if body else 0)
        if status:
            return self._send(status, b"down for maintenance", {"Content-Type": "text/plain"}, body)
        if hub.page == "all" or (hub.page == "get" and body):
            return self._send(200, PAGE, {"Content-Type": "text/html"}, body)
        if path.startswith("/api/models/"):
            about = json.dumps(self._about()).encode()
            return self._send(200, about, {"Content-Type": "application/json"}, body)
        if path.startswith("/blobs/"):
            return self._file(path.removeprefix("/blobs/"), body)
        repo, _, rest = path.lstrip("/").partition("/resolve/")
        revision, _, name = rest.partition("/")
        if repo != "tiny/model" or revision != COMMIT or name not in hub.files:
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound"}, body)
        content = hub.files[name]
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{hashlib.sha1(content).hexdigest()}"'}
        if name in hub.large:
            # another host by name, as with the real hub: huggingface_hub follows redirects to the same host
            headers |= {"X-Linked-Size": str(len(content)),
                        "Location": f"http://localhost:{hub.port}/blobs/{name}",
                        "X-Linked-ETag": f'"{hashlib.sha256(content).hexdigest()}"'}
            return self._send(302, b"", headers, body)
        self._send(200, hub.swap.get(name, content), headers, body)

    def _file(self, name: str, body: bool) -> None:
        hub = self.hub
        content = hub.swap.get(name, hub.files[name])
        begin = 0
        if hub.ranges and (wanted := self.headers.get("Range", "")):
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
        headers = {"Content-Type": "application/octet-stream"}
        if hub.ranges and self.headers.get("Range"):
            headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        status = 206 if "Content-Range" in headers else 200
        end = len(content)
        if hub.cuts:
            hub.cuts -= 1
            end = max(begin, int(len(content) * hub.cut_at))
        self._send(status, content[begin:], headers, body, limit=end - begin)

    def _send(self, status: int, content: bytes, headers: dict[str, str], body: bool,
              limit: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if not body:
            return
        self.wfile.write(content[:limit])
        if limit is not None and limit < len(content):
            self.close_connection = True
            self.wfile.flush()
            if self.hub.stalls:
                threading.Event().wait(5)
            self.connection.shutdown(socket.SHUT_RDWR)

    def _about(self) -> dict[str, object]:
        rows = []
        for name, content in self.hub.files.items():
            row: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": "0" * 40}
            if name in self.hub.large:
                row["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
                              "pointerSize": 130}
            rows.append(row)
        return {"_id": "1", "id": "tiny/model", "sha": COMMIT, "siblings": rows, "private": False, "tags": [],
                "downloads": 0, "likes": 0}


def row(files: dict[str, bytes] = FILES, revision: str = COMMIT) -> Weights:
    known = tuple(WeightsFile(name, hashlib.sha256(content).hexdigest(), (name,))
                  for name, content in files.items())
    return Weights("tiny", "hub", known, "MIT", TOTAL / 1e6, "made for the test", "tiny/model", revision)


ROW = row()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, and huggingface_hub online: it reads its switches when it is imported."""
    from huggingface_hub import constants

    monkeypatch.setenv("LIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(module, "PAUSE_S", 0.01)
    settings.cache_clear()
    yield tmp_path / "cache"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def hub(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    opened = Hub(dict(FILES))
    opened.open()
    monkeypatch.setenv("HF_ENDPOINT", opened.address)
    yield opened
    opened.close()
