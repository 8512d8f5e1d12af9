"""Made-up noises for lessons: a small synthesiser in which pitch, length, loudness and background change with every seed.

The bell's partials are Risset's (1969, "An Introductory Catalogue of Computer Synthesized Sounds"); the others are put
together by hand from damped tones and filtered noise. None of them is a recording.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from demos.teach_sounds.seconds import RATE

BELL = ((0.56, 1.0, 1.0), (0.92, 0.67, 0.9), (1.19, 1.0, 0.65), (1.71, 1.8, 0.55), (2.0, 2.67, 0.33), (2.74, 1.67, 0.35),
        (3.0, 1.46, 0.25), (3.76, 1.33, 0.2), (4.07, 1.33, 0.15))  # partial, loudness, how long it lasts
Lot = np.random.Generator


def _time(seconds: float) -> np.ndarray:
    return np.arange(max(1, int(seconds * RATE))) / RATE


def _tone(pitch: np.ndarray | float, time: np.ndarray) -> np.ndarray:
    """A sine of this pitch in Hz, which may change on the way."""
    return np.sin(2 * np.pi * np.cumsum(np.broadcast_to(pitch, time.shape)) / RATE)


def _band(lot: Lot, low: float, high: float, count: int) -> np.ndarray:
    """White noise between two pitches."""
    from scipy.signal import butter, sosfilt
    return sosfilt(butter(2, (low, min(high, 7900)), "bandpass", fs=RATE, output="sos"), lot.standard_normal(count))


def _swell(time: np.ndarray, rise: float = 0.03) -> np.ndarray:
    """From nothing to full and back to nothing."""
    return np.clip(np.minimum(time, time[-1] - time) / rise, 0, 1)


def _row(one: Callable[[], np.ndarray], count: int, apart: float) -> np.ndarray:
    """The same thing of one length a few times, so many seconds apart."""
    step, pieces = int(apart * RATE), [one() for _ in range(count)]
    whole = np.zeros(step * (count - 1) + len(pieces[0]))
    for number, piece in enumerate(pieces):
        whole[number * step:number * step + len(piece)] += piece
    return whole


def clap(lot: Lot) -> np.ndarray:
    """Two to four bursts of noise right after one another, and the room."""
    time, middle = _time(lot.uniform(0.12, 0.3)), lot.uniform(900, 2200)
    burst = _band(lot, 0.5 * middle, 1.9 * middle, len(time)) * np.exp(-time * lot.uniform(25, 60))
    return _row(lambda: burst * lot.uniform(0.6, 1), int(lot.integers(2, 5)), lot.uniform(0.008, 0.014))


def knock(lot: Lot) -> np.ndarray:
    """One to three damped low tones, as of a door."""
    low, apart, time = lot.uniform(140, 420), lot.uniform(0.16, 0.26), _time(0.15)

    def one() -> np.ndarray:
        wood = _tone(low, time) + 0.5 * _tone(low * lot.uniform(2.1, 2.6), time)
        return (wood + 0.4 * _band(lot, 300, 2500, len(time)) * np.exp(-time * 200)) * np.exp(-time * lot.uniform(35, 70))

    return _row(one, int(lot.integers(1, 4)), apart)


def bell(lot: Lot) -> np.ndarray:
    """Tones that do not fit one another, dying away, the high ones first."""
    pitch, lasts, time = lot.uniform(350, 1000), lot.uniform(0.25, 0.9), _time(0.95)
    return sum(loud * _tone(pitch * part, time) * np.exp(-time / (lasts * long)) for part, loud, long in BELL)


def whistle(lot: Lot, way: int | None = None) -> np.ndarray:
    """A high tone with some breath that rises (1), falls (-1) or stays (0)."""
    time, pitch = _time(lot.uniform(0.45, 0.85)), lot.uniform(900, 1900)
    octaves = (int(lot.integers(-1, 2)) if way is None else way) * lot.uniform(0.4, 0.9) * (time / time[-1] - 0.5)
    trembling = 1 + 0.01 * np.sin(2 * np.pi * lot.uniform(4, 7) * time)
    return (_tone(pitch * 2**octaves * trembling, time) + 0.05 * _band(lot, 800, 5000, len(time))) * _swell(time)


def drum(lot: Lot) -> np.ndarray:
    """A deep tone that falls, with a stroke of noise."""
    time = _time(lot.uniform(0.2, 0.45))
    skin = _tone(lot.uniform(50, 90) * (1 + 1.5 * np.exp(-time * 30)), time) * np.exp(-time * lot.uniform(8, 16))
    return skin + 0.3 * _band(lot, 1000, 5000, len(time)) * np.exp(-time * lot.uniform(20, 50))


def hiss(lot: Lot) -> np.ndarray:
    """High noise that comes and goes."""
    time, low = _time(lot.uniform(0.3, 0.9)), lot.uniform(2500, 4500)
    return _band(lot, low, low * 1.8, len(time)) * _swell(time, 0.1)


def beep(lot: Lot) -> np.ndarray:
    """One to three short plain tones."""
    time, pitch = _time(lot.uniform(0.08, 0.2)), lot.uniform(700, 2500)
    return _row(lambda: _tone(pitch, time) * _swell(time, 0.005), int(lot.integers(1, 4)), time[-1] * 1.6)


def siren(lot: Lot) -> np.ndarray:
    """A full tone that rises and falls."""
    time, pitch = _time(0.9), lot.uniform(450, 900)
    bend = 2 ** (0.4 * np.sin(2 * np.pi * (lot.uniform(1.2, 3) * time + lot.random())))
    return sum(_tone(pitch * part * bend, time) / part for part in (1, 2, 3)) * _swell(time)


def rattle(lot: Lot) -> np.ndarray:
    """Many small dry clicks."""
    time = _time(0.02)
    return _row(lambda: lot.uniform(0.4, 1) * _band(lot, 2000, 6500, len(time)) * np.exp(-time * 250),
                int(lot.integers(8, 18)), lot.uniform(0.03, 0.055))


def buzz(lot: Lot) -> np.ndarray:
    """A rough low tone with many overtones."""
    time, pitch = _time(lot.uniform(0.35, 0.8)), lot.uniform(80, 170)
    return sum(_tone(pitch * part, time) / part for part in range(1, 20)) * _swell(time)


def drip(lot: Lot) -> np.ndarray:
    """A short tone that jumps up, once or twice."""
    time, pitch = _time(lot.uniform(0.05, 0.09)), lot.uniform(450, 1100)
    return _row(lambda: _tone(pitch * (1 + 14 * time), time) * np.exp(-time * 40), int(lot.integers(1, 3)), lot.uniform(0.2, 0.4))


def horn(lot: Lot) -> np.ndarray:
    """Two full tones at once, as of a car."""
    time, pitch = _time(lot.uniform(0.35, 0.8)), lot.uniform(250, 420)
    return sum((_tone(pitch * part, time) + _tone(1.26 * pitch * part, time)) / part**0.7 for part in range(1, 8)) * _swell(time, 0.02)


NOISES = {one.__name__: one for one in (clap, knock, bell, whistle, drum, hiss, beep, siren, rattle, buzz, drip, horn)}
WAYS = {"up": 1, "down": -1, "steady": 0}  # of a whistle


def noise(name: str, seed: int) -> np.ndarray:
    """`(16000,)` float32: one of `NOISES`, or a whistle that goes one of `WAYS`, in a room of its own."""
    lot = np.random.default_rng([*name.encode(), seed])
    return in_a_room(whistle(lot, WAYS[name]) if name in WAYS else NOISES[name](lot), lot)


def in_a_room(sound: np.ndarray, lot: Lot) -> np.ndarray:
    """`(16000,)` float32: the sound somewhere in its second, louder or softer, with pink noise 15 to 40 dB below it."""
    sound, whole = sound[:RATE], np.zeros(RATE)
    first = int(lot.integers(0, RATE - len(sound) + 1))
    whole[first:first + len(sound)] = sound / max(np.abs(sound).max(), 1e-9)
    rough = np.fft.rfft(lot.standard_normal(RATE)) / np.sqrt(np.arange(RATE // 2 + 1) + 20)
    room = np.fft.irfft(rough, RATE)
    whole += room / room.std() * np.sqrt(np.mean(whole[first:first + len(sound)] ** 2)) * 10 ** (-lot.uniform(15, 40) / 20)
    return (whole * (lot.uniform(0.15, 0.8) / np.abs(whole).max())).astype(np.float32)
