"""Words spoken by synthetic voices, some kept for asking only: `python -m demos.teach_sounds.spoken FOLDER` writes two sets.

Half of the takes are by Kokoro, a network, half by espeak-ng, by rules. Speed, pitch, loudness and background change from take
to take. `chosen`, for train.py, holds twelve words and eight noises: voices of the first group to learn from, of the second to
ask. `measured`, for evaluate.py, holds ten other words: both groups to learn from, and a third, heard nowhere else, to ask. No
person's voice is among them.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.teach_sounds.noises import NOISES, WAYS, in_a_room, noise
from demos.teach_sounds.seconds import RATE, keep

if TYPE_CHECKING:
    from demos.voice_translation.kokoro import KokoroVoice

MEASURED = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")  # of Speech Commands (Warden 2018)
CHOSEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "bed", "bird", "cat", "dog",
          "drum", "hiss", "beep", "siren", "rattle", "buzz", "drip", "horn")
_FIRST = (("jf_alpha", "jm_kumo"), ("en-us", "en-us+f2", "en-us+m3", "en-gb-x-rp+f4", "en-029+m7", "en-us+klatt4", "en-us+john"))
_SECOND = (("jf_nezumi",), ("en-gb-scotland+m2", "en-us+belinda", "en+grandma"))
_THIRD = (("jf_gongitsune", "jf_tebukuro"), ("en-us+f5", "en+m5", "en-gb-scotland+f1", "en-029+ed", "en-us-nyc+m8"))
GROUPS = {"first": _FIRST, "second": _SECOND, "both": (_FIRST[0] + _SECOND[0], _FIRST[1] + _SECOND[1]), "third": _THIRD}
PACES, SPEEDS, PITCHES = (0.85, 1.0, 1.2), (140, 165, 190), (35, 50, 65)  # of Kokoro; words a minute and pitch of espeak-ng
LEARNING, ASKING = 40, 30  # takes of each thing
FAINT = 0.02  # of the loudest sample: what is softer before and after a word is cut off


@dataclass(frozen=True, eq=False)
class Takes:
    """n sounds `(n, 16000)` uint8 as they are kept and the thing `(n,)` of each: of each thing first those to learn from."""

    sounds: np.ndarray
    things: np.ndarray


def spoken(word: str, number: int, group: str) -> np.ndarray:
    """`(16000,)` float32: take `number` of a word by a voice of this group."""
    lot = np.random.default_rng([*f"{word} {group}".encode(), number])
    networks, rules = GROUPS[group]
    if lot.random() < 0.5:
        said = _by_network(word, str(lot.choice(networks)), float(lot.choice(PACES)))
    else:
        said = _by_rules(word, str(lot.choice(rules)), int(lot.choice(SPEEDS)), int(lot.choice(PITCHES)))
    return in_a_room(said, lot)


@lru_cache(maxsize=1024)
def _by_network(word: str, voice: str, pace: float) -> np.ndarray:
    kokoro = _kokoro()
    sound, rate = kokoro.network.create(kokoro.phonemes(f"{word.capitalize()}.", "en"), voice, speed=pace, is_phonemes=True)
    return _tight(np.asarray(sound, np.float32), rate)


@lru_cache(maxsize=4096)
def _by_rules(word: str, voice: str, speed: int, pitch: int) -> np.ndarray:
    from demos.voice_translation.formant import espeak

    return _tight(*espeak().speak(word, voice, speed, pitch))


@lru_cache(maxsize=1)
def _kokoro() -> KokoroVoice:
    from demos import demo_folder
    from demos.voice_translation import KOKORO
    from demos.voice_translation.kokoro import open_kokoro
    from demos.weights import locate

    return open_kokoro(locate(KOKORO, demo_folder("voice_translation")))


def _tight(sound: np.ndarray, rate: int) -> np.ndarray:
    """The word at 16 000 Hz without the silence around it."""
    from scipy.signal import resample_poly

    sound = resample_poly(sound, RATE, rate).astype(np.float32)
    loud = np.flatnonzero(np.abs(sound) > FAINT * np.abs(sound).max())
    return sound[loud[0]:loud[-1] + 1]


def take(thing: str, number: int, group: str) -> np.ndarray:
    """`(16000,)` float32: a noise or a spoken word; each group has seeds of its own."""
    if thing in (*NOISES, *WAYS):
        return noise(thing, number + 10_000 * list(GROUPS).index(group))
    return spoken(thing, number, group)


def takes(things: tuple[str, ...], learning: str, asking: str) -> Takes:
    """All takes of these things by the voices of two groups."""
    rows = [(keep(take(thing, number, group)), place) for place, thing in enumerate(things)
            for group, count in ((learning, LEARNING), (asking, ASKING)) for number in range(count)]
    sounds, places = zip(*rows)
    return Takes(np.stack(sounds), np.array(places, np.uint8))


def read_takes(folder: Path, name: str) -> Takes:
    """A set that was written here."""
    from safetensors.numpy import load_file

    return Takes(**load_file(folder / f"{name}.safetensors"))


def main(folder: Path) -> None:
    """Speak both sets and write them."""
    from safetensors.numpy import save_file

    folder.mkdir(exist_ok=True)
    save_file(dict(vars(takes(CHOSEN, "first", "second"))), folder / "chosen.safetensors")
    save_file(dict(vars(takes(MEASURED, "both", "third"))), folder / "measured.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
