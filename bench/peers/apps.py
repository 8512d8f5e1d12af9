"""The apps that are measured beside each other, and how one visitor of each gives it a picture or a recording."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import subprocess
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.served import free_port
from bench.visitor import Seen, Visitor
from pages.ui.asks import digest

HERE = Path(__file__).resolve().parent
OURS = "this project"


@dataclass(frozen=True)
class Kind:
    """What is given: its pages, its name as an input here, and how Gradio's route and the file are called."""

    name: str
    page: str  # here
    stock: str  # of the Streamlit page
    route: str  # of the Gradio app
    file: str
    things: str  # what it is, for the table
    warm_s: float  # until as many answers come out as are asked for


PICTURES = Kind("image", "image_recognition", "", "predict", "a.jpg", "pictures", 5.0)
SPEECH = Kind("audio", "speech_recognition", "speech", "hear", "a.flac", "recordings", 20.0)


@dataclass(frozen=True)
class Turn:
    """What came of one turn: answers a minute, and for each second of the processor."""

    a_minute: float
    per_cpu_s: float


@dataclass
class App:
    """One of those measured: its address, its process, and what was seen."""

    name: str
    url: str
    pid: int
    turns: dict[tuple[Kind, int], list[Turn]] = field(default_factory=lambda: defaultdict(list))  # by kind and visitors
    light: list[float] = field(default_factory=list)
    wrong: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)

    def cpu_s(self) -> float:
        """Processor seconds of the app with all its children so far."""
        whole = psutil.Process(self.pid)
        return sum(sum(one.cpu_times()[:2]) for one in [whole, *whole.children(recursive=True)])


@contextmanager
def started(name: str, python: str) -> Iterator[App]:
    """A peer on a free port; it is ready when it answers."""
    port = free_port()
    folder = HERE / f"{name.lower()}_app"
    command = [python, "app.py", str(port)] if name == "Gradio" else [
        python, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true",
        "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"})
    try:
        for _ in range(1200):
            try:
                get(f"127.0.0.1:{port}")
                break
            except OSError:
                time.sleep(0.1)
        yield App(name, f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get(host: str) -> bytes:
    """The first page, over plain HTTP."""
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request("GET", "/")
    body = connection.getresponse().read()
    connection.close()
    return body


def ask_gradio(host: str, data: bytes, kind: Kind) -> str:
    """Upload, ask, and read the stream of events until the answer is there, as Gradio's own client does."""
    mark = uuid.uuid4().hex
    connection = http.client.HTTPConnection(host, timeout=300)
    head = (f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{kind.file}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n")
    connection.request("POST", "/gradio_api/upload", head.encode() + data + f"\r\n--{mark}--\r\n".encode(),
                       {"Content-Type": f"multipart/form-data; boundary={mark}"})
    path = json.loads(connection.getresponse().read())[0]
    asked = json.dumps({"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}]})
    connection.request("POST", f"/gradio_api/call/{kind.route}", asked, {"Content-Type": "application/json"})
    event = json.loads(connection.getresponse().read())["event_id"]
    connection.request("GET", f"/gradio_api/call/{kind.route}/{event}")
    events = connection.getresponse().read().decode()
    connection.close()
    if "event: complete" not in events:
        raise RuntimeError(events[-200:])
    said = json.loads(events.split("event: complete\ndata: ")[1].splitlines()[0])[0]
    return str(said["label"] if isinstance(said, dict) else said)


async def asker(app: App, kind: Kind) -> Callable[[bytes], Awaitable[Seen]]:
    """How one visitor of an app gives it something: what was seen, `said` as far as it can be read."""
    host = app.url.removeprefix("http://")

    async def of_gradio(data: bytes) -> Seen:
        return Seen(said=await asyncio.to_thread(ask_gradio, host, data, kind))

    if app.name == "Gradio":
        return of_gradio
    page = kind.page if app.name == OURS else kind.stock
    visitor = Visitor(app.url)
    await visitor.connect()
    await visitor.open(page)
    return lambda data: visitor.upload(page, data, kind.file, digest({kind.name: data})[:16])
