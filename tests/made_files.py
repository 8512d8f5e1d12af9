"""The odd, broken and hostile files that tests upload; `ODD_FILES()` maps names to bytes.

`odd_*` are right but unusual and must be read, `bad_*` must be refused in a sentence, `others` are
neither a picture nor a recording. How they are made is in `file_makers`.
"""

from __future__ import annotations

import random
import struct
import zlib
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

from file_makers import encoded, film, good_pictures, good_sounds, patched, photo, png, saved, tiff, tone, wav


def orientation(turn: int) -> bytes:
    """An EXIF block that says which way is up."""
    return (b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00" + struct.pack("<HHIHH", 0x112, 3, 1, turn, 0)
            + b"\x00" * 4)


def _modes() -> dict[str, bytes]:
    """The same picture in every mode a format can hold."""
    red, clear = photo(), photo().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    profile = ImageCms.createProfile
    lab = ImageCms.profileToProfile(red, profile("sRGB"), profile("LAB"), outputMode="LAB")
    pairs = (("1", "PNG"), ("1", "TIFF"), ("1", "GIF"), ("1", "BMP"), ("L", "JPEG"), ("L", "PNG"),
             ("L", "WEBP"), ("LA", "PNG"), ("P", "PNG"), ("P", "BMP"), ("P", "TIFF"), ("CMYK", "JPEG"),
             ("CMYK", "TIFF"), ("YCbCr", "TIFF"), ("F", "TIFF"))
    return {
        **{f"{mode.lower()}_{kind.lower()}": saved(red.convert(mode), kind) for mode, kind in pairs},
        **{f"rgba_{kind.lower()}": saved(clear, kind)
           for kind in ("PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF")},
        **{f"exif_{turn}_{kind.lower()}": saved(red, kind, exif=orientation(turn))
           for turn in (3, 6, 99) for kind in ("JPEG", "PNG", "WEBP")},
        "lab_tiff": saved(lab, "TIFF"),
        "palette_trns_png": saved(red.convert("P"), "PNG", transparency=0),
        "grey_trns_png": png(2, 1, 8, 0, (b"tRNS", b"\x00\x07"), rows=b"\x00\x07\x09"),
        "1_bit_trns_png": png(2, 1, 1, 0, (b"tRNS", b"\x00\x01"), rows=b"\x00\x80"),
        "rgb_trns_png": png(2, 1, 8, 2, (b"tRNS", b"\x00\x07" * 3), rows=b"\x00\x07\x07\x07\x09\x09\x09"),
    }


def _deep() -> dict[str, bytes]:
    """Pictures of more than 8 bits."""
    ramp = np.linspace(0, 65535, 2400).reshape(40, 60).astype(np.uint16)
    fractions = np.linspace(-1, 2, 2400, dtype=np.float32).reshape(40, 60)
    fractions[0, :3] = np.nan, np.inf, -np.inf
    whole = np.linspace(-9e6, 9e6, 2400).reshape(40, 60).astype(np.int32)
    return {
        "16_bit_png": saved(Image.fromarray(ramp), "PNG"),
        "16_bit_tiff": saved(Image.fromarray(ramp), "TIFF"),
        "12_bit_in_16_png": saved(Image.fromarray(ramp >> 4), "PNG"),
        "16_bit_rgb_png": png(2, 1, 16, 2, rows=b"\x00" + b"\xff\xff\x00\x00\x80\x00" * 2),
        "nan_tiff": saved(Image.fromarray(fractions), "TIFF"),
        "all_nan_tiff": saved(Image.fromarray(np.full((4, 4), np.nan, np.float32)), "TIFF"),
        "32_bit_tiff": saved(Image.fromarray(whole), "TIFF"),
    }


