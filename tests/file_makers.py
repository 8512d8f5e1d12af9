"""Makes files for tests: pictures, recordings and films of every kind, and by hand what no program writes."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache

import av
import numpy as np
import pillow_heif
from PIL import Image


def photo(width: int = 60, height: int = 40) -> Image.Image:
    """Red and green on the left, blue and yellow on the right."""
    corners = np.array([[[255, 0, 0], [0, 0, 255]], [[0, 160, 0], [250, 250, 20]]], np.uint8)
    return Image.fromarray(corners).resize((width, height), Image.Resampling.NEAREST)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file; kind is Pillow's name of the format, or HEIF."""
    buffer = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(buffer, quality=90, **options)
    else:
        image.save(buffer, kind, **options)
    return buffer.getvalue()


def tone(seconds: float = 1.0, rate: int = 16_000, hz: float = 440.0) -> np.ndarray:
    """`(n,)` float32, half as loud as can be."""
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def encoded(codec: str, container: str, rate: int = 48_000, layout: str = "mono",
            seconds: float = 1.0) -> bytes:
    """A tone as a file; the same in every channel."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout, options={"strict": "-2"})
        stream.codec_context.open()
        channels = stream.codec_context.layout.nb_channels
        samples = tone(seconds, rate).repeat(channels)[None]
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        context = stream.codec_context
        cut = av.AudioResampler(context.format, layout, rate, context.frame_size or 1024)
        for piece in [*cut.resample(frame), *cut.resample(None), None]:
            for packet in stream.encode(piece):
                file.mux(packet)
    return buffer.getvalue()


def silence(hours: int) -> bytes:
    """Hours of nothing as a small FLAC."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="flac") as file:
        stream = file.add_stream("flac", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.int16), format="s16", layout="mono")
        frame.sample_rate = 8000
        for start in range(0, hours * 3600 * 8000, 4096):
            frame.pts = start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return buffer.getvalue()


def film(sound: bool) -> bytes:
    """A second of grey MP4, with or without a tone."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        video = file.add_stream("mpeg4", rate=10)
        video.width = video.height = 32
        audio = file.add_stream("aac", rate=16_000, layout="mono") if sound else None
        for _ in range(10):
            grey = av.VideoFrame.from_ndarray(np.full((32, 32, 3), 128, np.uint8), "rgb24")
            for packet in video.encode(grey):
                file.mux(packet)
        for start in range(0, 16_000 if sound else 0, 1024):
            piece = tone()[None, start:start + 1024].copy()
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
            frame.sample_rate = 16_000
            for packet in audio.encode(frame):
                file.mux(packet)
        for stream in filter(None, (video, audio)):
            for packet in stream.encode(None):
                file.mux(packet)
    return buffer.getvalue()


def wav(samples: bytes, tag: int = 1, channels: int = 1, rate: int = 16_000, bits: int = 16,
        size: int | None = None) -> bytes:
    """A WAV file by hand, so that its header can say anything."""
    size = len(samples) if size is None else size
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", tag, channels, rate, rate * block & 0xFFFFFFFF, block & 0xFFFF, bits)
    return (b"RIFF" + struct.pack("<I", 36 + size & 0xFFFFFFFF) + b"WAVEfmt \x10\x00\x00\x00" + head
            + b"data" + struct.pack("<I", size) + samples)


def png(width: int, height: int, bits: int, colour: int, *chunks: tuple[bytes, bytes],
        rows: bytes = b"") -> bytes:
    """A PNG by hand; `chunks` come before the pixels."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    extra = b"".join(chunk(*each) for each in chunks)
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tiff(*entries: tuple[int, int, int, int], tail: bytes = b"") -> bytes:
    """A TIFF whose only directory holds (tag, type, count, value) entries."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(entries)) + body + b"\x00" * 4 + tail


def patched(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """The file with `value` written `offset` bytes after the first `mark`."""
    at = data.index(mark) + offset
    return data[:at] + value + data[at + len(value):]


@lru_cache(maxsize=1)
def good_pictures() -> dict[str, bytes]:
    """Every kind of picture, small."""
    kinds = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF",
             "heic": "HEIF"}
    return {name: saved(photo(), kind) for name, kind in kinds.items()}


KINDS_OF_SOUND = {
    "wav": ("pcm_s16le", "wav", 16_000), "mp3": ("libmp3lame", "mp3", 44_100, "stereo"),
    "m4a": ("aac", "ipod", 44_100, "stereo"), "ogg_opus": ("libopus", "ogg"),
    "ogg_vorbis": ("vorbis", "ogg", 44_100, "stereo"), "flac": ("flac", "flac"),
    "webm": ("libopus", "webm", 48_000, "stereo"), "aac": ("aac", "adts"),
    "aiff": ("pcm_s16be", "aiff", 44_100, "stereo"), "caf": ("alac", "caf", 44_100),
}


@lru_cache(maxsize=1)
def good_sounds() -> dict[str, bytes]:
    """Every kind of recording: one second."""
    return {**{name: encoded(*kind) for name, kind in KINDS_OF_SOUND.items()}, "mp4_film": film(sound=True)}


@lru_cache(maxsize=1)
def short_sounds() -> dict[str, bytes]:
    """The same, a fifth of a second, for tests that decode thousands."""
    return {name: encoded(*kind, seconds=0.2) for name, kind in KINDS_OF_SOUND.items()}
