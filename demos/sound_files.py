"""Decodes the sound of an untrusted recording or film, in small pieces and within limits."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from demos.errors import BadInput
from demos.file_kinds import kind_of
from demos.media import SOUNDS

if TYPE_CHECKING:
    import av
    import numpy as np

RATE = 16_000  # samples a second of what comes out
MAX_SOUND_S = 600.0  # seconds of sound
MAX_WORK_S = 30.0  # seconds of decoding
SLACK_S = 0.5  # encoders pad: ten minutes saved as MP3 are a little longer
RATES = (4_000, 384_000)  # samples a second it may claim; for other ratios a resampler grows without bound
MAX_CHANNELS = 64  # FFmpeg's resampler takes no more

# FFmpeg's demuxer for each kind of file. Only these are ever opened: none of them reads other files.
FORMATS = {"wav": "wav", "aiff": "aiff", "flac": "flac", "ogg": "ogg", "caf": "caf", "amr": "amr",
           "mp4": "mov", "matroska": "matroska"}
# Where the first bytes do not settle it (an ID3 tag, the middle of a stream), FFmpeg may choose among these.
UNSETTLED = "mp3,aac,flac"
CODECS = frozenset((
    "mp3", "mp3float", "mp2", "mp2float", "aac", "alac", "flac", "vorbis", "opus", "libopus",
    "amrnb", "amrwb", "adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt", "gsm_ms",
    "pcm_alaw", "pcm_mulaw", "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be",
    "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be",
))


def read_sound(data: bytes) -> np.ndarray:
    """`(n,)` float32 mono in [-1, 1] at 16 000 Hz. Raises BadInput, and what FFmpeg raises."""
    import numpy as np

    kind = kind_of(data)
    if kind and kind.family not in ("sound", "video"):
        verdict = "which is not read here" if kind.key in ("avi", "asf", "flv", "mpeg") else "not a recording"
        raise BadInput(f"This is {kind.name}, {verdict}. Please give a recording: {SOUNDS}.")
    pieces = list(_resampled(_mono_pieces(data, kind.key if kind else "")))
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not len(samples):
        raise BadInput(f"This recording holds no sound at all. Please give another one: {SOUNDS}.")
    # some programs write 16-bit numbers into a float file; no real recording is beyond full scale for long
    if np.mean(np.abs(samples) > 1) > 0.1:
        samples /= np.abs(samples).max()
    return np.clip(samples, -1, 1, out=samples)


def _refuse(url: str, flags: int, options: dict[str, Any]) -> NoReturn:
    """What FFmpeg gets when it wants to open anything but the bytes it was given."""
    raise PermissionError("a recording may not open other files")


def _open(data: bytes, kind: str) -> av.container.InputContainer:
    """The file, opened without a name and with everything closed that could lead out of it."""
    import av
    from av.error import FFmpegError

    av.logging.set_level(None)  # FFmpeg's messages quote the file; none of them may reach the log
    whitelist = FORMATS.get(kind, UNSETTLED)
    limits = {"format_whitelist": whitelist, "protocol_whitelist": "none",
              "codec_whitelist": ",".join(CODECS), "max_streams": "64", "probesize": "2000000"}
    try:
        return av.open(io.BytesIO(data), "r", format=FORMATS.get(kind), container_options=limits,
                       metadata_errors="ignore", timeout=MAX_WORK_S, io_open=_refuse)
    except FFmpegError:
        if kind:
            raise  # it began like a recording, so it is a broken one
        raise BadInput(f"This is not a recording. Please give a recording: {SOUNDS}.") from None


def _sound_stream(container: av.container.InputContainer) -> av.AudioStream:
    """The first stream of sound that may be decoded."""
    for stream in container.streams.audio:
        if stream.codec_context is not None and stream.codec_context.name in CODECS:
            return stream
    if container.streams.audio:
        raise BadInput(f"The sound in this file is packed in a way that is not read here. "
                       f"Please save it as {SOUNDS}.")
    raise BadInput(f"There is no sound in this file. Please give a recording: {SOUNDS}.")


def _frames(data: bytes, kind: str) -> Iterator[av.AudioFrame]:
    """Decoded frames, as long as most packets decode and the clock allows."""
    from av.error import FFmpegError

    end = time.monotonic() + MAX_WORK_S
    good = bad = 0
    with _open(data, kind) as container:
        stream = _sound_stream(container)
        context = stream.codec_context
        context.thread_count = 1  # the models need the other core
        context.options = {"codec_whitelist": ",".join(CODECS), "max_samples": str(2**21)}
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
            except FFmpegError:  # the file is cut or broken here: what came before is still sound
                bad, packet = bad + 1, None
            if packet is None:
                break
            if time.monotonic() > end:
                raise BadInput("Reading this recording takes too long. Please give a shorter one, "
                               "or save it again as WAV or MP3.")
            try:
                frames = packet.decode()
                good += 1
            except FFmpegError:
                bad, frames = bad + 1, []
            yield from frames
    if bad > good:
        raise BadInput(f"Most of this recording is damaged. Please save or send it again: {SOUNDS}.")


def _mono_pieces(data: bytes, kind: str) -> Iterator[tuple[int, np.ndarray]]:
    """(rate, `(n,)` float32 mono) piece by piece; raises once the sound is longer than allowed."""
    import av
    import numpy as np

    seconds = 0.0
    packer, packed_from = None, None
    for frame in _frames(data, kind):
        channels, rate = frame.layout.nb_channels, frame.sample_rate
        if not RATES[0] <= rate <= RATES[1] or not 1 <= channels <= MAX_CHANNELS:
            raise BadInput(f"This file claims {rate:,} samples a second in {channels} channels; {RATES[0]:,} "
                           f"to {RATES[1]:,} in at most {MAX_CHANNELS} are read. Please save it as WAV.")
        seconds += frame.samples / rate
        if seconds > MAX_SOUND_S + SLACK_S:
            raise BadInput(f"This recording is longer than {MAX_SOUND_S / 60:g} minutes, the most that is "
                           "read. Please cut out the part that matters.")
        # Interleaved by FFmpeg, not by `to_ndarray`: with eight or more channels side by side PyAV runs
        # past the end of the list of channels and the process dies.
        if packed_from != (frame.format.name, frame.layout.name, rate):
            packed_from = (frame.format.name, frame.layout.name, rate)
            packer = av.AudioResampler(format="flt", layout=frame.layout, rate=rate)
        for packed in packer.resample(frame):
            flat = np.frombuffer(packed.planes[0], np.float32, count=packed.samples * channels)
            finite = np.nan_to_num(flat, nan=0.0, posinf=1.0, neginf=-1.0)
            yield rate, finite.reshape(-1, channels).mean(axis=1, dtype=np.float32)


def _resampled(pieces: Iterator[tuple[int, np.ndarray]]) -> Iterator[np.ndarray]:
    """The pieces at 16 000 Hz; a change of rate in the middle of a file starts a new resampler."""
    import av
    import numpy as np

    def out(frame: av.AudioFrame | None) -> Iterator[np.ndarray]:
        for done in resampler.resample(frame):
            yield np.frombuffer(done.planes[0], np.float32, count=done.samples).copy()

    resampler, current = None, RATE
    for rate, mono in pieces:
        if rate != current and resampler is not None:
            yield from out(None)
            resampler = None
        current = rate
        if rate == RATE:
            yield mono
            continue
        resampler = resampler or av.AudioResampler(format="flt", layout="mono", rate=RATE)
        frame = av.AudioFrame.from_ndarray(mono[None], format="flt", layout="mono")
        frame.sample_rate = rate
        yield from out(frame)
    if resampler is not None:
        yield from out(None)