def odd_pictures() -> dict[str, bytes]:
    """Right but unusual: each must give a picture."""
    red, bomb = photo(), zlib.compress(bytes(2**26))
    frames = {"save_all": True, "append_images": [red, red.rotate(90)]}
    pages = {"save_all": True, "append_images": [red] * 100}
    own_exif = tiff((256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8),
                    (279, 4, 1, 1), (34665, 4, 1, 8))
    return _modes() | _deep() | {
        "progressive_jpeg": saved(red, "JPEG", progressive=True),
        "exif_garbage_jpeg": saved(red, "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage"),
        "icc_garbage_jpeg": saved(red, "JPEG", icc_profile=b"\xff" * 5000),
        "film_after_jpeg": saved(red, "JPEG") + film(sound=False),
        "gap_jpeg": b"\xff\xd8\xff\xff\xff" + saved(red, "JPEG")[2:],
        "icc_bomb_png": png(1, 1, 8, 0, (b"iCCP", b"x\x00\x00" + bomb), rows=b"\x00\x80"),
        "text_bomb_png": png(1, 1, 8, 0, (b"zTXt", b"x\x00\x00" + bomb), rows=b"\x00\x80"),
        "exif_loop_tiff": own_exif,
        "many_pages_tiff": saved(red, "TIFF", **pages),
        "lzw_tiff": saved(red, "TIFF", compression="tiff_lzw"),
        "jpeg_tiff": saved(red, "TIFF", compression="jpeg"),
        "fax_tiff": saved(red.convert("1"), "TIFF", compression="group4"),
        "big_tiff": saved(red, "TIFF", big_tiff=True),
        "animated_gif": saved(red, "GIF", **frames),
        "animated_png": saved(red, "PNG", **frames),
        "animated_webp": saved(red, "WEBP", **frames),
        "one_pixel_png": saved(photo(1, 1), "PNG"),
        "one_pixel_heic": saved(photo(1, 1), "HEIF"),
        "wide_jpeg": saved(photo(16_000, 1), "JPEG"),
        "tall_png": saved(photo(1, 16_000), "PNG"),
        "upside_down_bmp": patched(saved(red, "BMP"), b"BM", 22, struct.pack("<i", -40)),
    }


def _bombs() -> dict[str, bytes]:
    """Small files that ask for much."""
    good, huge = good_pictures(), b"\xff\xff\xff\x7f"
    scan = good["jpeg"][good["jpeg"].index(b"\xff\xda"):-2]
    grey, strip = ((258, 3, 1, 8), (262, 3, 1, 1)), ((273, 4, 1, 8), (279, 4, 1, 1))
    nine = ((256, 4, 1, 9), (257, 4, 1, 9), *grey)
    return {
        "pixels_bomb_png": png(9000, 9000, 1, 0, rows=bytes(1126 * 9000)),
        "claims_bomb_png": png(2**31 - 1, 2**31 - 1, 8, 2),
        "side_bomb_png": png(16_001, 1, 8, 0, rows=bytes(16_002)),
        "pieces_bomb_png": png(1, 1, 8, 0, *[(b"IDAT", b"")] * 200_001, rows=b"\x00\x80"),
        "screen_bomb_gif": patched(good["gif"], b"GIF8", 6, b"\xff\xff\xff\xff"),
        "size_bomb_webp": b"RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00" + b"\xff" * 6,
        "size_lie_webp": patched(good["webp"], b"\x9d\x01\x2a", 3, b"\xff\x3f\xff\x3f"),
        "size_bomb_jpeg": patched(good["jpeg"], b"\xff\xc0", 5, b"\xff\xff\xff\xff"),
        "scans_bomb_jpeg": good["jpeg"][:-2] + scan * 5000 + b"\xff\xd9",
        "size_bomb_bmp": patched(good["bmp"], b"BM", 18, huge * 2),
        "size_bomb_heic": patched(good["heic"], b"ispe", 8, huge[::-1] * 2),
        "size_lie_heic": patched(good["heic"], b"ispe", 8, struct.pack(">II", 6000, 6000)),
        "size_bomb_tiff": tiff((256, 4, 1, 2**31 - 1), (257, 4, 1, 2**31 - 1), *grey, *strip),
        "strips_bomb_tiff": tiff(*nine, (273, 4, 900_000, 8), tail=bytes(4 * 900_000)),
        "count_bomb_tiff": tiff(*nine, (273, 4, 2**32 - 1, 8)),
        "tags_bomb_tiff": tiff(*nine, *((tag, 1, 2**22, 0) for tag in range(700, 4700)), tail=bytes(2**22)),
        "more_tags_bomb_tiff": tiff(*((tag, 1, 2**22, 0) for tag in range(700, 6000)), tail=bytes(2**22)),
    }


