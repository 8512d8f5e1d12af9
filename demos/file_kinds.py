"""Says what a file is by its first bytes, so that a wrong one can be refused by name."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

Family = str  # "picture", "sound", "video", "medical" or "other"


class Kind(NamedTuple):
    """`key` is short and for code; `family` says what it serves as; `name` is for a visitor."""

    key: str
    family: Family
    name: str


# The bytes a file begins with (a regular expression), and what it then is. The first match counts.
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (rb".{128}DICM", Kind("dicom", "medical", "a DICOM medical picture")),  # first: it may begin as a TIFF does
    # an old one without a beginning: its first element has a short length, or two letters and one
    (rb"\x08\x00[\x00-\x20]\x00([\x02-\x40]\x00\x00\x00|[A-Z]{2}[\x02-\x40]\x00)",
     Kind("dicom", "medical", "a DICOM medical picture")),
    (rb"\xff\xd8\xff", Kind("jpeg", "picture", "a JPEG picture")),
    (rb"\x89PNG\r\n\x1a\n", Kind("png", "picture", "a PNG picture")),
    (rb"GIF8[79]a", Kind("gif", "picture", "a GIF picture")),
    (rb"RIFF....WEBP", Kind("webp", "picture", "a WebP picture")),
    (rb"BM.{12}[\x0c-\x80]\x00\x00\x00", Kind("bmp", "picture", "a BMP picture")),
    (rb"(II\*\x00....|MM\x00\*....)CR", Kind("raw", "other", "a camera's raw file")),
    (rb"II\*\x00|MM\x00\*|II\x2b\x00|MM\x00\x2b", Kind("tiff", "picture", "a TIFF picture")),
    (rb"....ftyp(avif|avis|mif1.{4}(.{4}){0,6}avif)", Kind("avif", "other", "an AVIF picture")),
    (rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1|heif)", Kind("heic", "picture", "a HEIC picture")),
    (rb"....ftypcrx ", Kind("raw", "other", "a camera's raw file")),
    (rb"....ftyp(M4A |M4B |M4P |F4A )", Kind("mp4", "sound", "an M4A recording")),
    (rb"....(ftyp|moov|mdat|wide|free|skip|pnot)", Kind("mp4", "video", "an MP4 or QuickTime film")),
    (rb"\x1a\x45\xdf\xa3", Kind("matroska", "video", "a WebM or Matroska recording")),
    (rb"(RIFF|RF64|RIFX|BW64)....WAVE", Kind("wav", "sound", "a WAV recording")),
    (rb"fLaC", Kind("flac", "sound", "a FLAC recording")),
    (rb"OggS", Kind("ogg", "sound", "an Ogg recording")),
    (rb"FORM....AIF[FC]", Kind("aiff", "sound", "an AIFF recording")),
    (rb"caff\x00\x01", Kind("caf", "sound", "a CAF recording")),
    (rb"#!AMR", Kind("amr", "sound", "an AMR recording")),
    (rb"ID3|\xff[\xe2-\xe5\xf0-\xf5\xf8-\xfd]", Kind("mp3", "sound", "an MP3 or AAC recording")),
    (rb"RIFF....AVI ", Kind("avi", "other", "an AVI film")),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind("asf", "other", "a Windows Media file")),
    (rb"MThd", Kind("midi", "other", "a MIDI file (notes, no sound)")),
    (rb"FLV\x01", Kind("flv", "other", "a Flash film")),
    (rb"\x00\x00\x01[\xba\xb3]|G.{187}G.{187}G", Kind("mpeg", "other", "an MPEG film")),
    (rb".{344}(n\+1|ni1)\x00|.{4}(n\+2|ni2)\x00\r\n\x1a\n", Kind("nifti", "medical", "a NIfTI volume")),
    (rb"\s*%PDF-", Kind("pdf", "other", "a PDF document")),
    (rb"%!PS|\xc5\xd0\xd3\xc6", Kind("eps", "other", "a PostScript document")),
    (rb"8BPS", Kind("psd", "other", "a Photoshop file")),
    (rb"\x00\x00\x01\x00[\x01-\xff]\x00", Kind("ico", "other", "an icon file")),
    (rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", Kind("jp2", "other", "a JPEG 2000 picture")),
    (rb"\xff\x0a|\x00\x00\x00\x0cJXL ", Kind("jxl", "other", "a JPEG XL picture")),
    (rb"v/1\x01", Kind("exr", "other", "an OpenEXR picture")),
    (rb"\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF", Kind("wmf", "other", "a Windows metafile")),
    (rb"PK(\x03\x04|\x05\x06|\x07\x08)", Kind("zip", "other", "a ZIP archive or an Office document")),
    (rb"\x1f\x8b", Kind("gzip", "other", "a compressed archive (gzip)")),
    (rb"BZh[1-9]|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!|\x28\xb5\x2f\xfd",
     Kind("archive", "other", "a compressed archive")),
    (rb".{257}ustar", Kind("tar", "other", "a TAR archive")),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("ole", "other", "an old Office document")),
    (rb"\x7fELF|MZ|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe", Kind("program", "other", "a program")),
    (rb"SQLite format 3\x00", Kind("sqlite", "other", "a database")),
    (rb"\x93NUMPY", Kind("numpy", "other", "a NumPy array")),
    (rb"\x89HDF", Kind("hdf5", "other", "an HDF5 file")),
    (rb"wOF[F2]|\x00\x01\x00\x00\x00|OTTO", Kind("font", "other", "a font")),
)
# The same for text, after a byte order mark and white space.
_WORDS: tuple[tuple[str, Kind], ...] = (
    (r"#EXTM3U|ffconcat|\[playlist\]|file ['\"]|v=0\r?\n|<\?xml.*<(MPD|asx|playlist)|<(MPD|asx)\b",
     Kind("playlist", "other", "a playlist, which only names other files")),
    (r"(<\?xml.*)?(<!DOCTYPE svg|<svg|<!--.*<svg)", Kind("svg", "other", "an SVG drawing")),
    (r"<!DOCTYPE html|<html|<head|<body", Kind("html", "other", "a web page")),
    (r"<\?xml", Kind("xml", "other", "an XML document")),
    (r"\{\\rtf", Kind("rtf", "other", "a text document")),
    (r"[{\[]\s*[\"{\[]", Kind("json", "other", "a JSON file")),
)
_PLAIN = Kind("text", "other", "a text file")


def kind_of(data: bytes) -> Kind | None:
    """What these bytes are, by their beginning alone; None when it is nothing known."""
    head = bytes(data[:1024])
    for magic, kind in _MAGIC:
        if re.match(magic, head, re.DOTALL):
            return _packed_kind(head) or kind if kind.key == "gzip" else kind
    return _text_kind(head)


def _packed_kind(head: bytes) -> Kind | None:
    """A volume when that is what a gzip file begins with: this is how volumes are usually sent."""
    try:
        inside = zlib.decompressobj(wbits=31).decompress(head, 400)
    except zlib.error:
        return None
    found = next((kind for magic, kind in _MAGIC if re.match(magic, inside, re.DOTALL)), None)
    return found if found and found.key == "nifti" else None


def _text_kind(head: bytes) -> Kind | None:
    """What kind of text this is; None when it is no text."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    # the cut may fall inside a character, so errors of the last few bytes are forgiven
    text = head.decode(encoding, errors="ignore").removeprefix("\ufeff").lstrip()
    strange = sum(not (c.isprintable() or c in "\t\n\r\f\x1b") for c in text)
    if not text or strange or len(text.encode(encoding)) < 0.9 * len(head.strip()) - 4:
        return None
    for words, kind in _WORDS:
        if re.match(words, text, re.DOTALL | re.IGNORECASE):
            return kind
    return _PLAIN
