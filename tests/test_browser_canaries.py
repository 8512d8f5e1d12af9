"""Canaries: files with marks in their names, their metadata, their words and their pixels; none is found anywhere afterwards."""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil
import pytest
from PIL import Image, PngImagePlugin

import file_makers as makers
import scan_makers as scans
import text_makers as texts
from bench.served import served
from browsing import Watched, drawn, upload
from conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def mark(number: int) -> str:
    """A word that stands nowhere else."""
    return f"CaNaRy{number}x{secrets.token_hex(6)}"


def picture(word: str) -> bytes:
    """A PNG with the word in its text, EXIF and GPS, and as a row of pixels."""
    notes, exif = PngImagePlugin.PngInfo(), Image.Exif()
    notes.add_text("Author", word)
    exif[0x013B], exif[0x010E] = word, word
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0), 29: word})
    pixels = np.asarray(makers.photo(120, 90)).copy()
    pixels[40].reshape(-1)[:len(word)] = np.frombuffer(word.encode(), np.uint8)
    return makers.saved(Image.fromarray(pixels), "PNG", pnginfo=notes, exif=exif)


def sound(word: str) -> bytes:
    """An MP3 with the word in its ID3 tag."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as container:
        container.metadata.update(title=word, artist=word)
        stream = container.add_stream("libmp3lame", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray((makers.tone(1.0)[None] * 32767).astype(np.int16), format="s16", layout="mono")
        frame.sample_rate = 16_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return out.getvalue()


def scan(word: str) -> bytes:
    """A DICOM file of a patient of that name."""
    pixels = (np.arange(128 * 128) % 253).reshape(128, 128).astype(np.uint8)
    return scans.dicom(pixels, PatientName=word, PatientID=word, InstitutionName=word)


GIVEN = {  # demo -> (which box, name of the file, its bytes)
    "image_recognition": (0, "{word}.png", picture), "speech_recognition": (0, "{word}.mp3", sound), "chest_xray": (0, "{word}.dcm", scan),
    "sentiment": (-1, "{word}.csv", lambda word: f"text,{word}\n".encode() + b"".join(b"a %s day,%d\n" % (word.encode(), n) for n in range(3))),
    "search": (-1, "{word}.pdf", lambda word: texts.pdf(f"The {word} stands here.", "And ends."))}


@pytest.fixture(scope="module")
def nest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    """The app with a home, a cache and a temporary folder of its own, so that all it leaves lies in one place."""
    folder = tmp_path_factory.mktemp("nest")
    for name in ("home", "tmp", "cache"):
        (folder / name).mkdir()
    with served(app="tests/watched_app.py", wait=False, HOME=str(folder / "home"), TMPDIR=str(folder / "tmp"), LIVE_CACHE=str(folder / "cache"),
                XDG_CACHE_HOME=str(folder / "home"), STREAMLIT_LOGGER_LEVEL="debug") as running:
        running.wait_until(lambda said: said["alive"])
        yield running, folder


def family(pid: int) -> list[int]:
    """The process and all that it started."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def open_files(pid: int) -> set[str]:
    """What the app's processes hold open to write that is no log, pipe or device; a file that was removed at once, too."""
    found = set()
    for one in family(pid):
        for handle in Path(f"/proc/{one}/fd").iterdir():
            try:
                target, flags = os.readlink(handle), int(re.search(r"flags:\s+(\d+)", Path(f"/proc/{one}/fdinfo/{handle.name}").read_text())[1], 8)
            except OSError:
                continue
            if target.startswith("/") and flags & 3 and not target.startswith(("/dev/", "/memfd:")) and not target.endswith("/log"):
                found.add(target)
    return found


def hits(words: list[str], places: list[Path], since: float) -> list[str]:
    """Every file that was written since then and holds one of the words, or is named by one."""
    needle, found = re.compile("|".join(words).encode(), re.IGNORECASE), []
    for place in places:
        for path in [place] if place.is_file() else place.rglob("*"):
            if ".venv" in path.parts or ".git" in path.parts or not path.is_file() or path.stat().st_mtime < since:
                continue
            if needle.search(path.name.encode()) or needle.search(path.read_bytes()):
                found.append(str(path))
    return found


def fly(server: Any, folder: Path, chromium: Any, count: int) -> None:
    """Give `count` canaries, one after the other, and look for them everywhere."""
    began, words, held = folder.stat().st_mtime, [], set()
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(150_000)  # the models of each page are loaded by the first who asks
    for turn, (name, (box, file, make)) in enumerate(GIVEN.items()):
        page = Watched(context.new_page(), server.url).open_demo(name, timeout_s=120)
        for number in range(turn, count, len(GIVEN)):
            words.append(mark(number))
            page.wait_for_timeout(700)  # Streamlit's file box lets a file fall that comes while the one before is being taken
            drawn(page)
            boxes = page.locator("input[type=file]")
            upload(page, file.format(word=words[-1]), make(words[-1]), box=boxes.count() - 1 if box < 0 else box)
            page.locator(f"[data-testid=stFileChipName][title*='{words[-1]}']").first.wait_for()
        page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=120_000)
        held |= open_files(server.process.pid)
        page.close()
    context.close()
    server.wait_until(lambda said: not said["waiting"] and not said["running"])
    assert len(set(words)) == count and not held, held
    places = [server.log, *(folder / name for name in ("home", "tmp", "cache")), ROOT, Path("/tmp/streamlit")]
    assert server.log.stat().st_size > 1000 and hits(words, [place for place in places if place.exists()], began) == []


def test_a_canary_is_found_where_one_is(tmp_path: Path) -> None:
    """Shows that the tests below could fail."""
    word = mark(0)
    for number, (_, file, make) in enumerate(GIVEN.values()):
        if "pdf" not in file:  # whose words are packed
            assert word.encode() in make(word)
        (tmp_path / f"{number}").write_bytes(word.lower().encode())
    (tmp_path / word).touch()
    assert len(hits([word], [tmp_path], 0)) == len(GIVEN) + 1


def test_no_canary_is_left_anywhere(nest: tuple[Any, Path], chromium: Any) -> None:
    fly(*nest, chromium, 15)


def test_of_three_hundred_canaries_none_is_left_anywhere(nest: tuple[Any, Path], chromium: Any) -> None:
    fly(*nest, chromium, 300)
