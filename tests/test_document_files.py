"""Texts and PDFs that visitors give: what is read, and what hostile files come to."""

from __future__ import annotations

import time

import psutil
import pytest

import text_makers as makers
from demos.document_files import MOST_PAGES, Document
from demos.errors import BadInput
from demos.inputs import DocumentInput
from made_files import ODD_FILES

HOSTILE = makers.hostile_pdfs()


def read(data: bytes) -> Document:
    return DocumentInput().read(data)


@pytest.mark.parametrize("data, text", [
    (b"A plain text.", "A plain text."), ("# Über\r\nzwei\rdrei".encode(), "# Über\nzwei\ndrei"),
    ("\ufeffmarked".encode(), "marked"), ("wide ✓".encode("utf-16"), "wide ✓"), ("na\xefve caf\xe9".encode("cp1252"), "naïve café"),
    (b"<b>bold</b> &amp; [x](http://a.example)", "<b>bold</b> &amp; [x](http://a.example)"), (b"OTTO and MZ", "OTTO and MZ"),
    ("\u202eturned\u202c \u200fback \x07bell".encode(), "turned back bell"), (b"#EXTM3U\nhttp://a.example/x", "#EXTM3U\nhttp://a.example/x")])
def test_plain_texts_are_read_as_they_are(data: bytes, text: str) -> None:
    assert read(data).pages == (text,) and not read(data).numbered


def test_a_pdf_is_read_page_by_page() -> None:
    found = read(makers.pdf("The first page.\nIt has (two) lines.", "Naïve café on the second."))
    assert found.numbered and found.left_out == 0 and len(found.pages) == 2
    assert found.pages[0].split() == "The first page. It has (two) lines.".split()
    assert "Naïve café" in found.pages[1] and found.nbytes > 40
    assert read(b"\n\n " + makers.pdf("Shifted.")).pages[0].strip() == "Shifted."


def test_a_pdf_that_opens_without_a_password_is_read_and_too_many_pages_are_counted() -> None:
    assert "good beginning" in read(makers.locked(makers.pdf("A good beginning."), "")).pages[0]
    many = read(makers.pdf(*["Page."] * (MOST_PAGES + 30)))
    assert len(many.pages) == MOST_PAGES and many.left_out == 30


def test_what_a_pdf_would_do_is_not_done() -> None:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</O<</S/Launch/F(/bin/true)>>>>"
    assert read(makers.pdf("Only words.", extra=action)).pages[0].strip() == "Only words."


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pdfs_end_in_a_sentence_soon_and_in_little_memory(name: str) -> None:
    began, before = time.process_time(), psutil.Process().memory_info().rss
    try:
        found = read(HOSTILE[name])
        assert len(found.pages) <= MOST_PAGES and sum(map(len, found.pages)) <= 2_000_000
    except BadInput as error:
        assert 40 < len(str(error)) < 220 and "Please" in str(error) and "/" not in str(error).replace("and/or", "")
    assert time.process_time() - began < 25
    assert psutil.Process().memory_info().rss - before < 400e6
    if name in ("empty", "head_only", "bomb", "pictures_only", "no_pages", "deep_brackets"):
        with pytest.raises(BadInput):
            read(HOSTILE[name])


@pytest.mark.parametrize("name, said", [("locked", "without a password"), ("bomb", "unpacks to far more"),
                                        ("pictures_only", "holds no words"), ("empty", "is empty")])
def test_the_reason_is_named(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(HOSTILE[name])


@pytest.mark.parametrize("name", sorted(ODD_FILES()))
def test_files_of_other_kinds_are_refused_or_read_as_words(name: str) -> None:
    try:
        found = read(ODD_FILES()[name])
        assert all(c.isprintable() or c in "\n\t" for page in found.pages for c in page)
    except BadInput as error:
        assert "Please" in str(error) and len(str(error)) < 220


@pytest.mark.parametrize("data", [b"   \n", b"\x00\x01\x02", b"a\x00b", b"\x89PNG\r\n\x1a\n" + bytes(300), b"\xff\xfe\x00",
                                  b"x" * (2 * 2**20 + 1), b"PK\x03\x04" + bytes(60)])
def test_what_is_no_text_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput, match="Please give"):
        read(data)
