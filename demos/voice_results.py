"""What a model answers with a voice: what it heard, said in another language; and a text read out."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import Any

from demos.results import Result, Sound, Spectrogram, Text, Transcript

STAGES = ("words", "translation", "voice")


@dataclass(frozen=True, eq=False)
class Spoken(Text):
    """A recording in another language: `text` is what the voice says, "" as long as it is not known.

    `heard` is what was said, in its own language; `languages` the English names of that one and of the answer's;
    `english` the step in between where neither of the two is English. `recorded_s` is the recording's length;
    `seconds` how long each stage that has ended took, by the names in `STAGES`. Without speech `note` says so.
    """

    heard: Transcript = Transcript("")
    languages: tuple[str, str] = ("", "")
    english: str = ""
    sound: Sound | None = None
    recorded_s: float = 0.0
    seconds: tuple[tuple[str, float], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if [name for name, _ in self.seconds] != list(STAGES[:len(self.seconds)]):
            raise ValueError("stages end in their order")
        if self.sound is not None and not self.text:
            raise ValueError("a voice without words")

    def brief(self) -> Spoken:
        """Without the voice."""
        return replace(self, sound=None)

    def as_json(self) -> dict[str, Any]:
        """As `Result.as_json`; the voice as a WAV file in base64, a tenth of what numbers would take.

        The stages' seconds stay out: the same question must give the same answer.
        """
        return {"type": "Spoken", "text": self.text, "languages": list(self.languages), "heard": self.heard.as_json(),
                "english": self.english, "sound": None if self.sound is None else sound_json(self.sound),
                "note": self.note}


@dataclass(frozen=True, eq=False)
class Speech(Result):
    """A text read out: the sound, how it is pronounced in phonetic letters, and its log-mel picture."""

    sound: Sound
    phonemes: str
    picture: Spectrogram

    def __post_init__(self) -> None:
        if not len(self.sound.samples) or not self.phonemes:
            raise ValueError("speech without a sound")

    def as_json(self) -> dict[str, Any]:
        """The sound and the phonemes; the picture can be made from the sound."""
        return {"type": "Speech", "phonemes": self.phonemes, "sound": sound_json(self.sound)}


def sound_json(sound: Sound) -> dict[str, Any]:
    """A sound's rate, seconds and a WAV file (16 bit) in base64."""
    from demos.media import as_wav

    wav = base64.b64encode(as_wav(sound.samples, sound.rate)).decode("ascii")
    return {"rate": sound.rate, "seconds": round(len(sound.samples) / sound.rate, 3), "wav_base64": wav}
