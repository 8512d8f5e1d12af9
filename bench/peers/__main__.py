"""`python -m bench.peers --gradio PYTHON --streamlit PYTHON`: this project beside a stock Gradio app and a stock Streamlit page
with the same network, turn by turn in one run. Writes bench/results/peers.json.

PYTHON is that of an environment with the peer's requirements.txt; without one the peer is left out. Each visitor gives
its next picture, one that nobody gave before, as soon as the last is answered. Here an answer is the whole page: both
methods, what was given, and what the network looked at; of the peers it is five labels.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.__main__ import row, write, write_readme
from bench.load import own_picture, pictures
from bench.load_rows import late
from bench.served import free_port, served
from bench.visitor import Visitor
from pages.ui.asks import digest

HERE = Path(__file__).resolve().parent
CLIENTS = (8, 32)
LIGHT = {"this project": "how_kinds", "Streamlit": "", "Gradio": ""}


@dataclass
class App:
    """One of those measured: its address, its process, and what was seen."""

    name: str
    url: str
    pid: int
    rates: dict[int, list[float]] = field(default_factory=lambda: {n: [] for n in CLIENTS})
    per_cpu: dict[int, list[float]] = field(default_factory=lambda: {n: [] for n in CLIENTS})
    light: list[float] = field(default_factory=list)
    wrong: int = 0

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


def ask_gradio(host: str, data: bytes) -> str:
    """Upload, ask, and read the stream of events until the answer is there, as Gradio's own client does."""
    mark = uuid.uuid4().hex
    connection = http.client.HTTPConnection(host, timeout=120)
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    connection.request("POST", "/gradio_api/upload", head.encode() + data + f"\r\n--{mark}--\r\n".encode(),
                       {"Content-Type": f"multipart/form-data; boundary={mark}"})
    path = json.loads(connection.getresponse().read())[0]
    asked = json.dumps({"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}]})
    connection.request("POST", "/gradio_api/call/predict", asked, {"Content-Type": "application/json"})
    event = json.loads(connection.getresponse().read())["event_id"]
    connection.request("GET", f"/gradio_api/call/predict/{event}")
    events = connection.getresponse().read().decode()
    connection.close()
    if "event: complete" not in events:
        raise RuntimeError(events[-200:])
    return str(json.loads(events.split("event: complete\ndata: ")[1].splitlines()[0])[0]["label"])


async def asker(app: App) -> Callable[[bytes], Awaitable[bool | str]]:
    """How one visitor of an app gives it a picture; the answer where it can be read."""
    host = app.url.removeprefix("http://")
    if app.name == "Gradio":
        return lambda data: asyncio.to_thread(ask_gradio, host, data)
    page = "image_recognition" if app.name == "this project" else ""
    visitor = Visitor(app.url)
    await visitor.connect()
    await visitor.open(page)

    async def ask(data: bytes) -> bool | str:
        seen = await visitor.upload(page, data, "a.jpg", digest({"image": data})[:16])
        return seen.said if page else bool(seen.whole)

    return ask


async def turn(app: App, clients: int, seconds: float) -> None:
    """So many visitors at once for so long, none of whom pauses."""
    asks = await asyncio.gather(*(asker(app) for _ in range(clients)))
    until, answered, before = time.monotonic() + seconds, 0, app.cpu_s()

    async def one(number: int, ask: Callable[[bytes], Awaitable[bool | str]]) -> None:
        nonlocal answered
        chance = random.Random(f"{app.name} {clients} {number} {time.monotonic()}")
        while time.monotonic() < until:
            data, true = own_picture(chance)
            said = await ask(data)
            app.wrong += not said or (app.name == "this project" and said != true)
            answered += time.monotonic() <= until

    await asyncio.gather(*(one(number, ask) for number, ask in enumerate(asks)))
    app.rates[clients].append(60 * answered / seconds)
    app.per_cpu[clients].append(answered / max(app.cpu_s() - before, 1e-6))


async def light_pages(app: App, count: int = 20) -> None:
    """Seconds of a page that asks no model, while eight visitors ask for pictures."""
    busy = asyncio.create_task(turn(app, 8, 15.0))
    await asyncio.sleep(2.0)
    for _ in range(count):
        began = time.perf_counter()
        if app.name == "Gradio":
            await asyncio.to_thread(get, app.url.removeprefix("http://"))
        else:
            visitor = Visitor(app.url)
            await visitor.connect()
            await visitor.open(LIGHT[app.name])
            await visitor.close()
        app.light.append(time.perf_counter() - began)
    await busy


def rows(apps: list[App]) -> list[dict[str, Any]]:
    """The table's lines; ratios are of turns that followed each other."""
    ours, *peers = apps
    found = []
    for clients in CLIENTS:
        for app in apps:
            found.append(row(f"{clients} visitors without a pause, {app.name}: pictures a minute", app.rates[clients], ""))
        for peer in peers:
            pairs = [a / max(b, 1e-6) for a, b in zip(ours.rates[clients], peer.rates[clients])]
            found.append(row(f"{clients} visitors, this project against {peer.name}", pairs, "times", "at least 1.5"))
    for app in apps:
        found.append(row(f"Pictures a processor second, {app.name}, 8 visitors", app.per_cpu[8], ""))
        found.append(row(f"Page without a model beside 8 who ask, {app.name}, 19 of 20 within", [late(app.light)], "s"))
    return found


def main() -> None:
    """Start all, warm them up, and measure them in turn."""
    parser = argparse.ArgumentParser(description="This project beside stock apps.")
    parser.add_argument("--gradio", default="", help="the Python of the Gradio app's environment")
    parser.add_argument("--streamlit", default="", help="the Python of the Streamlit page's environment")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--note", default="", help="what else the machine did")
    wanted = parser.parse_args()
    pictures()
    with ExitStack() as stack:
        server = stack.enter_context(served(timeout=900))
        apps = [App("this project", server.url, server.process.pid)]
        apps += [stack.enter_context(started(name, python)) for name, python in
                 (("Gradio", wanted.gradio), ("Streamlit", wanted.streamlit)) if python]
        for app in apps:
            asyncio.run(warm(app))
        for _ in range(wanted.turns):
            for clients in CLIENTS:
                for app in apps:
                    asyncio.run(turn(app, clients, wanted.seconds))
        for app in apps:
            asyncio.run(light_pages(app))
    found = rows(apps)
    write("peers", {"rows": found, "command": "python -m bench.peers", "note": wanted.note,
                    "wrong": {app.name: app.wrong for app in apps}, "python": sys.version.split()[0],
                    "median": {app.name: statistics.median(app.light) for app in apps}})
    write_readme()
    for one in found:
        print(one["title"], one["median"], one["unit"], one["goal"])
    print({app.name: app.wrong for app in apps}, "wrong")


async def warm(app: App) -> None:
    """One picture, so that everything is loaded."""
    await (await asker(app))(own_picture(random.Random(0))[0])


if __name__ == "__main__":
    main()
