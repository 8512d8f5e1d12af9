"""Everything that reads a visitor's bytes: with small valid files to be mutated, and what must hold of what comes out.

Used by the property tests and by the coverage-guided run (tests/fuzz.py).
"""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import file_makers as makers
import scan_makers as scans
import text_makers as texts
from demos.document_files import MOST_CHARACTERS, MOST_PAGES, Document
from demos.errors import BadInput
from demos.inputs import DocumentInput, PictureInput, ScanInput, SoundInput, TableInput, VideoInput, VolumeInput
from demos.machine_failure.record import MOST_FLIGHTS, EngineInput
from demos.picture_files import MAX_MEGAPIXELS, MAX_SIDE
from demos.recommendation.rated import FilmsInput
from demos.series_files import LEAST, MOST, Numbers, SeriesInput
from demos.sound_files import MAX_SOUND_S
from demos.table_files import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, Table
from demos.teach_it.examples import SAMPLES, TaughtInput
from demos.teach_it.kinds import KINDS
from demos.teach_it.taught import MOST as MOST_EXAMPLES
from demos.teach_it.taught import Taught
from demos.teach_sounds.examples import SAMPLES as SOUND_SAMPLES
from demos.teach_sounds.examples import TaughtSoundsInput
from demos.video_files import LONGER_SIDE

LONGEST_S = 12.0  # of the processor's time for one file; the decoders' own limits are between 20 and 30
Seeds = Callable[[], dict[str, bytes]]


@dataclass(frozen=True)
class Reader:
    """One way in: how it reads, valid files, what must hold, and beginnings that bring random bytes past the first check."""

    read: Callable[[bytes], Any]
    seeds: Seeds
    holds: Callable[[Any], bool]
    beginnings: tuple[bytes, ...] = (b"",)
    megabytes: int = 1600


def a_picture(pixels: np.ndarray) -> bool:
    return (pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3 and max(pixels.shape) <= MAX_SIDE
            and 0 < pixels.shape[0] * pixels.shape[1] <= 1e6 * MAX_MEGAPIXELS)


def a_sound(samples: np.ndarray) -> bool:
    return (samples.dtype == np.float32 and samples.ndim == 1 and 0 < len(samples) <= 16_000 * (MAX_SOUND_S + 2)
            and bool(np.isfinite(samples).all()) and float(np.abs(samples).max()) <= 1)


def a_film(frames: np.ndarray) -> bool:
    return frames.dtype == np.uint8 and frames.ndim == 4 and 0 < len(frames) <= 101 and max(frames.shape[1:]) <= LONGER_SIDE


def a_volume(volume: Any) -> bool:
    return max(volume.values.shape) <= 96 and volume.values.size > 0 and all(np.isfinite(s) and s > 0 for s in volume.sizes)


def one_line(text: str) -> bool:
    return all(c.isprintable() for c in text)


def a_table(table: Table) -> bool:
    return (0 < len(table.rows) <= MOST_ROWS and len(table.columns) <= MOST_COLUMNS and 0 <= table.guess() < len(table.columns)
            and all(len(row) == len(table.columns) for row in table.rows)
            and all(len(cell) <= LONGEST_TEXT and one_line(cell) for row in (table.columns, *table.rows) for cell in row))


def a_series(numbers: Numbers) -> bool:
    return (LEAST <= len(numbers.values) <= MOST and bool(np.isfinite(numbers.values).all()) and one_line(numbers.name)
            and 0 < len(numbers.name) <= 60)


def a_record(record: np.ndarray) -> bool:
    return record.dtype == np.float64 and record.shape[1] == 26 and len(record) <= MOST_FLIGHTS and bool(np.isfinite(record).all())


def a_document(document: Document) -> bool:
    whole = "".join(document.pages)
    return (len(document.pages) <= MOST_PAGES and 0 < len(whole) <= MOST_CHARACTERS + 1 and whole.strip() != ""
            and all(c in "\n\t" or c.isprintable() for c in whole))


def a_lesson(taught: Taught) -> bool:
    return (2 <= len(taught.names) <= 5 and max(taught.counts) <= MOST_EXAMPLES and all(map(one_line, taught.names))
            and all(np.isfinite(rows).all() for rows in taught.rows.values()))


def good_scans() -> dict[str, bytes]:
    """Small DICOM and NIfTI files."""
    grey = scans.ramp(8)
    return {"dicom": scans.dicom(), "bytes": scans.dicom(grey), "colours": scans.dicom(np.stack([grey] * 3, axis=-1)),
            "window": scans.dicom(WindowCenter=300, WindowWidth=200), "several": scans.dicom(np.stack([scans.ramp()] * 2), NumberOfFrames=2),
            "dark": scans.dicom(PhotometricInterpretation="MONOCHROME1", RescaleSlope=2, RescaleIntercept=-5)}


def good_volumes() -> dict[str, bytes]:
    """Small NIfTI files, both kinds, packed and not."""
    small = scans.body()[::2, ::2, ::2]
    return {"one": scans.nifti(small), "two": scans.nifti(small, two=True), "packed": scans.nifti(small, packed=True),
            "floats": scans.nifti(small.astype(np.float32)), "flat": scans.nifti(small[:, :, :1])}