def bad_pictures() -> dict[str, bytes]:
    """Broken or hostile: each must give a sentence."""
    good = good_pictures()
    return _bombs() | {
        **{f"{name}_cut_{share}": data[:len(data) * share // 100] for name, data in good.items()
           for share in (5, 50)},
        **{f"{name}_head_only": data[:32] for name, data in good.items()},
        "no_pixels_png": png(0, 0, 8, 0), "no_data_png": png(8, 8, 8, 0),
        "bad_sum_png": patched(good["png"], b"IHDR", 17, b"\x00\x00\x00\x00"),
        "no_height_jpeg": patched(good["jpeg"], b"\xff\xc0", 5, b"\x00\x00"),
        "no_end_jpeg": good["jpeg"][:-2],
        "empty_tiff": tiff(), "nowhere_tiff": b"II*\x00\xff\xff\xff\x7f",
        "noise": random.Random(0).randbytes(5000),
    }


def odd_sounds() -> dict[str, bytes]:
    """Right but unusual: each must give a sound."""
    good, whole, quiet = good_sounds(), tone(), bytes(32_000)
    odd = np.where(np.arange(16_000) % 100 == 0, np.nan, whole).astype("<f4")
    odd[1::100], odd[2::100] = np.inf, -np.inf
    return {
        "nan_wav": wav(odd.tobytes(), tag=3, bits=32),
        "f64_wav": wav(whole.astype("<f8").tobytes(), tag=3, bits=64),
        "loud_float_wav": wav((whole * 32767).astype("<f4").tobytes(), tag=3, bits=32),
        "u8_wav": wav((whole * 127 + 128).astype("u1").tobytes(), bits=8),
        "7_bit_wav": wav(quiet, bits=7), "silence_wav": wav(quiet),
        "no_size_wav": wav(quiet, size=0xFFFFFFFF),
        "short_wav": wav(b"\x01\x00" * 10), "direct_current_wav": wav(b"\xff\x3f" * 9000),
        "24_bit_wav": encoded("pcm_s24le", "wav", 96_000), "8k_wav": encoded("pcm_mulaw", "wav", 8000),
        "64_channels_wav": encoded("pcm_s16le", "wav", 44_100, "64 channels"),
        "192k_flac": encoded("flac", "flac", 192_000), "7_1_flac": encoded("flac", "flac", 48_000, "7.1"),
        "7_1_opus": encoded("libopus", "ogg", 48_000, "7.1"), "chained_ogg": good["ogg_opus"] * 2,
        "5_1_m4a": encoded("aac", "ipod", 48_000, "5.1"), "7_1_m4a": encoded("aac", "ipod", 48_000, "7.1"),
        "mov": encoded("pcm_s16le", "mov", 44_100, "stereo"),
        "half_mp3": good["mp3"][:len(good["mp3"]) // 2], "headless_mp3": good["mp3"][300:],
        "two_rates_mp3": good["mp3"] + encoded("libmp3lame", "mp3", 22_050),
        "tagged_mp3": b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + good["mp3"],
        "holes_mp3": good["mp3"][:3000] + bytes(500) + good["mp3"][3500:],
    }


def bad_sounds() -> dict[str, bytes]:
    """Broken, empty or hostile recordings: each must give a sentence."""
    good, quiet = good_sounds(), bytes(32_000)
    table = patched(good["m4a"], b"stsz", 8, struct.pack(">II", 1, 0x4000000))
    for name, offset in ((b"stts", 12), (b"stsc", 16)):
        table = patched(table, name, offset, struct.pack(">I", 0x4000000))
    return {
        **{f"{name}_head_only": data[:40] for name, data in good.items()},
        "empty_wav": wav(b""), "unknown_codec_wav": wav(quiet, tag=0x7777),
        "one_hertz_wav": wav(quiet, rate=1), "no_hertz_wav": wav(quiet, rate=0),
        "four_gigahertz_wav": wav(quiet, rate=2**32 - 1),
        "no_channels_wav": wav(quiet, channels=0), "999_channels_wav": wav(quiet, channels=999),
        "too_long_wav": wav(bytes(601 * 8000), rate=8000, bits=8),
        "table_bomb_m4a": table, "no_index_m4a": good["m4a"].replace(b"moov", b"xxxx"),
        "empty_flac": good["flac"][:42], "silent_film": film(sound=False),
    }


def others() -> dict[str, bytes]:
    """Files that are neither a picture nor a recording."""
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x"/></svg>'
    return {
        "nothing": b"", "one_byte": b"\x00", "zeros": bytes(4096), "spaces": b" " * 100,
        "text": b"Dear Sir or Madam, " * 20, "utf_16_text": "Grüße aus Köln".encode("utf-16"),
        "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n", "svg": svg,
        "html": b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "json": b'{"a": [1, 2]}',
        "zip": b"PK\x05\x06" + bytes(18), "gzip": b"\x1f\x8b\x08" + bytes(30),
        "program": b"\x7fELF\x02\x01\x01" + bytes(60),
        "midi": b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x00\x60",
        "avif": b"\x00\x00\x00\x1cftypavif" + bytes(40), "psd": b"8BPS\x00\x01" + bytes(40),
        "jxl": b"\xff\x0a" + bytes(40), "ico": b"\x00\x00\x01\x00\x01\x00" + bytes(40),
        "raw_photo": b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(40),
        "dicom": bytes(128) + b"DICM" + bytes(40), "nifti": b"\x5c\x01\x00\x00" + bytes(340) + b"n+1\x00",
        "too_big": b"\xff\xd8\xff" + bytes(25 * 2**20),
    }


@lru_cache(maxsize=1)
def ODD_FILES() -> dict[str, bytes]:
    """All of them: name -> bytes."""
    return {**odd_pictures(), **bad_pictures(), **odd_sounds(), **bad_sounds(), **others()}
