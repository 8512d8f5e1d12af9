"""Takes everything out of an untrusted picture file that is not the picture, before a library sees it.

Metadata is where the traps are: EXIF, text and profiles that unpack to gigabytes, thousands of tags
that each name the whole file, layers of scans that take hours. Nothing of it is needed except which
way is up, and that is read here, from the few bytes that say so.
"""

from __future__ import annotations

import re
import struct

from demos.errors import BadInput

MAX_SCANS = 100  # progressive JPEGs have about ten; each costs a pass over the whole picture
MAX_TILES = 200_000  # strips or tiles of a TIFF: 16 px tiles at 40 megapixels are 157,000
MAX_TAGS = 4096
MAX_PIECES = 200_000  # segments of a JPEG, chunks of a PNG; 25 MB in pieces of 8 kB are 3,200

_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # the next marker that is not part of a scan's data
# TIFF tags that describe the pixels; all others are made empty
_TIFF_KEPT = frozenset((
    254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 284, 290, 291, 292, 293,
    301, 317, 320, 322, 323, 324, 325, 332, 338, 339, 340, 341, 347, 512, 513, 514, 515, 519, 520, 521, 529,
    530, 531, 532))
_TYPE_BYTES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}  # all others: 1
_DNG_VERSION = 50706


def bare_picture(key: str, data: bytes) -> tuple[bytes, int]:
    """The file with its picture alone, and the EXIF orientation (1 to 8; 1 where none or broken).

    `key` is the kind of file (`file_kinds.Kind.key`). Kinds without metadata worth removing, and
    TIFF's orientation, which its reader applies itself, pass as they are. Raises BadInput.
    """
    if key == "jpeg":
        return _bare_jpeg(data)
    if key == "png":
        return _bare_png(data)
    if key == "tiff":
        return _bare_tiff(data), 1
    if key == "webp":
        return data, _webp_orientation(data)
    return data, 1


def _bare_jpeg(data: bytes) -> tuple[bytes, int]:
    """Tables, frame and scans up to the end of the first picture; only the JFIF and Adobe segments stay."""
    kept, orientation, scans, at = [b"\xff\xd8"], 1, 0, 2
    for _ in range(MAX_PIECES):
        found = _MARKER.search(data, at)  # there may be filling before it
        if found is None or data[found.start() + 1] == 0xD9:
            break
        at, marker = found.start(), data[found.start() + 1]
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2:at + 4], "big")
        if marker == 0xE1 and orientation == 1 and data[at + 4:at + 10] == b"Exif\x00\x00":
            orientation = exif_orientation(data[at + 10:end])
        if marker == 0xDA:
            scans += 1
            after = _SCAN_END.search(data, end)
            end = after.start() if after else len(data)
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(data[at:end])
        at = end
    if scans > MAX_SCANS:
        raise BadInput(f"This JPEG is drawn in {scans:,} layers; at most {MAX_SCANS} are read. "
                       "Please save it again with another program.")
    # a file that was cut has no end mark and gets none, so that the reader notices
    return b"".join(kept) + (b"\xff\xd9" if found else b""), orientation


def _bare_png(data: bytes) -> tuple[bytes, int]:
    """The chunks that hold the picture; the first frame where it moves."""
    kept, orientation, at, chunks = [data[:8]], 1, 8, 0
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        end, chunks = at + 12 + length, chunks + 1
        if name == b"eXIf":
            orientation = exif_orientation(data[at + 8:at + 8 + length])
        # an unknown chunk with a capital first letter is critical: the reader must refuse it itself
        if name in _PNG_KEPT or not name[:1].islower():
            kept.append(data[at:end])
        if chunks > MAX_PIECES:
            raise BadInput("This PNG is in too many pieces. Please save it again with another program.")
        if name == b"IEND":
            break
        at = end
    return b"".join(kept), orientation


def _webp_orientation(data: bytes) -> int:
    at = 12
    for _ in range(MAX_TAGS):
        name, length = data[at:at + 4], int.from_bytes(data[at + 4:at + 8], "little")
        if name == b"EXIF":
            return exif_orientation(data[at + 8:at + 8 + length].removeprefix(b"Exif\x00\x00"))
        at += 8 + length + length % 2
        if at + 8 > len(data):
            break
    return 1


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height a WebP file claims; its reader takes memory for them when it opens the file."""
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if data[12:16] == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return None


def exif_orientation(exif: bytes) -> int:
    """The orientation in an EXIF block, 1 to 8; 1 when there is none or the block is broken."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order:
            (at,) = struct.unpack_from(f"{order}L", exif, 4)
            (count,) = struct.unpack_from(f"{order}H", exif, at)
            for index in range(min(count, MAX_TAGS)):
                tag, kind, _, value = struct.unpack_from(f"{order}HHLH", exif, at + 2 + 12 * index)
                if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
                    return value
    except struct.error:
        pass
    return 1


def _bare_tiff(data: bytes) -> bytes:
    """The same file whose first directory names nothing but the pixels, within the file's own length."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"\x2b\x00", b"\x00\x2b")
    count_code, count_at, entry, size = ("Q", 8, "HHQQ", 20) if big else ("H", 4, "HHLL", 12)
    clean, total = bytearray(data), 0
    try:
        (at,) = struct.unpack_from(order + ("Q" if big else "L"), data, count_at)
        (count,) = struct.unpack_from(order + count_code, data, at)
        at += struct.calcsize(order + count_code)
        if count > MAX_TAGS:
            raise BadInput("This TIFF has too many entries. Please save it again as JPEG or PNG.")
        for index in range(count):
            place = at + index * size
            tag, kind, items, _ = struct.unpack_from(order + entry, data, place)
            if tag == _DNG_VERSION:
                raise BadInput("This is a camera's raw file, not a finished picture. "
                               "Please save it as JPEG or PNG first.")
            if tag not in _TIFF_KEPT:
                struct.pack_into(order + entry, clean, place, tag, 1, 1, 0)
                continue
            total += items * _TYPE_BYTES.get(kind, 1)
            if total > len(data) or (tag in (273, 279, 324, 325) and items > MAX_TILES):
                raise BadInput("This TIFF claims more than its size allows. "
                               "Please save it again as JPEG or PNG.")
    except struct.error:
        raise BadInput("This TIFF is damaged or cut off: its list of contents is missing. "
                       "Please save it again as JPEG or PNG.") from None
    return bytes(clean)
