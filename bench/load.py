"""`python -m bench.load`: fifty visitors at once, two of them in real browsers, for three minutes; then five and fifty who never
pause, and 200 questions in two seconds. `--minutes 30 --turns 0` is the long form, of the hall alone. Writes bench/results/.

Everything runs on one machine: those who visit take their part of the processor, too.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import threading
import time
from collections import Counter
from functools import lru_cache
from typing import Any

import psutil
from PIL import Image

from bench.__main__ import write, write_readme
from bench.load_rows import KINDS, Log, crowd_rows, hall_rows
from bench.served import HARMLESS, Server, browser, served
from bench.visitor import Seen, Visitor
from demos import get_demo, list_demos
from demos.engine import InlineEngine, LocalEngine
from demos.errors import Busy
from demos.media import decode_picture
from demos.samples import sample_inputs, said
from pages.ui.asks import digest

THINK_S = 20.0
TURN_S = 25.0  # of a crowd that never pauses: fifty answers come in one wave, so a short turn counts one more or less
WARM_S = 10.0  # until a crowd that never pauses has spread over the queue
STAY = 4  # pages that a visitor opens in one tab
LIGHT = ("", "how_neuron", "how_kinds", "questions", "glossary", "ml_vs_dl", "limits", "how_this_works", "where_used")
SHARES = (45, 35, 15, 5)  # of KINDS
CROPS = 24


@lru_cache(maxsize=1)
def pictures() -> list[tuple[bytes, str]]:
    """640 px photos, each with the answer that the network gives to it alone."""
    demo, engine = get_demo("image_recognition"), InlineEngine()
    found = []
    for n in range(CROPS):
        sample = demo.samples[n % len(demo.samples)]
        image = Image.fromarray(decode_picture(sample_inputs(demo, sample)["image"]))
        out = io.BytesIO()
        cut = 2 * (n // len(demo.samples))
        image.crop((cut, cut, image.width - cut, image.height - cut)).resize((640, 426)).save(out, "JPEG", quality=90)
        answer = engine.submit(demo.name, "deep", {"image": out.getvalue()}).result()
        found.append((out.getvalue(), said(answer.result)))
    return found


def own_picture(chance: random.Random) -> tuple[bytes, str]:
    """A photo that nobody else gives, and its true answer."""
    data, answer = chance.choice(pictures())
    return data + chance.randbytes(8), answer  # after the picture's end: another file to everybody, the same pixels


def own_speech(chance: random.Random) -> bytes:
    """A recording that nobody else gives."""
    demo = get_demo("speech_recognition")
    sample = next(sample for sample in demo.samples if sample.expect)
    return sample_inputs(demo, sample)["audio"] + chance.randbytes(8)


class Guest:
    """One visitor: opens pages, thinks, and comes again in a new tab."""

    def __init__(self, url: str, number: int, log: Log) -> None:
        self.url, self.log, self.chance = url, log, random.Random(number)
        self.tab, self.pages, self.given = Visitor(url), 0, {}

    async def stay(self, until: float) -> None:
        """Visit until the time is up; a visit that breaks off is noted, and begun anew."""
        await asyncio.sleep(self.chance.uniform(0, THINK_S))
        while time.monotonic() < until:
            kind = self.chance.choices(KINDS, SHARES)[0]
            try:
                if self.pages % STAY == 0:
                    await self.tab.close()
                    self.tab, self.given = Visitor(self.url), {}
                    await self.tab.connect()
                self.pages += 1
                self.log.seen[kind].append(await self.act(kind))
            except Exception as error:
                self.log.lost.append(f"{kind}: {type(error).__name__} {error}"[:200])
                self.pages = 0
            await asyncio.sleep(self.chance.uniform(THINK_S / 2, 1.5 * THINK_S))
        await self.tab.close()

    async def act(self, kind: str) -> Seen:
        """One page of this kind, to its end."""
        if kind == "light":
            return await self.tab.open(self.chance.choice(LIGHT))
        if kind == "sample":
            demo = self.chance.choice([demo for demo in list_demos() if not demo.name.startswith(("teach_it", "fraud"))])
            sample = self.given.setdefault(demo.name, self.chance.choice(demo.samples).key)
            return await self.tab.open(demo.name, f"sample={sample}", f"sample:{sample}"[:16])
        page = "image_recognition" if kind == "picture" else "speech_recognition"
        await self.tab.open(page)
        data, answer = own_picture(self.chance) if kind == "picture" else (own_speech(self.chance), "")
        wanted = digest({"image" if kind == "picture" else "audio": data})[:16]
        seen = await self.tab.upload(page, data, "mine.bin", wanted)
        self.given[page] = ""
        if kind == "picture" and seen.answer:
            self.log.mixed += seen.said != answer or bool(seen.digests - {wanted})
        self.given.pop(page)
        self.pages = 0  # what was given stays with the tab: the next page is opened in a new one
        return seen


def watch_browser(url: str, number: int, until: float, log: Log) -> None:
    """A real browser that goes from page to page; what its console complains of counts as lost."""
    chance = random.Random(1000 + number)
    demos = [get_demo(name) for name in ("image_recognition", "sentiment", "traffic_signs", "translation")]
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.on("console", lambda said: log.lost.append(f"browser: {said.text[:150]} {said.location.get('url', '')}")
                if said.type == "error" and not HARMLESS.search(said.location.get("url", "")) else None)
        while time.monotonic() < until:
            demo, began = chance.choice(demos), time.perf_counter()
            try:
                page.goto(f"{url}/{demo.name}?sample={chance.choice(demo.samples).key}", timeout=60_000)
                page.wait_for_selector(".dl-verdict", timeout=60_000)
                log.seen["browser"].append(Seen(whole=time.perf_counter() - began))
            except Exception as error:
                log.lost.append(f"browser: {type(error).__name__}")
            page.wait_for_timeout(1000 * chance.uniform(THINK_S / 2, 1.5 * THINK_S))


def watch_memory(server: Server, until: float, log: Log) -> None:
    """What the server, its worker and their children hold together."""
    whole = psutil.Process(server.process.pid)
    while time.monotonic() < until:
        held = 0
        for process in [whole, *whole.children(recursive=True)]:
            try:
                held += process.memory_info().rss
            except psutil.Error:
                pass  # it has just ended
        log.memory_mb.append(held / 2**20)
        time.sleep(1.0)


async def hall(server: Server, visitors: int, minutes: float) -> Log:
    """Visitors who read and think, some of them in browsers, watched for their memory."""
    log, until = Log(), time.monotonic() + 60 * minutes
    threads = [threading.Thread(target=watch_memory, args=(server, until, log)),
               *(threading.Thread(target=watch_browser, args=(server.url, n, until, log)) for n in range(2))]
    for thread in threads:
        thread.start()
    await asyncio.gather(*(Guest(server.url, n, log).stay(until) for n in range(visitors)))
    for thread in threads:
        await asyncio.to_thread(thread.join)
    return log


async def without_pause(url: str, visitors: int, seconds: float, log: Log) -> float:
    """Pictures of their own that so many visitors get answered in a minute, each giving the next one at once.

    The clock runs once all have opened the page and WARM_S have passed, when as many answers come in as go out.
    """
    guests, answered = [Guest(url, 10_000 * visitors + number, log) for number in range(visitors)], []
    for guest in guests:
        await guest.tab.connect()
        await guest.tab.open("image_recognition")
    begin = time.monotonic() + WARM_S

    async def one(guest: Guest) -> None:
        while time.monotonic() < begin + seconds:
            data, answer = own_picture(guest.chance)
            wanted = digest({"image": data})[:16]
            try:
                seen = await guest.tab.upload("image_recognition", data, "mine.bin", wanted)
            except Exception as error:
                log.lost.append(f"without pause: {type(error).__name__} {error}"[:200])
                return
            answered.append(time.monotonic() if seen.answer else 0.0)
            log.mixed += bool(seen.answer) and seen.said != answer
        await guest.tab.close()

    await asyncio.gather(*map(one, guests))
    return 60 * sum(begin < when <= begin + seconds for when in answered) / seconds


def overload() -> dict[str, float]:
    """200 recordings in two seconds straight to the engine: how soon the rest is refused, and when all is normal again."""
    engine, chance = LocalEngine(), random.Random(7)
    try:
        for _ in range(3):  # so that this machine's own seconds are known
            engine.submit("speech_recognition", "deep", {"audio": own_speech(chance)}).result(120)
        sounds, taken, waits = [own_speech(chance) for _ in range(200)], [], []
        began = time.monotonic()
        for n, sound in enumerate(sounds):
            time.sleep(max(0.0, began + n / 100 - time.monotonic()))
            asked = time.perf_counter()
            try:
                taken.append(engine.submit("speech_recognition", "deep", {"audio": sound}))
            except Busy:
                waits.append(time.perf_counter() - asked)
        work = taken[-1].estimate_s or 0.0
        for job in taken:
            job.cancel()
        left = time.monotonic()
        engine.submit("speech_recognition", "deep", {"audio": own_speech(chance)}).result(120)
        return {"taken": len(taken), "refused": len(waits), "refusal_s": max(waits, default=0.0), "work_s": work,
                "normal_s": time.monotonic() - left}
    finally:
        engine.close()


def main() -> None:
    """Run the hall, then without pause, then the overload; write what was seen."""
    parser = argparse.ArgumentParser(description="Many visitors at once.")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--turns", type=int, default=3, help="of 5 and 50 visitors without a pause; with 0 no overload either")
    parser.add_argument("--note", default="", help="what else the machine did")
    wanted = parser.parse_args()
    pictures()
    rates: dict[int, list[float]] = {5: [], 50: []}
    with served(timeout=900) as server:
        log = asyncio.run(hall(server, wanted.visitors, wanted.minutes))
        for _ in range(wanted.turns):
            for count in rates:
                rates[count].append(asyncio.run(without_pause(server.url, count, TURN_S, log)))
        alive = server.process.poll() is None
    short = wanted.minutes == 3
    who = f"{wanted.visitors} visitors" + ("" if short else f" for {wanted.minutes:g} minutes")
    found = [*hall_rows(log, who), *(crowd_rows(rates, overload()) if wanted.turns else ())]
    refused = sum(bool(one.refused) for seen in log.seen.values() for one in seen)
    failed = Counter(one.failed for seen in log.seen.values() for one in seen if one.failed)
    options = ("" if short else f" --minutes {wanted.minutes:g}") + ("" if wanted.turns else " --turns 0")
    write("load" if short else "load_long", {
        "rows": found, "command": f"python -m bench.load{options}", "note": wanted.note, "refused": refused, "failed": failed,
        "pages": {kind: len(seen) for kind, seen in log.seen.items()}, "lost": log.lost[:20], "alive": alive, "without_pause": rates,
        "memory_mb_by_minute": [round(held) for held in log.memory_mb[::60]]})
    write_readme()
    for one in found:
        print(one["title"], one["median"], one["unit"], one["goal"])
    print(refused, "refused", dict(failed), log.lost[:5])


if __name__ == "__main__":
    main()
