"""Decodes the pictures of an untrusted film, a few a second, small, and within limits."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.media import VIDEOS

if TYPE_CHECKING:
    import av
    import numpy as np

FRAMES_PER_S = 5  # of what comes out
MAX_VIDEO_S = 20.0
SLACK_S = 0.5
LONGER_SIDE = 640  # px of what comes out
MAX_PIXELS = 4096 * 2304
MAX_WORK_S = 30.0  # seconds of decoding
MAX_FRAMES = 5000  # of the film itself; 20 s at 240 a second, as telephones do in slow motion

# FFmpeg's demuxer for each kind of film. Only these are ever opened: none of them reads other files.
FORMATS = {"mp4": "mov", "matroska": "matroska"}
CODECS = frozenset(("h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "mjpeg"))


def read_video(data: bytes) -> np.ndarray:
    """`(n, h, w, 3)` uint8 RGB, five pictures a second, upright, the longer side at most 640 px.

    Raises BadInput, and what FFmpeg raises.
    """
    import numpy as np

    kind = kind_of(data)
    if kind is None or kind.key not in FORMATS:
        raise BadInput(f"This is {kind.name if kind else 'not a film'}. Please give a film: {VIDEOS}.")
    taken: list[np.ndarray] = []
    for seconds, frame in _frames(data, kind.key):
        if seconds > MAX_VIDEO_S + SLACK_S:
            raise BadInput(f"This film is longer than {MAX_VIDEO_S:g} seconds, the most that is read. "
                           "Please cut out the part that matters.")
        if seconds * FRAMES_PER_S >= len(taken) and len(taken) < MAX_VIDEO_S * FRAMES_PER_S:
            picture = _small(frame)
            if taken and picture.shape != taken[0].shape:
                break  # the film changes its size here
            taken.append(picture)
    if not taken:
        raise BadInput(f"This film holds no pictures. Please give another one: {VIDEOS}.")
    return np.stack(taken)


def _refuse(url: str, flags: int, options: dict[str, Any]) -> NoReturn:
    """What FFmpeg gets when it wants to open anything but the bytes it was given."""
    raise PermissionError("a film may not open other files")


def _open(data: bytes, kind: str) -> av.container.InputContainer:
    """The file, opened without a name and with everything closed that could lead out of it."""
    import av

    av.logging.set_level(None)  # FFmpeg's messages quote the file; none of them may reach the log
    limits = {"format_whitelist": FORMATS[kind], "protocol_whitelist": "none",
              "codec_whitelist": ",".join(CODECS), "max_streams": "64", "probesize": "2000000"}
    return av.open(io.BytesIO(data), "r", format=FORMATS[kind], container_options=limits,
                   metadata_errors="ignore", timeout=MAX_WORK_S, io_open=_refuse)


def _video_stream(container: av.container.InputContainer) -> av.VideoStream:
    """The first stream of pictures that may be decoded, if they are not too large."""
    for stream in container.streams.video:
        context = stream.codec_context
        if context is not None and context.name in CODECS:
            if context.width * context.height > MAX_PIXELS:
                raise BadInput(f"The pictures of this film are {context.width:,} by {context.height:,} pixels; at "
                               "most 4096 by 2304 are read. Please save it smaller.")
            return stream
    if container.streams.video:
        raise BadInput(f"The pictures in this file are packed in a way that is not read here. "
                       f"Please save it as {VIDEOS}.")
    raise BadInput(f"There are no pictures in this file. Please give a film: {VIDEOS}.")


def _frames(data: bytes, kind: str) -> Iterator[tuple[float, av.VideoFrame]]:
    """Seconds from the start and decoded frames, as long as most packets decode and the clock allows."""
    from av.error import FFmpegError

    end, good, bad, first, count = time.monotonic() + MAX_WORK_S, 0, 0, None, 0
    with _open(data, kind) as container:
        stream = _video_stream(container)
        context = stream.codec_context
        context.thread_count = 1  # the models need the other core
        context.options = {"codec_whitelist": ",".join(CODECS), "max_pixels": str(MAX_PIXELS)}
        rate = float(stream.average_rate or 25)
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else []
                good += 1
            except FFmpegError:  # the file is cut or broken here: what came before is still a film
                bad, frames = bad + 1, []
                if bad > good + 50:
                    break
                continue
            if packet is None:
                break
            for frame in frames:
                at = frame.time if frame.time is not None else count / rate
                first, count = at if first is None else first, count + 1
                if time.monotonic() > end or count > MAX_FRAMES:
                    raise BadInput("Reading this film takes too long. Please give a shorter or smaller one.")
                yield max(at - first, 0.0), frame
    if bad > good:
        raise BadInput(f"Most of this film is damaged. Please save or send it again: {VIDEOS}.")


def _small(frame: av.VideoFrame) -> np.ndarray:
    """`(h, w, 3)` uint8 RGB of a frame, upright and shrunk."""
    import numpy as np

    if frame.width * frame.height > MAX_PIXELS:
        raise BadInput("The pictures of this film are too large. Please save it smaller.")
    scale = min(1.0, LONGER_SIDE / max(frame.width, frame.height))
    width, height = (max(2, round(side * scale)) for side in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    return np.ascontiguousarray(np.rot90(small, round((frame.rotation or 0) / 90)))
