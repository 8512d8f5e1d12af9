"""Reads the words out of an untrusted text or PDF file, page by page, within limits; nothing in it is followed or run."""

from __future__ import annotations

import io
import logging
import time
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from demos.errors import BadInput
from demos.file_kinds import kind_of

MOST_BYTES = 2 * 2**20
MOST_PAGES = 200
MOST_CHARACTERS = 2_000_000
MOST_SECONDS = 20.0  # for a whole PDF; 200 pages of a book take 6 on one core
UNPACKED = 5_000_000  # bytes of one packed piece of a PDF; a page of words has a few thousand
STEPS = 200_000  # instructions of a page
CONTROLS = 0.01  # share of control characters above which a file is no text
TOO_MUCH = BadInput("This PDF unpacks to far more than it should hold. Please copy its words and paste them.")
ACCEPTED = "Please give plain text (.txt, .md) or a PDF with words in it, up to 2 MB."


@dataclass(eq=False)
class Document:
    """A text by its pages; `numbered` where these are pages of a PDF, `left_out` counts pages that were too many.

    `kept` is for what a method makes of it, such as its meanings, so that it is made once; it goes with the document.
    """

    pages: tuple[str, ...]
    numbered: bool = False
    left_out: int = 0
    kept: dict[Any, Any] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """About as many bytes as it and what is kept with it takes."""
        return sum(map(len, self.pages)) + sum(getattr(value, "nbytes", 100_000) for value in self.kept.values())


def read_document(data: bytes) -> Document:
    """The words of a file's bytes. Raises BadInput."""
    if len(data) > MOST_BYTES:
        raise BadInput(f"This text has more than {MOST_BYTES // 2**20} MB. Please give a shorter one.")
    found = _read_pdf(data) if data[:1024].lstrip().startswith(b"%PDF-") else Document((_text(data),))
    if not any(page.strip() for page in found.pages):
        raise BadInput("This PDF holds no words, perhaps only pictures of pages. Please give one whose words can be marked "
                       "and copied, or plain text." if found.numbered else f"There are no words in it. {ACCEPTED}")
    return found


def _text(data: bytes) -> str:
    """Plain text by its byte order mark, as UTF-8, or as older Windows programs write it."""
    try:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    strange = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and not c.isspace() for c in text[:20_000])
    if "\0" in text or strange > max(CONTROLS * min(len(text), 20_000), 3):
        kind = kind_of(data)
        raise BadInput(f"This is {kind.name if kind and kind.key != 'text' else 'no readable text'}. {ACCEPTED}")
    return clean(text)


def clean(text: str) -> str:
    """Lines without control characters and without marks that turn the direction of writing."""
    lines = "\n".join(text[:MOST_CHARACTERS].splitlines())
    return "".join(c if c in "\n\t" or c.isprintable() else " " * c.isspace() for c in lines)


def _read_pdf(data: bytes) -> Document:
    """The words of a PDF's first pages, in the order in which they were written into it."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the file
    limits = {"zlib_maximum_output_length": UNPACKED, "lzw_maximum_output_length": UNPACKED,
              "run_length_maximum_output_length": UNPACKED, "array_based_stream_maximum_output_length": UNPACKED,
              "stream_parsing_work_maximum_count": STEPS, "page_tree_maximum_entries": 10_000,
              "page_tree_maximum_page_entries": 200_000, "xform_maximum_invocations_per_extraction": 200}
    with warnings.catch_warnings(), pypdf.apply_configuration(**limits):
        warnings.simplefilter("ignore")
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise FileNotDecryptedError
            total = len(reader.pages)
            pages = [*_pages(reader, min(total, MOST_PAGES))]
        except (FileNotDecryptedError, DependencyError):
            raise BadInput("This PDF is locked. Please save it without a password, or copy its words and paste them.") from None
        except LimitReachedError:
            raise TOO_MUCH from None
    if None in pages and not any(pages):
        raise TOO_MUCH
    return Document(tuple(page or "" for page in pages), True, max(0, total - MOST_PAGES))


def _pages(reader: Any, count: int) -> Iterator[str | None]:
    """The words of each page, as long as there is time; None for a page that unpacks to too much, such as a map."""
    from pypdf.errors import LimitReachedError

    end, left = time.monotonic() + MOST_SECONDS, MOST_CHARACTERS

    def watch(*_: Any) -> None:
        if time.monotonic() > end:
            raise BadInput("This PDF takes too long to read. Please give fewer pages, or copy its words and paste them.")

    for number in range(count):
        watch()
        try:
            text = clean(reader.pages[number].extract_text(visitor_operand_before=watch))[:left]
        except LimitReachedError:
            yield None
            continue
        left -= len(text)
        yield text
