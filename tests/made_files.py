"""Makes the files that tests upload: good ones of every kind, and odd, broken and hostile ones.

`good_pictures()`, `good_sounds()` and `ODD_FILES()` map a name, such as "jpeg_cut_half", to bytes.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import lru_cache

import av
import numpy as np
import pillow_heif
from PIL import Image, ImageCms


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


def encoded(codec: str, container: str, rate: int = 48_000, layout: str = "mono", seconds: float = 1.0) -> bytes:
    """A tone as a file; the same in every channel."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout, options={"strict": "-2"})
        stream.codec_context.open()
        channels = stream.codec_context.layout.nb_channels
        frame = av.AudioFrame.from_ndarray(tone(seconds, rate).repeat(channels)[None], format="flt", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        cut = av.AudioResampler(stream.codec_context.format, layout, rate, stream.codec_context.frame_size or 1024)
        for piece in [*cut.resample(frame), *cut.resample(None), None]:
            for packet in stream.encode(piece):
                file.mux(packet)
    return buffer.getvalue()


def film(sound: bool) -> bytes:
    """A second of grey MP4, with or without a tone."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        video = file.add_stream("mpeg4", rate=10)
        video.width = video.height = 32
        audio = file.add_stream("aac", rate=16_000, layout="mono") if sound else None
        for _ in range(10):
            for packet in video.encode(av.VideoFrame.from_ndarray(np.full((32, 32, 3), 128, np.uint8), "rgb24")):
                file.mux(packet)
        for start in range(0, 16_000 if sound else 0, 1024):
            frame = av.AudioFrame.from_ndarray(tone()[None, start:start + 1024].copy(), format="fltp", layout="mono")
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


def png(width: int, height: int, bits: int, colour: int, *chunks: tuple[bytes, bytes], rows: bytes = b"") -> bytes:
    """A PNG by hand; `chunks` come before the pixels."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return (b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*c) for c in chunks) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


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
    kinds = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "heic": "HEIF"}
    return {name: saved(photo(), kind) for name, kind in kinds.items()}


@lru_cache(maxsize=1)
def good_sounds() -> dict[str, bytes]:
    """Every kind of recording: one second."""
    return {
        "wav": encoded("pcm_s16le", "wav", 16_000), "mp3": encoded("libmp3lame", "mp3", 44_100, "stereo"),
        "m4a": encoded("aac", "ipod", 44_100, "stereo"), "ogg_opus": encoded("libopus", "ogg"),
        "ogg_vorbis": encoded("vorbis", "ogg", 44_100, "stereo"), "flac": encoded("flac", "flac"),
        "webm": encoded("libopus", "webm", 48_000, "stereo"), "aac": encoded("aac", "adts"),
        "aiff": encoded("pcm_s16be", "aiff", 44_100, "stereo"), "caf": encoded("alac", "caf", 44_100),
        "mp4_film": film(sound=True),
    }


