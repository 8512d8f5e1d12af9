"""The pages in a real browser: start, page switch, slider, upload to answer, first words, memory."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import psutil
from PIL import Image

from bench.models import Row
from bench.served import ROOT, Server, browser, served
from demos import get_demo
from demos.engine import InlineEngine, set_engine
from demos.media import decode_picture
from demos.samples import sample_inputs
from pages.ui.asks import digest

RUNS = 20
# The clock runs in the page: from the event itself to the first frame in which the condition holds.
CLOCK = """
([event, expression]) => {
  const holds = new Function('return ' + expression);
  window.took = new Promise((done, fail) => { setTimeout(() => fail('waited 60 s for ' + expression), 60000);
    document.addEventListener(event, () => {
    const began = performance.now();
    const look = () => holds() ? done(performance.now() - began) : requestAnimationFrame(look);
    look();
  }, { once: true, capture: true }); });
}
"""


def clock(page: Any, event: str, expression: str, act: Any) -> float:
    """Seconds from an event in the page until an expression holds there."""
    page.evaluate(CLOCK, [event, expression])
    act()
    return page.evaluate("window.took") / 1000


def measure() -> Iterator[Row]:
    """Yield a row for each measurement: title, values, unit, goal."""
    with browser() as chromium:
        yield "Start to first usable page", [_start(chromium) for _ in range(3)], "s", "at most 3"
        began = time.perf_counter()
        with served() as server:
            yield "Start to every demo's models in memory", [time.perf_counter() - began], "s", ""
            page = chromium.new_page(viewport={"width": 1280, "height": 1000})
            yield from _switches(page, server)
            yield from _slider(page, server)
            yield from _uploads(page, server)
            yield from _first_words(page, server)
            yield from _memory(server)


def _start(chromium: Any) -> float:
    page = chromium.new_page()
    began = time.perf_counter()
    with served(wait=False) as server:
        while True:
            try:
                page.goto(server.url, timeout=2000)
                break
            except Exception:  # refused: it is not listening yet
                time.sleep(0.03)
        page.wait_for_selector("[class*=st-key-card_] a")
        took = time.perf_counter() - began
    page.close()
    return took


def _switches(page: Any, server: Server) -> Iterator[Row]:
    questions = [get_demo(name).question for name in ("image_recognition", "speech_recognition")]
    page.goto(f"{server.url}/image_recognition")
    page.wait_for_selector(".dl-verdict", timeout=60_000)
    took = []
    for turn in range(RUNS + 4):
        question = (*questions[::-1], "Home")[turn % 3]
        heading = "Deep Learning, Live" if question == "Home" else question
        link = page.get_by_test_id("stSidebarNav").get_by_text(question, exact=True)
        took.append(clock(page, "click", f"document.querySelector('h1')?.innerText === '{heading}'", link.click))
        page.wait_for_timeout(400)
    yield "Page switch, click to heading", took[4:], "s", "at most 0.25"


def _slider(page: Any, server: Server) -> Iterator[Row]:
    page.goto(f"{server.url}/image_recognition")
    page.get_by_text("Blur", exact=True).click()
    page.wait_for_selector("[data-testid=stPlotlyChart]")
    page.wait_for_timeout(2000)
    slider = page.locator("[data-testid=stSlider] [role=slider], [data-testid=stSlider] input[type=range]").first
    slider.focus()
    shown = "[...document.querySelectorAll('.dl-shown figcaption')].at(-1).innerText"
    took = []
    for turn in range(RUNS + 2):
        before = page.evaluate(shown)
        key = "ArrowRight" if turn % 6 < 3 else "ArrowLeft"
        took.append(clock(page, "keydown", f"{shown} !== {before!r}", lambda: page.keyboard.press(key)))
        page.wait_for_timeout(300)
    yield "Slider, key to new text and chart", took[2:], "s", "at most 0.15"


def photos() -> list[bytes]:
    """640 px photos that no session has seen: the sample, cut out anew each time."""
    demo = get_demo("image_recognition")
    image = Image.fromarray(decode_picture(sample_inputs(demo, demo.samples[0])["image"]))
    found = []
    for n in range(RUNS + 2):
        out = io.BytesIO()
        image.crop((n, n, image.width - n, image.height - n)).resize((640, 426)).save(out, "JPEG", quality=90)
        found.append(out.getvalue())
    return found


def _uploads(page: Any, server: Server) -> Iterator[Row]:
    pictures = photos()
    page.goto(f"{server.url}/image_recognition")
    page.wait_for_selector(".dl-verdict")
    took = []
    for n, data in enumerate(pictures):
        took.append(_upload(page, "image", data, f"{n}.jpg", "image/jpeg", ".dl-answer"))
        page.wait_for_function("document.querySelector('.dl-shown figcaption')?.innerText.startsWith('Your picture')")
        page.wait_for_timeout(700)
    yield "Upload to answer on the page, picture, with the browser", took[2:], "s", "at most 1.0"
    drawn, bare = _without_browser(pictures)
    yield "The same, the bare deep call in process", bare[2:], "s", ""
    yield "The same, engine and page from the upload's arrival to the drawn answer, no browser", drawn[2:], "s", ""
    extra = [with_page - alone for with_page, alone in zip(drawn[2:], bare[2:])]
    yield "What engine and page add to the bare call", extra, "s", "at most 0.06"


def _without_browser(pictures: list[bytes]) -> tuple[list[float], list[float]]:
    """Seconds from an upload's arrival until the page's script has drawn the deep answer to it, and of the
    bare call on the same picture in this process, in turn."""
    from streamlit.testing.v1 import AppTest

    from pages.ui.place import Place

    drawn: list[tuple[float, str]] = []
    draw = Place.html

    def noting(place: Place, body: str) -> None:
        draw(place, body)
        drawn.append((time.perf_counter(), body.split("dl-card deep")[-1]))

    Place.html = noting  # type: ignore[method-assign]
    app = AppTest.from_file(str(ROOT / "pages" / "menu.py"), default_timeout=60).run()
    app.switch_page("image_recognition.py").run()
    model = InlineEngine().load("image_recognition", "deep")
    took, bare = [], []
    for data in pictures:
        image = decode_picture(data)
        began = time.perf_counter()
        model.predict(image=image)
        bare.append(time.perf_counter() - began)
        app.file_uploader[0].upload("photo.jpg", data, "image/jpeg")
        drawn.clear()
        began = time.perf_counter()
        app.run()
        took.append(next(at for at, card in drawn if "dl-answer" in card) - began)
    Place.html = draw  # type: ignore[method-assign]
    set_engine(None)
    return took, bare


def _upload(page: Any, kind: str, data: bytes, name: str, mime: str, wanted: str) -> float:
    """Seconds from the browser's change event until the deep card of this very input shows `wanted`."""
    named = digest({kind: data})[:16]
    shown = f"document.querySelector('.dl-duel[data-input=\"{named}\"] .dl-card.deep {wanted}')"
    one = {"name": name, "mimeType": mime, "buffer": data}
    return clock(page, "change", shown, lambda: page.locator("input[type=file]").first.set_input_files(one))


def _first_words(page: Any, server: Server) -> Iterator[Row]:
    demo = get_demo("speech_recognition")
    long = max((sample_inputs(demo, s)["audio"] for s in demo.samples), key=len)
    page.goto(f"{server.url}/speech_recognition")
    page.wait_for_selector(".dl-verdict", timeout=120_000)
    took = []
    for n in range(5):
        took.append(_upload(page, "audio", long + bytes(n), f"{n}.flac", "audio/flac", ".dl-answer"))
        page.wait_for_selector(".dl-verdict", timeout=120_000)
        page.wait_for_timeout(3000)
    yield "Upload of speech to first words on the page", took, "s", "at most 3"


def _memory(server: Server) -> Iterator[Row]:
    status = server.wait_until(lambda said: not said["running"])
    for title, pid, goal in (("the process that draws", server.process.pid, "under 350"),
                             ("the worker, every demo's models loaded", status["pid"], "")):
        yield f"Memory of {title}", [psutil.Process(pid).memory_info().rss / 2**20], "MB", goal
