"""`python -m bench.peers --gradio PYTHON --streamlit PYTHON`: this project beside a stock Gradio app and a stock Streamlit page
with the same networks, turn by turn in one run. Writes bench/results/peers.json.

PYTHON is that of an environment with the peer's requirements.txt; without one the peer is left out. Each visitor gives
its next picture or recording, one that nobody gave before, as soon as the last is answered. Here an answer is the whole
page: both methods, what was given, and what the network looked at; of the peers it is five labels, or the words.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import lru_cache
from typing import Any

from bench.__main__ import row, write, write_readme
from bench.load import own_picture, own_speech, pictures
from bench.load_rows import late
from bench.peers.apps import OURS, PICTURES, SPEECH, App, Kind, Turn, asker, get, started
from bench.served import served
from bench.visitor import Seen, Visitor
from demos import get_demo

CLIENTS = {PICTURES: (8, 32), SPEECH: (8,)}  # 32 recordings are a minute of work and more: the queue here refuses what comes beyond
LIGHT = {OURS: "how_kinds", "Streamlit": "", "Gradio": ""}
AGAIN_S = 1.0  # after which a visitor who was refused asks once more


def given(kind: Kind, chance: random.Random) -> tuple[bytes, str]:
    """Something that nobody else gives, and the answer that the network alone gives to it."""
    return own_picture(chance) if kind is PICTURES else (own_speech(chance), spoken())


@lru_cache(maxsize=1)
def spoken() -> str:
    """What is said in the recording."""
    demo = get_demo("speech_recognition")
    return next(sample.expect for sample in demo.samples if sample.expect)


def right(app: App, kind: Kind, seen: Seen, true: str) -> bool:
    """Whether the answer is the one wanted: of words, most of them; of the stock page it cannot be read."""
    if app.name == "Streamlit":
        return bool(seen.whole)
    if kind is PICTURES:
        return seen.said == true if app.name == OURS else bool(seen.said)
    words = set(true.lower().split())
    return len(words & set(seen.said.lower().split())) > len(words) / 2


async def turn(app: App, clients: int, seconds: float, kind: Kind = PICTURES) -> Turn:
    """So many visitors at once, none of whom pauses. The clock runs once all have spread over the queue, for so long."""
    asks = await asyncio.gather(*(asker(app, kind) for _ in range(clients)))
    begin, done, before = time.monotonic() + kind.warm_s, list[float](), app.cpu_s()
    until = begin + seconds

    async def one(number: int, ask: Callable[[bytes], Awaitable[Seen]]) -> None:
        chance = random.Random(f"{app.name} {clients} {number} {time.monotonic()}")
        while time.monotonic() < until:
            data, true = given(kind, chance)
            try:
                seen = await ask(data)
            except Exception as error:
                app.lost.append(f"{type(error).__name__} {error}"[:200])
                return
            if seen.refused:
                app.refused += 1
                await asyncio.sleep(AGAIN_S)
                continue
            app.wrong += not right(app, kind, seen, true)
            done.append(time.monotonic())

    await asyncio.gather(*(one(number, ask) for number, ask in enumerate(asks)))
    in_time = sum(begin < when <= until for when in done)
    return Turn(60 * in_time / seconds, len(done) / max(app.cpu_s() - before, 1e-6))


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
    for kind, clients in ours.turns:
        for app in apps:
            rates = [one.a_minute for one in app.turns[kind, clients]]
            found.append(row(f"{clients} visitors without a pause, {app.name}: {kind.things} a minute", rates, ""))
        for peer in peers:
            pairs = [a.a_minute / max(b.a_minute, 1e-6) for a, b in zip(ours.turns[kind, clients], peer.turns[kind, clients])]
            found.append(row(f"{clients} visitors, {kind.things}, this project against {peer.name}", pairs, "times", "at least 1.5"))
    for app in apps:
        found += [row(f"{kind.things.capitalize()} a processor second, {app.name}, {clients} visitors", [one.per_cpu_s for one in turns], "")
                  for (kind, clients), turns in app.turns.items() if clients == 8]
        found.append(row(f"Page without a model beside 8 who ask, {app.name}, 19 of 20 within", [late(app.light)], "s"))
    return found


async def in_turn(apps: list[App], kind: Kind, turns: int, seconds: float) -> None:
    """One thing for each, so that everything is loaded; then the crowds, app by app."""
    for app in apps:
        await (await asker(app, kind))(given(kind, random.Random(0))[0])
    for _ in range(turns):
        for clients in CLIENTS[kind]:
            for app in apps:
                app.turns[kind, clients].append(await turn(app, clients, seconds, kind))


def main() -> None:
    """Start all and measure them in turn."""
    parser = argparse.ArgumentParser(description="This project beside stock apps.")
    parser.add_argument("--gradio", default="", help="the Python of the Gradio app's environment")
    parser.add_argument("--streamlit", default="", help="the Python of the Streamlit page's environment")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--speech-seconds", type=float, default=60.0)
    parser.add_argument("--speech-turns", type=int, default=1)
    parser.add_argument("--note", default="", help="what else the machine did")
    wanted = parser.parse_args()
    pictures()
    with ExitStack() as stack:
        server = stack.enter_context(served(timeout=900))
        apps = [App(OURS, server.url, server.process.pid)]
        apps += [stack.enter_context(started(name, python)) for name, python in
                 (("Gradio", wanted.gradio), ("Streamlit", wanted.streamlit)) if python]
        asyncio.run(in_turn(apps, PICTURES, wanted.turns, wanted.seconds))
        for app in apps:
            asyncio.run(light_pages(app))
        asyncio.run(in_turn(apps, SPEECH, wanted.speech_turns, wanted.speech_seconds))
    found = rows(apps)
    bad = {name: {app.name: getattr(app, name) for app in apps} for name in ("wrong", "refused", "lost")}
    write("peers", {"rows": found, "command": "python -m bench.peers", "note": wanted.note, **bad,
                    "python": sys.version.split()[0], "median": {app.name: statistics.median(app.light) for app in apps}})
    write_readme()
    for one in found:
        print(one["title"], one["median"], one["unit"], one["goal"])
    print(bad)


if __name__ == "__main__":
    main()