def _odd_pictures() -> dict[str, bytes]:
    """Right but unusual: each must give a picture."""
    red, clear = photo(), photo().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    deep = Image.fromarray(np.linspace(0, 65535, 2400).reshape(40, 60).astype(np.uint16))
    broken = np.linspace(-1, 2, 2400, dtype=np.float32).reshape(40, 60)
    broken[0, :3] = np.nan, np.inf, -np.inf
    lab = ImageCms.profileToProfile(red, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB")
    odd = {f"{mode.lower()}_{kind.lower()}": saved(red.convert(mode), kind) for mode, kind in (
        ("1", "PNG"), ("1", "TIFF"), ("1", "GIF"), ("1", "BMP"), ("L", "JPEG"), ("L", "PNG"), ("L", "WEBP"), ("LA", "PNG"),
        ("P", "PNG"), ("P", "BMP"), ("P", "TIFF"), ("CMYK", "JPEG"), ("CMYK", "TIFF"), ("YCbCr", "TIFF"), ("F", "TIFF"))}
    odd |= {f"rgba_{kind.lower()}": saved(clear, kind) for kind in ("PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF")}
    odd |= {f"exif_{turn}_{kind.lower()}": saved(red, kind, exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00"
                                                 + struct.pack("<HHIHH", 0x112, 3, 1, turn, 0) + b"\x00" * 4)
            for turn in (3, 6, 99) for kind in ("JPEG", "PNG", "WEBP")}
    frames = [red, red.rotate(90)]
    return odd | {
        "16_bit_png": saved(deep, "PNG"), "16_bit_tiff": saved(deep, "TIFF"), "nan_tiff": saved(Image.fromarray(broken), "TIFF"),
        "12_bit_in_16_png": saved(deep.point(lambda v: v / 16) if False else Image.fromarray(np.asarray(deep) >> 4), "PNG"),
        "16_bit_rgb_png": png(2, 1, 16, 2, rows=b"\x00" + b"\xff\xff\x00\x00\x80\x00" * 2),
        "lab_tiff": saved(lab, "TIFF"), "palette_trns_png": saved(red.convert("P"), "PNG", transparency=0),
        "grey_trns_png": png(2, 1, 8, 0, (b"tRNS", b"\x00\x07"), rows=b"\x00\x07\x09"),
        "1_bit_trns_png": png(2, 1, 1, 0, (b"tRNS", b"\x00\x01"), rows=b"\x00\x80"),
        "rgb_trns_png": png(2, 1, 8, 2, (b"tRNS", b"\x00\x07\x00\x07\x00\x07"), rows=b"\x00" + b"\x07" * 3 + b"\x09" * 3),
        "progressive_jpeg": saved(red, "JPEG", progressive=True), "no_end_jpeg": saved(red, "JPEG")[:-2],
        "exif_garbage_jpeg": saved(red, "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage"),
        "exif_loop_tiff": tiff((256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8),
                               (279, 4, 1, 1), (34665, 4, 1, 8)),
        "film_after_jpeg": saved(red, "JPEG") + film(sound=False), "gap_jpeg": b"\xff\xd8\xff\xff\xff" + saved(red, "JPEG")[2:],
        "icc_garbage_jpeg": saved(red, "JPEG", icc_profile=b"\xff" * 5000), "icc_bomb_png": png(
            1, 1, 8, 0, (b"iCCP", b"x\x00\x00" + zlib.compress(bytes(2**26))), rows=b"\x00\x80"),
        "text_bomb_png": png(1, 1, 8, 0, (b"zTXt", b"x\x00\x00" + zlib.compress(bytes(2**26))), rows=b"\x00\x80"),
        "animated_gif": saved(red, "GIF", save_all=True, append_images=frames), "animated_png": saved(
            red, "PNG", save_all=True, append_images=frames), "animated_webp": saved(
            red, "WEBP", save_all=True, append_images=frames), "many_pages_tiff": saved(
            red, "TIFF", save_all=True, append_images=frames * 50),
        "one_pixel_png": saved(photo(1, 1), "PNG"), "wide_jpeg": saved(photo(16_000, 1), "JPEG"),
        "tall_png": saved(photo(1, 16_000), "PNG"), "one_pixel_heic": saved(photo(1, 1), "HEIF"),
        "upside_down_bmp": patched(saved(red, "BMP"), b"BM", 22, struct.pack("<i", -40)),
        "lzw_tiff": saved(red, "TIFF", compression="tiff_lzw"), "jpeg_tiff": saved(red, "TIFF", compression="jpeg"),
        "fax_tiff": saved(red.convert("1"), "TIFF", compression="group4"), "big_tiff": saved(red, "TIFF", big_tiff=True),
    }


def _bad_pictures() -> dict[str, bytes]:
    """Broken or hostile: each must give a sentence."""
    good = good_pictures()
    scan = good["jpeg"][good["jpeg"].index(b"\xff\xda"):-2]
    bad = {f"{name}_cut_{share}": data[:len(data) * share // 100] for name, data in good.items() for share in (5, 50)}
    bad |= {f"{name}_head_only": data[:32] for name, data in good.items()}
    pixels = ((258, 3, 1, 8), (262, 3, 1, 1))
    return bad | {
        "pixels_bomb_png": png(9000, 9000, 1, 0, rows=bytes(1126 * 9000)), "claims_bomb_png": png(2**31 - 1, 2**31 - 1, 8, 2),
        "side_bomb_png": png(16_001, 1, 8, 0, rows=bytes(16_002)), "no_pixels_png": png(0, 0, 8, 0),
        "no_data_png": png(8, 8, 8, 0), "bad_sum_png": patched(good["png"], b"IHDR", 17, b"\x00\x00\x00\x00"),
        "screen_bomb_gif": patched(good["gif"], b"GIF8", 6, b"\xff\xff\xff\xff"),
        "size_bomb_webp": b"RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00" + b"\xff" * 6,
        "size_lie_webp": patched(good["webp"], b"\x9d\x01\x2a", 3, b"\xff\x3f\xff\x3f"),
        "size_bomb_jpeg": patched(good["jpeg"], b"\xff\xc0", 5, b"\xff\xff\xff\xff"),
        "no_height_jpeg": patched(good["jpeg"], b"\xff\xc0", 5, b"\x00\x00"),
        "scans_bomb_jpeg": good["jpeg"][:-2] + scan * 5000 + b"\xff\xd9",
        "size_bomb_bmp": patched(good["bmp"], b"BM", 18, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"),
        "size_bomb_heic": patched(good["heic"], b"ispe", 8, b"\x7f\xff\xff\xff\x7f\xff\xff\xff"),
        "size_bomb_tiff": tiff((256, 4, 1, 2**31 - 1), (257, 4, 1, 2**31 - 1), *pixels, (273, 4, 1, 8), (279, 4, 1, 1)),
        "strips_bomb_tiff": tiff((256, 4, 1, 9), (257, 4, 1, 9), *pixels, (273, 4, 900_000, 8), tail=bytes(4 * 900_000)),
        "count_bomb_tiff": tiff((256, 4, 1, 9), (257, 4, 1, 9), *pixels, (273, 4, 2**32 - 1, 8)),
        "tags_bomb_tiff": tiff(*((tag, 1, 2**22, 0) for tag in range(700, 6000)), tail=bytes(2**22)),
        "empty_tiff": tiff(), "nowhere_tiff": b"II*\x00\xff\xff\xff\x7f", "noise": random.Random(0).randbytes(5000),
    }


def _bad_sounds() -> dict[str, bytes]:
    """Broken, empty or hostile recordings: each must give a sentence."""
    good = good_sounds()
    bad = {f"{name}_head_only": data[:40] for name, data in good.items()}
    quiet = bytes(32_000)
    table = good["m4a"]
    for name, offset in ((b"stsz", 8), (b"stts", 12), (b"stsc", 16)):
        table = patched(table, name, offset, struct.pack(">I", 0x4000000))
    return bad | {
        "empty_wav": wav(b""), "one_hertz_wav": wav(quiet, rate=1), "no_hertz_wav": wav(quiet, rate=0),
        "four_gigahertz_wav": wav(quiet, rate=2**32 - 1), "no_channels_wav": wav(quiet, channels=0),
        "999_channels_wav": wav(quiet, channels=999), "7_bit_wav": wav(quiet, bits=7), "unknown_codec_wav": wav(quiet, tag=0x7777),
        "too_long_wav": wav(bytes(601 * 8000), rate=8000, bits=8), "silent_film": film(sound=False),
        "table_bomb_m4a": patched(table, b"stsz", 12, struct.pack(">I", 0x4000000)),
        "no_index_m4a": good["m4a"].replace(b"moov", b"xxxx"), "empty_flac": good["flac"][:42],
    }


def _others() -> dict[str, bytes]:
    """Files that are neither a picture nor a recording."""
    return {
        "nothing": b"", "one_byte": b"\x00", "zeros": bytes(4096), "spaces": b" " * 100, "text": b"Dear Sir or Madam, " * 20,
        "utf_16_text": "Grüße aus Köln".encode("utf-16"), "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
        "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "html": b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "zip": b"PK\x05\x06" + bytes(18),
        "gzip": b"\x1f\x8b\x08" + bytes(30), "program": b"\x7fELF\x02\x01\x01" + bytes(60), "json": b'{"a": [1, 2]}',
        "midi": b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60", "avif": b"\x00\x00\x00\x1cftypavif" + bytes(40),
        "psd": b"8BPS\x00\x01" + bytes(40), "jxl": b"\xff\x0a" + bytes(40), "ico": b"\x00\x00\x01\x00\x01\x00" + bytes(40),
        "dicom": bytes(128) + b"DICM" + bytes(40), "nifti": b"\x5c\x01\x00\x00" + bytes(340) + b"n+1\x00",
        "too_big": b"\xff\xd8\xff" + bytes(25 * 2**20), "raw_photo": b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(40),
    }


@lru_cache(maxsize=1)
def _odd_sounds() -> dict[str, bytes]:
    """Right but unusual: each must give a sound."""
    good, whole = good_sounds(), tone()
    odd = np.where(np.arange(16_000) % 100 == 0, np.nan, whole).astype("<f4")
    odd[1::100], odd[2::100] = np.inf, -np.inf
    return {
        "nan_wav": wav(odd.tobytes(), tag=3, bits=32), "f64_wav": wav(whole.astype("<f8").tobytes(), tag=3, bits=64),
        "u8_wav": wav((whole * 127 + 128).astype("u1").tobytes(), bits=8), "24_bit_wav": encoded("pcm_s24le", "wav", 96_000),
        "loud_float_wav": wav((whole * 32767).astype("<f4").tobytes(), tag=3, bits=32), "direct_current_wav": wav(b"\xff\x3f" * 9000),
        "no_size_wav": wav(bytes(32_000), size=0xFFFFFFFF), "short_wav": wav(b"\x01\x00" * 10), "silence_wav": wav(bytes(32_000)),
        "64_channels_wav": encoded("pcm_s16le", "wav", 44_100, "64 channels"), "8k_wav": encoded("pcm_mulaw", "wav", 8000),
        "192k_flac": encoded("flac", "flac", 192_000), "7_1_opus": encoded("libopus", "ogg", 48_000, "7.1"),
        "7_1_flac": encoded("flac", "flac", 48_000, "7.1"), "5_1_m4a": encoded("aac", "ipod", 48_000, "5.1"),
        "half_mp3": good["mp3"][:len(good["mp3"]) // 2], "headless_mp3": good["mp3"][300:], "chained_ogg": good["ogg_opus"] * 2,
        "two_rates_mp3": good["mp3"] + encoded("libmp3lame", "mp3", 22_050), "tagged_mp3": b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + good["mp3"],
        "holes_mp3": good["mp3"][:3000] + b"\x00" * 500 + good["mp3"][3500:], "mov": encoded("pcm_s16le", "mov", 44_100, "stereo"),
    }


@lru_cache(maxsize=1)
def ODD_FILES() -> dict[str, bytes]:
    """All of them: name -> bytes."""
    return {**_odd_pictures(), **_bad_pictures(), **_odd_sounds(), **_bad_sounds(), **_others()}
