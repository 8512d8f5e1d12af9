"""Films: what is read of them, and that odd, broken and hostile ones end in a sentence."""

from __future__ import annotations

import io
from functools import lru_cache

import av
import numpy as np
import pytest

from demos import media
from demos.errors import BadInput
from made_files import ODD_FILES


@lru_cache(maxsize=8)
def drive(seconds: float = 2.0, rate: int = 15, size: tuple[int, int] = (96, 64), codec: str = "mpeg4",
          container: str = "mp4") -> bytes:
    """A film whose pictures grow lighter."""
    buffer, count = io.BytesIO(), int(seconds * rate)
    with av.open(buffer, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for number in range(count):
            light = np.full((size[1], size[0], 3), 20 + 200 * number // count, np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(light, "rgb24")))
        file.mux(stream.encode(None))
    return buffer.getvalue()


def test_five_pictures_a_second_are_read_in_order() -> None:
    frames = media.decode_video(drive())
    assert frames.shape == (10, 64, 96, 3) and frames.dtype == np.uint8
    light = frames.mean(axis=(1, 2, 3))
    assert (np.diff(light) > 10).all() and light[0] < 40


@pytest.mark.parametrize(("codec", "container"), [("mjpeg", "mov"), ("libvpx-vp9", "webm"), ("libx264", "mp4")])
def test_other_ways_of_packing(codec: str, container: str) -> None:
    if codec not in av.codecs_available:
        codec = "mpeg4"
    assert len(media.decode_video(drive(1.0, codec=codec, container=container))) == 5


def test_large_pictures_come_out_small() -> None:
    assert media.decode_video(drive(0.4, 5, (1280, 720))).shape == (2, 360, 640, 3)


def test_a_film_that_is_too_long_is_refused() -> None:
    assert len(media.decode_video(drive(20.0, 5, (32, 32)))) == 100
    with pytest.raises(BadInput, match="longer than 20 seconds"):
        media.decode_video(drive(22.0, 5, (32, 32)))


def test_pictures_that_are_too_large_are_refused_before_decoding() -> None:
    with pytest.raises(BadInput, match="4096 by 2304"):
        media.decode_video(drive(0.4, 5, (4608, 2400)))


def test_a_cut_film_gives_what_is_there_or_a_sentence() -> None:
    whole = drive(4.0, codec="mjpeg", container="matroska")
    half = media.decode_video(whole[:len(whole) // 2])
    assert 5 <= len(half) <= 12
    with pytest.raises(BadInput):
        media.decode_video(drive()[:400])


@pytest.mark.parametrize("name", list(ODD_FILES()))
def test_other_files_end_in_a_film_or_in_a_sentence(name: str) -> None:
    try:
        frames = media.decode_video(ODD_FILES()[name])
    except BadInput as error:
        assert name != "silent_film" and "Please" in str(error) and "/" not in str(error)
    else:
        assert name == "silent_film" and frames.shape == (5, 32, 32, 3)


def test_a_film_that_names_other_files_is_refused() -> None:
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"
    with pytest.raises(BadInput, match="playlist"):
        media.decode_video(playlist)
