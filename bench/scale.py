"""`python -m bench.scale`: what one visitor costs here, and by arithmetic what 1,000 and 100,000 an hour would; docs/scale.md.

`python -m bench.scale measure` measures anew: processor seconds of every method and of drawing, memory, bytes sent; with
`methods` or `drawing` behind it, that part only. Without a word it writes the tables of docs/scale.md from what was measured.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import psutil

from bench.served import ROOT, Server, browser, served
from demos import demo_folder, get_demo, list_demos
from demos.engine import InlineEngine
from demos.figures import machine, today
from demos.loaded import calm_threads
from demos.samples import sample_inputs
from demos.weights import method_state

MEASURED = ROOT / "bench" / "results" / "scale" / "cost.json"
RUNS = 5
ENOUGH_S = 1.0  # of one question: what takes long is asked fewer times
SESSIONS = 30
FAMILIES = ("classical", "deep")


def measure(parts: list[str]) -> None:
    """Measure these parts, and keep each row as it comes; with date, machine and command."""
    calm_threads()  # before any model library is loaded, as in the worker: threads that spin use seconds for nothing
    said = json.loads(MEASURED.read_text()) if MEASURED.exists() else {"methods": [], "drawing": {}}
    said |= {"date": today(), "machine": machine(), "command": "python -m bench.scale measure"}
    for demo in list_demos() if "methods" in parts else []:
        said["methods"] = [row for row in said["methods"] if row["demo"] != demo.name]
        for row in _methods(demo.name):
            said["methods"].append(row)
            _keep(said)
    if "drawing" in parts:
        said["drawing"] = _drawing()
        _keep(said)


def _keep(said: dict[str, Any]) -> None:
    MEASURED.parent.mkdir(parents=True, exist_ok=True)
    MEASURED.write_text(json.dumps(said, indent=1) + "\n")


# --- one input ------------------------------------------------------------------------------------

def _methods(name: str) -> Iterator[dict[str, Any]]:
    """Processor seconds of one input by method: the answer, the look at what was given, and why (deep only)."""
    import torch  # noqa: F401  (counted to no model: every process that runs models has it)
    import transformers  # noqa: F401

    demo = get_demo(name)
    for family in FAMILIES:
        method = demo.method(family)
        if method_state(method, demo_folder(name)) != "ready":
            continue
        engine = InlineEngine("cpu")  # one for each, so that a model's megabytes are its own
        given = sample_inputs(demo, demo.samples[0])
        wants = ("answer", "look", "explain") if family == "deep" else ("answer",)
        yield {"demo": name, "method": method.key, "family": family,
               **{want: round(_seconds(engine, name, method.key, given, want), 5) for want in wants},
               "megabytes": round(sum(engine.status()["loaded"].values()), 1)}


def _seconds(engine: InlineEngine, demo: str, method: str, given: dict[str, Any], want: Any) -> float:
    """Median processor seconds, all threads together; the first does not count, unless it alone took ENOUGH_S."""
    engine.submit(demo, method, want="load").result()  # and asked once, so that what is read on first use is here
    took: list[float] = []
    while len(took) < RUNS + 1 and sum(took) < ENOUGH_S:
        engine.submit(demo, method, want="forget")
        if want == "explain":  # as on a page: after the answer, whose pass of the network gives some of the views
            engine.submit(demo, method, given).result()
        began = time.process_time()
        engine.submit(demo, method, given, want).result()
        took.append(time.process_time() - began)
    return statistics.median(took[1:] or took)


# --- drawing --------------------------------------------------------------------------------------

def _drawing() -> dict[str, float]:
    """What a page costs the process that draws, beside the models: seconds, megabytes a visitor, bytes sent."""
    with served(wait=False) as server:
        server.wait_until_idle(timeout=900)
        drawing = psutil.Process(server.process.pid)
        _visit(server)
        before, idle_mb = sum(drawing.cpu_times()[:2]), drawing.memory_info().rss / 2**20
        sockets = [_visit(server) for _ in range(SESSIONS)]
        seconds = (sum(drawing.cpu_times()[:2]) - before) / SESSIONS
        mb = (drawing.memory_info().rss / 2**20 - idle_mb) / SESSIONS
        worker_mb = psutil.Process(server.ready()["pid"]).memory_info().rss / 2**20
        first, again = _bytes(server)
        for one in sockets:
            one.close()
    return {"page_seconds": round(seconds, 4), "session_mb": round(mb, 3), "server_mb": round(idle_mb, 1),
            "worker_mb": round(worker_mb, 1), "first_page_mb": round(first / 1e6, 3), "next_page_mb": round(again / 1e6, 3)}


def _visit(server: Server, page: str = "image_recognition") -> Any:
    """Open a page as a browser does, wait until it is drawn, and leave its websocket open."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    socket = connect(f"{server.url.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
    asked = BackMsg()
    asked.rerun_script.page_name = page
    socket.send(asked.SerializeToString())
    while True:
        said = ForwardMsg()
        said.ParseFromString(socket.recv(timeout=60))
        if said.WhichOneof("type") == "script_finished":
            return socket


def _bytes(server: Server) -> tuple[float, float]:
    """Bytes that the network carries to a browser for a visitor's first demo page, and for the next one."""
    with browser() as chromium:
        page = chromium.new_page()
        client, received = page.context.new_cdp_session(page), [0.0]
        client.send("Network.enable")

        def add(number: float) -> None:
            received[0] += number

        client.on("Network.loadingFinished", lambda said: add(said["encodedDataLength"]))
        client.on("Network.webSocketFrameReceived", lambda said: add(len(said["response"]["payloadData"]) * 0.75))
        found = []
        for name in ("image_recognition", "traffic_signs"):
            if found:
                page.get_by_test_id("stSidebarNav").get_by_text(get_demo(name).question, exact=True).click()
                page.get_by_role("heading", level=1, name=get_demo(name).question).wait_for()
            else:
                page.goto(f"{server.url}/{name}")
            page.wait_for_selector(".dl-verdict", timeout=60_000)
            page.wait_for_timeout(3000)
            found.append(received[0] - sum(found))
        return found[0], found[1]


def main() -> None:
    """Measure where that is asked for, then write the tables."""
    from bench.scale_tables import write

    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2:] or ["methods", "drawing"])
    write()


if __name__ == "__main__":
    main()