def good_tables() -> dict[str, bytes]:
    """Tables of texts as programs write them."""
    rows = [("text", "stars"), *((f"Sentence number {i}, with a comma", str(i % 5)) for i in range(12))]
    return {"commas": "\n".join(f'"{a}",{b}' for a, b in rows).encode(), "tabs": "\n".join("\t".join(row) for row in rows).encode("utf-16"),
            "points": "\r\n".join(";".join(row) for row in rows).encode("cp1252"), "lines": b"one text\nanother text\n\na third"}


def good_series() -> dict[str, bytes]:
    """Columns of numbers as programs write them."""
    numbers = [f"{10 + i % 12 + i / 7:.2f}" for i in range(LEAST + 8)]
    return {"lines": "\n".join(numbers).encode(), "two": "\n".join(f"{i},{n}" for i, n in enumerate(numbers)).encode(),
            "german": "jahr;wert\n".encode() + "\n".join(f"{i};{n}".replace(".", ",") for i, n in enumerate(numbers)).encode()}


def good_records() -> dict[str, bytes]:
    """An engine's record of forty flights."""
    lines = [" ".join(["1", str(flight), *(f"{500 + flight * sensor / 90:.3f}" for sensor in range(24))]) for flight in range(1, 41)]
    return {"spaces": "\n".join(lines).encode(), "commas": "\n".join(line.replace(" ", ",") for line in lines).encode()}


def good_documents() -> dict[str, bytes]:
    """Texts and PDFs."""
    return {"pdf": texts.pdf("A good beginning.\nTwo (small) lines.", "An end."), "text": "# Über\nzwei".encode(),
            "open": texts.locked(texts.pdf("Open to all."), ""), "wide": "wide ✓".encode("utf-16")}


PDF = (b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<", b"")
SAVED = (b"", b"\x10\x00\x00\x00\x00\x00\x00\x00{")
READERS: dict[str, Reader] = {
    "picture": Reader(PictureInput().read, makers.good_pictures, a_picture,
                      (b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*", b"RIFF\x40\x00\x00\x00WEBPVP8 ",
                       b"\x00\x00\x00\x18ftypheic")),
    "sound": Reader(SoundInput().read, makers.short_sounds, a_sound,
                    (b"", b"RIFF\x40\x00\x00\x00WAVEfmt ", b"ID3\x04", b"OggS\x00\x02", b"fLaC\x00", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"caff\x00\x01")),
    "film": Reader(VideoInput().read, lambda: {"film": makers.film(sound=True)}, a_film, (b"", b"\x00\x00\x00\x18ftypisom", b"\x1a\x45\xdf\xa3")),
    "scan": Reader(ScanInput().read, good_scans, a_picture, (b"", bytes(128) + b"DICM", bytes(128) + b"DICM\x02\x00\x00\x00UL\x04\x00")),
    "slice": Reader(lambda raw: ScanInput().read(raw, "coronal", 30.0), good_volumes, a_picture, (b"\x5c\x01\x00\x00",)),
    "volume": Reader(VolumeInput().read, good_volumes, a_volume, (b"\x5c\x01\x00\x00", b"\x1f\x8b\x08")),
    "table": Reader(TableInput().read, good_tables, a_table, (b"", b"text,b\n", b"\xff\xfe"), 300),
    "lines": Reader(lambda raw: TableInput().read(raw, "lines"), good_tables, a_table, (b"",), 300),
    "series": Reader(SeriesInput().read, good_series, a_series, (b"", b"\xfe\xff"), 300),
    "record": Reader(EngineInput().read, good_records, a_record, (b"", b"1 1 "), 300),
    "films": Reader(FilmsInput().read, lambda: {"three": b"tt0111161,tt0068646:3.5 tt0071562:5"}, lambda text: len(text) <= 100_000,
                    (b"", b"tt0111161:"), 300),
    "document": Reader(DocumentInput().read, good_documents, a_document, PDF, 600),
    "lesson": Reader(TaughtInput().read, lambda: {"smiles": small_lesson(f"{SAMPLES}/smiles.safetensors", "pictures")}, a_lesson, SAVED, 300),
    "sounds": Reader(TaughtSoundsInput().read, lambda: {"words": small_lesson(f"{SOUND_SAMPLES}/words.safetensors", "sounds")}, a_lesson, SAVED, 300),
}


@lru_cache(maxsize=2)
def small_lesson(whole: str, of: str) -> bytes:
    """A saved lesson cut to two names with three examples each, so that mutations are quick."""
    from demos.teach_it.heads import FAMILIES, Head
    from demos.teach_it.taught import pack, unpack

    taught = unpack(Path(whole).read_bytes(), KINDS[of])
    some = np.concatenate([np.flatnonzero(taught.labels == label)[:3] for label in range(2)])
    heads = {one: Head(taught.heads[one].weights[:, :2], taught.heads[one].bias[:2]) for one in FAMILIES}
    return pack(Taught(("one", "two"), taught.labels[some], {name: rows[some] for name, rows in taught.kept.items()},
                       {one: taught.rows[one][some] for one in FAMILIES}, heads, of))


def check(reader: Reader, data: bytes) -> bool:
    """Read; whether something came out. Fails for anything but a good value or a sentence, and for taking long."""
    began = time.process_time()
    try:
        value = reader.read(data)
    except BadInput as error:
        said, value = str(error), None
        assert said.endswith(".") and 20 < len(said) < 300 and not re.search(r"[\\<]|0x|Errno|Traceback", said), said
    assert time.process_time() - began < LONGEST_S
    assert value is None or reader.holds(value)
    return value is not None


def peak_mb() -> float:
    """The largest size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
