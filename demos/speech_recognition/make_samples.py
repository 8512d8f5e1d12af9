"""Speaks the samples with Kokoro, a synthetic voice, and writes them to samples/: run it to make them again.

    python -m demos.speech_recognition.make_samples
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from demos.speech_recognition.voice import RATE

SAMPLES = Path(__file__).with_name("samples")


@dataclass(frozen=True)
class Line:
    """One sample: what is said, by whom, in which language, and how loud the noise is beside it."""

    name: str
    text: str
    voice: str = "jm_kumo"
    language: str = "en-us"
    speed: float = 1.0
    noise_db: float | None = None  # how far the noise of a street is below the voice


LINES = (
    Line("weather", "The weather is beautiful today, so we are going for a walk in the park."),
    Line("museum", "When we arrived at the museum, the doors were still closed. We sat down under a tree, "
         "drank a cup of coffee, and talked about the pictures that we wanted to see first."),
    Line("street", "Please meet me at the station at half past seven, and bring your umbrella.", noise_db=8),
    Line("portuguese", "Bom dia! Hoje vamos aprender como os computadores entendem a nossa voz.",
         "jf_alpha", "pt-br"),
    Line("names", "Siobhan and Nguyen paid two pounds, two pence, to sail to the Isle of Wight, "
         "where the knight wrote right.", speed=1.25),
)


def spoken(line: Line, model: Path) -> np.ndarray:
    """The line as `(n,)` float32 at 16 000 Hz, with half a second of quiet before and after."""
    from kokoro_onnx import Kokoro
    from scipy.signal import resample_poly

    voice = Kokoro(str(model / "kokoro.onnx"), str(model / "voices.npz"))
    sound, rate = voice.create(line.text, voice=line.voice, speed=line.speed, lang=line.language)
    sound = resample_poly(sound, RATE, rate)
    sound = np.pad(sound * (0.6 / np.abs(sound).max()), RATE // 2)
    if line.noise_db is None:
        return sound
    return sound + street(len(sound), sound.std() * 10 ** (-line.noise_db / 20))


def street(samples: int, loudness: float) -> np.ndarray:
    """Pink noise: the lower the pitch the louder, as traffic far away."""
    white = np.fft.rfft(np.random.default_rng(0).normal(size=samples))
    pink = np.fft.irfft(white / np.sqrt(np.arange(len(white)) + 1), samples)
    return pink * (loudness / pink.std())


def tune(notes: tuple[int, ...] = (0, 4, 7, 12, 7, 4, 5, 9, 12, 9, 7, 4, 2, 0)) -> np.ndarray:
    """A little melody of plucked tones: `(n,)` at 16 000 Hz."""
    time = np.arange(int(0.4 * RATE)) / RATE
    pitches = [220 * 2 ** (note / 12) for note in notes]
    fades = np.exp(-5 * time)
    sound = np.concatenate([fades * sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 6))
                            for pitch in pitches])
    return sound * (0.5 / np.abs(sound).max())


def write(path: Path, sound: np.ndarray) -> None:
    """Save `(n,)` floats as FLAC, 16 000 Hz, 16 bits, mono."""
    import av

    whole = np.round(np.clip(sound, -1, 1) * 32767).astype(np.int16)
    with av.open(str(path), "w", format="flac") as file:
        stream = file.add_stream("flac", rate=RATE, layout="mono")
        for at in range(0, len(whole), 4096):
            frame = av.AudioFrame.from_ndarray(whole[None, at:at + 4096], format="s16", layout="mono")
            frame.sample_rate = RATE
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def main() -> None:
    """Make every sample."""
    from demos.voice_translation import KOKORO
    from demos.weights import locate

    model = locate(KOKORO, SAMPLES)
    SAMPLES.mkdir(exist_ok=True)
    for line in LINES:
        write(SAMPLES / f"{line.name}.flac", spoken(line, model))
    write(SAMPLES / "tune.flac", tune())


if __name__ == "__main__":
    main()
