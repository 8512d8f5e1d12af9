"""Turns what a visitor uploaded, bytes from anybody, into an array, within limits; and arrays into previews.

Runs in the worker process, never in the one that draws pages. What a file is, is decided by its
content; its name is never looked at.
"""

from __future__ import annotations

import io
import math
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from demos.errors import BadInput
from demos.file_kinds import kind_of

if TYPE_CHECKING:
    import numpy as np

    from demos.document_files import Document
    from demos.results import Volume

Read = TypeVar("Read")
MAX_UPLOAD_MB = 25  # of 2**20 bytes, as the server counts them
# What decoding may take beside what the process has. Measured: 40 megapixels with transparency as
# WebP need 0.7 GB, ten minutes of sound 0.2 GB; a 9 kB M4A file can ask for many.
PICTURE_MB = 1500
SOUND_MB = 700
SCAN_MB = 1500
PICTURES = "JPEG, PNG, WebP, GIF, BMP, TIFF or HEIC"
SOUNDS = "WAV, MP3, M4A, OGG, FLAC or WebM"
VIDEO_MB = 1200
VIDEOS = "MP4, MOV or WebM, up to 20 seconds"
DOCUMENT_MB = 300
DOCUMENTS = "plain text (.txt, .md) or PDF, up to 2 MB"
SCANS = "JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC, DICOM or NIfTI"


def decode_picture(data: bytes) -> np.ndarray:
    """The picture in a file: `(H, W, 3)` uint8 RGB in its own pixels, upright, on white, first frame.

    Raises BadInput.
    """
    from demos.picture_files import read_picture

    return _decoded(data, read_picture, "picture", PICTURES, PICTURE_MB)


def decode_sound(data: bytes) -> np.ndarray:
    """The sound in a recording or film: `(n,)` float32 mono in [-1, 1] at 16 000 Hz, n at least 1.

    Raises BadInput.
    """
    from demos.sound_files import read_sound

    return _decoded(data, read_sound, "recording", SOUNDS, SOUND_MB)


def decode_video(data: bytes) -> np.ndarray:
    """The pictures of a film: `(n, h, w, 3)` uint8 RGB, five a second, the longer side at most 640 px.

    Raises BadInput.
    """
    from demos.video_files import read_video

    return _decoded(data, read_video, "film", VIDEOS, VIDEO_MB)


def decode_scan(data: bytes, plane: str = "axial", slice: float = 50.0) -> np.ndarray:
    """The picture in a medical file or in any other: `(H, W, 3)` uint8 RGB; of a DICOM its first frame.

    Of a NIfTI volume the slice `slice` per cent of the way through it, across the axis of `plane` ("axial",
    "coronal" or "sagittal"). Raises BadInput.
    """
    def read(raw: bytes) -> np.ndarray:
        kind = kind_of(raw)
        if kind and kind.key == "dicom":
            from demos.scan_files import read_dicom
            return read_dicom(raw)
        if kind and kind.key == "nifti":
            from demos.volume_files import read_slice
            return read_slice(raw, plane, slice)
        if kind is None or kind.family != "picture":
            raise BadInput(f"This is {f'{kind.name}, ' if kind else ''}not a scan or picture that is read here. "
                           f"Please give {SCANS}.")
        from demos.picture_files import read_picture
        return read_picture(raw)

    return _decoded(data, read, "scan", SCANS, SCAN_MB)


def decode_volume(data: bytes) -> Volume:
    """A NIfTI volume, thinned out to at most 96 voxels each way, to be shown. Raises BadInput."""
    def read(raw: bytes) -> Volume:
        from demos.results import Volume
        from demos.volume_files import small_volume
        return Volume(*small_volume(raw))

    if (kind := kind_of(data)) is None or kind.key != "nifti":
        raise BadInput("This is not a volume. Please give a NIfTI file (.nii or .nii.gz).")
    return _decoded(data, read, "volume", "NIfTI", SCAN_MB)


def decode_document(data: bytes) -> Document:
    """The words of a text or PDF file, page by page. Raises BadInput."""
    from demos.document_files import read_document

    return _decoded(data, read_document, "text", DOCUMENTS, DOCUMENT_MB)


_one_at_a_time = threading.Lock()


@contextmanager
def _at_most(megabytes: int) -> Iterator[None]:
    """Let this process take so much more memory; a decoder that wants yet more is told there is none.

    The limit is the process's, so one file is decoded at a time. Linux only: elsewhere there is no limit.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    with _one_at_a_time:
        usual = resource.getrlimit(resource.RLIMIT_AS)  # -1 stands for no limit
        with open("/proc/self/statm") as file:
            room = int(file.read().split()[0]) * resource.getpagesize() + megabytes * 2**20
        lowest = min([room, *(limit for limit in usual if limit >= 0)])
        resource.setrlimit(resource.RLIMIT_AS, (lowest, usual[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, usual)


def _decoded(data: bytes, read: Callable[[bytes], Read], thing: str, accepted: str, megabytes: int) -> Read:
    """What `read` makes of the bytes; whatever goes wrong becomes a sentence."""
    if not data:
        raise BadInput(f"This file is empty. Please give a {thing}: {accepted}.")
    if len(data) > MAX_UPLOAD_MB * 2**20:
        raise BadInput(f"This file has {math.ceil(len(data) / 2**20):,} MB; at most {MAX_UPLOAD_MB} MB are "
                       f"read. Please give a smaller {thing}.")
    try:
        with _at_most(megabytes):
            return read(data)
    except BadInput:
        raise
    except MemoryError:
        raise BadInput(f"This {thing} needs more memory than there is. Please give a smaller one.") from None
    except Exception:  # decoders raise nearly everything on files that were made to break them
        raise BadInput(f"This {thing} is damaged or cut off and could not be read. "
                       f"Please save or send it again, or give another one: {accepted}.") from None


def as_jpeg(image: np.ndarray, max_side: int = 1200, quality: int = 88) -> bytes:
    """A JPEG to show: `(H, W, 3)` uint8 RGB, shrunk to at most `max_side` pixels a side, never enlarged."""
    import numpy as np
    from PIL import Image

    picture = Image.fromarray(np.ascontiguousarray(image, dtype=np.uint8))
    picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=3)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def as_wav(samples: np.ndarray, rate: int = 16_000) -> bytes:
    """A WAV file to play, 16 bit: `(n,)` float mono in [-1, 1] at `rate` samples a second."""
    import wave

    import numpy as np

    whole = np.nan_to_num(np.clip(np.asarray(samples, dtype=np.float32), -1, 1)) * 32767
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(whole).astype("<i2").tobytes())
    return buffer.getvalue()
