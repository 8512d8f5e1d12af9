"""Uploads made to do harm: playlists, bombs, broken bytes; none makes a request, a crash or a hang."""

from __future__ import annotations

import contextlib
import http.server
import io
import random
import resource
import subprocess
import sys
import threading
import time

import av
import pytest
from PIL import Image

import file_makers as makers
import made_files as made
from conftest import ROOT
from demos import media, sound_files
from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.media import decode_picture, decode_sound
from test_media import PICTURES, SOUNDS, check_picture, check_sound, refusal

@pytest.fixture
def asked():
    """A server on loopback and the list of what it was asked for."""
    paths: list[str] = []

    class Recorder(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


class Named(bytes):
    """Bytes that claim a name, as an upload does."""

    name = "list.m3u8"


PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n",
    "hls_of_a_file": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{file}\n#EXT-X-ENDLIST\n",
    "hls_of_lists": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{url}\n",
    "concat": "ffconcat version 1.0\nfile '{file}'\nfile '{url}'\n", "bare_concat": "file '{file}'\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="x"><Period>'
            '<AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="1"><BaseURL>'
            '{url}</BaseURL>'
            "</Representation></AdaptationSet></Period></MPD>",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n",
    "pls": "[playlist]\nFile1={url}\n",
    "asx": '<asx><entry><ref href="{url}"/></entry></asx>',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
}


BEFORE = {"nothing": b"", "a_line": b"\n", "a_mark": b"\xef\xbb\xbf", "a_frame": b"\xff\xfb",
          "a_tag": b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_is_never_followed(kind, before, asked, tmp_path):
    address, paths = asked
    secret = tmp_path / "secret.wav"
    secret.write_bytes(SOUNDS["wav"])
    text = PLAYLISTS[kind].format(url=f"http://{address}/a.ts", file=secret)
    for decode in (decode_sound, decode_picture):
        refusal(decode, Named(BEFORE[before] + text.encode()))
    assert paths == []


@pytest.mark.parametrize("kind", ["", "mp4", "wav", "ogg"])
@pytest.mark.parametrize("playlist", PLAYLISTS)
def test_ffmpeg_itself_is_closed_too(playlist, kind, asked, tmp_path):
    address, paths = asked
    text = PLAYLISTS[playlist].format(url=f"http://{address}/a.ts", file=tmp_path / "a.wav")
    with pytest.raises((av.error.FFmpegError, BadInput)):
        sound_files._open(text.encode(), kind)
    assert paths == []


@pytest.mark.parametrize("playlist", ["hls", "hls_of_lists"])
def test_the_same_playlist_is_followed_when_nothing_is_closed(playlist, asked):
    """Shows that the tests above could fail."""
    address, paths = asked
    upload = io.BytesIO(PLAYLISTS[playlist].format(url=f"http://{address}/a.ts", file="x").encode())
    upload.name = "list.m3u8"
    with contextlib.suppress(av.error.FFmpegError):
        av.open(upload, timeout=5)
    assert paths


@pytest.mark.parametrize(("playlist", "format"), [("hls", "hls"), ("hls_of_lists", "hls"), ("concat", "concat"),
                                                  ("hls_of_a_file", "hls"), ("bare_concat", "concat")])
def test_a_format_that_opens_files_gets_none(playlist, format, asked, tmp_path, monkeypatch):
    """Even if such a format were on the list, or one on the list learnt to open files."""
    address, paths = asked
    (tmp_path / "a.wav").write_bytes(SOUNDS["wav"])
    text = PLAYLISTS[playlist].format(url=f"http://{address}/a.ts", file=tmp_path / "a.wav")
    monkeypatch.setitem(sound_files.FORMATS, "mp4", format)
    with pytest.raises((av.error.FFmpegError, PermissionError, BadInput)):
        sound_files._open(text.encode(), "mp4")
    assert paths == []


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed, a piece lost or added, or its end cut off."""
    kind, at = chance.random(), chance.randrange(len(data))
    if kind < 0.15:
        return data[:at]
    if kind < 0.25:
        return data[:at] + data[at + chance.randrange(1, 200):]
    if kind < 0.35:
        return data[:at] + chance.randbytes(chance.randrange(1, 64)) + data[at:]
    changed, reach = bytearray(data), chance.choice((len(data), min(len(data), 400)))
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(reach)
        values = (b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff", chance.randbytes(4))
        changed[at:at + 4] = chance.choice(values) if chance.random() < 0.5 else changed[at:at + 4]
        changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("name", [*PICTURES, "jpeg_tiff", "rgba_webp", "wav", "mp3", "m4a", "ogg_opus",
                                  "flac", "webm"])
def test_broken_bytes_give_an_array_or_a_sentence(name):
    whole = PICTURES.get(name) or made.ODD_FILES().get(name) or makers.short_sounds()[name]
    picture = kind_of(whole).family == "picture"
    decode, check = (decode_picture, check_picture) if picture else (decode_sound, check_sound)
    chance = random.Random(name)
    cuts = [whole[:len(whole) * part // 40] for part in range(1, 40)]
    for data in [*cuts, *(_mutated(whole, chance) for _ in range(200))]:
        began = time.monotonic()
        with contextlib.suppress(BadInput):
            check(decode(data))
        assert time.monotonic() - began < 5


def _peak_mb(decode: str, data: bytes, tmp_path) -> float:
    """The largest size of a process of its own that decodes the file and is refused, or is not."""
    (tmp_path / "upload").write_bytes(data)
    code = ("import sys, contextlib, re; from demos import media, errors\n"
            f"with contextlib.suppress(errors.BadInput): media.{decode}(open(sys.argv[1], 'rb').read())\n"
            "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])")
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "upload"], cwd=ROOT, capture_output=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout) / 1024


def test_hours_of_silence_stay_small(tmp_path):
    data = makers.silence(hours=3)
    assert len(data) < 3 * 2**20
    assert "10 minutes" in refusal(decode_sound, data)
    assert _peak_mb("decode_sound", data, tmp_path) < 300


@pytest.mark.parametrize("name", ["pixels_bomb_png", "icc_bomb_png", "text_bomb_png", "size_bomb_webp",
                                  "screen_bomb_gif", "tags_bomb_tiff", "count_bomb_tiff", "size_bomb_heic"])
def test_picture_bombs_stay_small(name, tmp_path):
    assert _peak_mb("decode_picture", made.ODD_FILES()[name], tmp_path) < 200


def test_a_table_for_gigabytes_meets_the_limit(tmp_path):
    assert _peak_mb("decode_sound", made.ODD_FILES()["table_bomb_m4a"], tmp_path) < 600


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK"])
def test_forty_megapixels_fit(mode, tmp_path):
    data = makers.saved(Image.new(mode, (8000, 5000)), "JPEG" if mode == "CMYK" else "PNG")
    assert _peak_mb("decode_picture", data, tmp_path) < 600


def test_the_memory_limit_is_lifted_again():
    usual = resource.getrlimit(resource.RLIMIT_AS)
    for data in (PICTURES["png"], made.ODD_FILES()["noise"]):
        with contextlib.suppress(BadInput):
            decode_picture(data)
        assert resource.getrlimit(resource.RLIMIT_AS) == usual


def test_too_little_memory_is_said(monkeypatch):
    monkeypatch.setattr(media, "PICTURE_MB", 20)
    assert "memory" in refusal(decode_picture, makers.saved(Image.new("RGB", (8000, 4000)), "PNG"))
