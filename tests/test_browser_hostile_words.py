"""Sixty strings of HTML and Markdown as words, rows, names of things, of files and inside files: nothing runs, appears or is fetched."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

import file_makers as makers
import scan_makers as scans
from browsing import Watched, drawn, upload
from demos import get_demo
from hostile_words import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOUND = """() => {
  const roots = [document];
  for (const root of roots) for (const one of root.querySelectorAll('*')) {
    if (one.shadowRoot) roots.push(one.shadowRoot);
    if (one.tagName === 'IFRAME') { try { if (one.contentDocument) roots.push(one.contentDocument); } catch (_) {} }
  }
  const marks = '[data-xss], xss, marquee, embed, object, base, a[href^="javascript"], [src*="xss.invalid"], [href*="xss.invalid"]';
  return [window.hit || 0, roots.flatMap(root => [...root.querySelectorAll(marks)]).map(one => one.outerHTML.slice(0, 200))];
}"""


@pytest.fixture
def quiet(watched: Watched) -> Watched:
    """A page that fails when anything asks for a dialog; what is fetched elsewhere fails at the end."""
    watched.page.on("dialog", lambda dialog: watched.errors.append(f"a dialog: {dialog.message}"))
    return watched


def nothing_happened(page: Any) -> None:
    page.wait_for_timeout(300)  # what was put into the page would run or be asked for now
    assert page.evaluate(FOUND) == [0, []]


def in_pieces(name: str) -> list[str]:
    """All of them in texts that the demo's box takes."""
    pieces, most = [""], get_demo(name).inputs[0].max_chars
    for one in WORDS:
        if len(pieces[-1]) + len(one) + 1 > most:
            pieces.append("")
        pieces[-1] += f"{one}\n"
    return pieces


@pytest.mark.parametrize("name", ["sentiment", "translation"])
def test_as_words(quiet: Watched, name: str) -> None:
    page = quiet.open_demo(name)
    for piece in in_pieces(name):
        before = page.locator(".dl-duel").get_attribute("data-input")
        page.locator("textarea").first.fill(piece)
        page.get_by_role("button", name="Ask both methods").first.click()
        page.wait_for_selector(f".dl-duel:not([data-input='{before}'])", timeout=60_000)
        page.wait_for_selector(".dl-verdict", timeout=60_000)
        nothing_happened(page)


def test_as_rows_and_columns_of_a_table(quiet: Watched) -> None:
    page, out = quiet.open_demo("sentiment"), io.StringIO()
    csv.writer(out).writerows([["text", f"{WORDS[4][:30]}"], *([one, "a good one"] for one in WORDS)])
    page.locator("input[type=file]").last.set_input_files({"name": "texts.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()})
    page.wait_for_selector("[data-testid=stDataFrame]", timeout=60_000)
    nothing_happened(page)


def test_as_passages_that_are_found(quiet: Watched) -> None:
    page = quiet.open_demo("search")
    page.locator("input[type=file]").last.set_input_files(
        {"name": f"{WORDS[4]}.txt", "mimeType": "text/plain", "buffer": "\n\n".join(f"Press here: {one} and wait." for one in WORDS).encode()})
    page.get_by_label("question", exact=False).last.fill(f"press {WORDS[6]}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    nothing_happened(page)


def test_as_names_of_files(quiet: Watched) -> None:
    page = quiet.open_demo("image_recognition")
    for number, one in enumerate(WORDS):
        name = one.replace("/", "∕").replace("\n", " ").replace("\t", " ") + ".jpg"
        before = page.locator(".dl-duel").get_attribute("data-input")
        upload(page, name, makers.saved(makers.photo(100 + number, 90), "JPEG"))
        # Streamlit's file box lets a file fall that comes while the one before is being taken
        page.wait_for_selector(f".dl-duel:not([data-input='{before}'])", timeout=20_000)
        page.wait_for_function("name => document.querySelector('[data-testid=stFileChipName]')?.title === name", arg=name, timeout=20_000)
        page.wait_for_selector(".dl-verdict", timeout=60_000)
        drawn(page)
    nothing_happened(page)


def test_inside_files(quiet: Watched) -> None:
    notes, exif = PngImagePlugin.PngInfo(), Image.Exif()
    for number, one in enumerate(WORDS):
        notes.add_text(f"Comment{number}", one.encode("latin-1", "replace").decode("latin-1"))
        notes.add_itxt(f"Title{number}", one)
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x9286):
        exif[tag] = WORDS[tag % 60]
    page = quiet.open_demo("image_recognition")
    upload(page, "notes.png", makers.saved(makers.photo(), "PNG", pnginfo=notes, exif=exif))
    page.wait_for_selector(".dl-duel:not([data-input^='sample'])", timeout=60_000)
    page.wait_for_selector(".dl-verdict", timeout=60_000)
    nothing_happened(page)
    page = quiet.open_demo("chest_xray")
    scan = scans.dicom((np.arange(200 * 200) % 251).reshape(200, 200).astype(np.uint8), PatientName=WORDS[4][:60], PatientID=WORDS[8][:60],
                       StudyDescription=WORDS[0], InstitutionName=WORDS[5][:60])
    upload(page, "scan.dcm", scan)
    page.wait_for_selector(".dl-duel:not([data-input^='sample'])", timeout=60_000)
    page.wait_for_selector(".dl-card [role=alert], .dl-verdict", timeout=60_000)
    nothing_happened(page)


def test_the_same_words_would_run_in_a_page_that_believes_them(chromium: Any) -> None:
    """Shows that the tests above could fail."""
    page = chromium.new_page()
    page.set_content("".join(f"<div>{one}</div>" for one in (WORDS[4], WORDS[8], WORDS[40])))
    page.wait_for_timeout(500)
    hit, nodes = page.evaluate(FOUND)
    assert hit == 1 and len(nodes) >= 3
    page.close()
