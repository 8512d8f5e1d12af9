"""Makes PDF files for tests, plain and hostile, byte by byte, so that nothing but the test decides what is in them."""

from __future__ import annotations

import io
import zlib


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF with these objects, numbered from 1."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, packed: bool = True) -> bytes:
    """A stream object, packed with Flate."""
    if packed:
        data = zlib.compress(data, 9)
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(data), b"/Filter/FlateDecode" if packed else b"", data)


def words(text: str) -> bytes:
    """Instructions that write the lines of a text."""
    lines = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n"))
    return b"BT /F1 12 Tf 14 TL 50 780 Td " + b" ".join(b"(%b) Tj T*" % line.encode("cp1252") for line in lines) + b" ET"


def pdf(*pages: str | bytes, extra: bytes = b"") -> bytes:
    """A PDF whose pages hold these texts, or these instructions."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))
    objects = [b"<</Type/Catalog/Pages 2 0 R%b>>" % extra, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for number, page in enumerate(pages):
        objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
                    % (5 + 2 * number), stream(words(page) if isinstance(page, str) else page)]
    return pdf_of(objects)


def locked(data: bytes, password: str) -> bytes:
    """The same PDF behind a password; with an empty one it opens for everybody."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="other", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def hostile_pdfs() -> dict[str, bytes]:
    """PDFs made to break a reader, none of more than 2 MB."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>"
    font, text = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", stream(words("hello"))
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    fan = [b"<</Type/Pages/Count 9/Kids[%b]>>" % (b"%d 0 R " % (n + 1) * 40) for n in range(6, 12)]
    form = b"<</Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>/Length 12>>\nstream\n/X Do /X Do \nendstream"
    whole = pdf("A good beginning.", "And an end.")
    return {
        "empty": b"", "head_only": b"%PDF-1.7\n", "cut": whole[:len(whole) // 2], "noise_after_head": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "no_pages": pdf_of([catalog, b"<</Type/Pages/Count 0/Kids[]>>"]),
        "count_lies": pdf_of([catalog, b"<</Type/Pages/Count 999999999/Kids[]>>"]),
        "one_page_100000_times": pdf_of([catalog, b"<</Type/Pages/Count 100000/Kids[%b]>>" % (b"3 0 R " * 100_000), page, font, text]),
        "tree_fans_out": pdf_of([catalog, b"<</Type/Pages/Count 9/Kids[7 0 R]>>", page, font, text, page, *fan, page, page]),
        "tree_in_a_circle": pdf_of([catalog, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]),
        "bomb": pdf(b"0" * 300_000_000), "bomb_in_a_bomb": pdf(zlib.compress(b"0" * 100_000_000)),
        "many_instructions": pdf(b"BT /F1 9 Tf (a) Tj ET " * 200_000),
        "deep_brackets": pdf(b"[" * 100_000 + b"BT"), "long_number": pdf(b"1" * 4_000_000 + b" Tf"),
        "forms_in_a_circle": pdf_of([catalog, b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
                                     b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
                                     stream(b"/X Do"), form]),
        "pictures_only": pdf(b"q 100 0 0 100 0 0 cm 0 0 1 rg 0 0 1 1 re f Q"),
        "locked": locked(whole, "secret"),
    }
