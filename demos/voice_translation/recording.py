"""What this demo asks for: a recording of at most a minute, the language to go to, and a text to be read out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from demos.errors import BadInput
from demos.inputs import ChoiceInput, SoundInput, TextInput

LONGEST_S = 60
LANGUAGES = {"en": "English", "pt": "Portuguese"}
# Kokoro's voices here learnt Japanese; a deep and a high one are enough
VOICES = {"jm_kumo": "Kumo, a deep voice", "jf_alpha": "Alpha, a high voice"}


@dataclass(frozen=True)
class SentenceInput(SoundInput):
    """A recording of at most a minute: a voice that answers needs about a third of the time that it speaks."""

    accepts: ClassVar[str] = "WAV, MP3, M4A, OGG, FLAC or WebM, up to one minute and {mb} MB"

    def read(self, raw: Any) -> Any:
        sound = super().read(raw)
        if len(sound) > LONGEST_S * 16_000:
            raise BadInput(f"This recording is {len(sound) / 16_000:,.0f} seconds long; at most {LONGEST_S} are "
                           "translated here. Please give a shorter one, or cut out the part that matters.")
        return sound


RECORDING = SentenceInput(help="A sentence or two in any of Whisper's 99 languages, at most one minute.")
INTO = ChoiceInput("into", "Say it in", default="pt", options=(("pt", "Portuguese"), ("en", "English")))
VOICE = ChoiceInput("voice", "Voice", "A synthetic voice that comes with Kokoro.", default="jm_kumo",
                    options=tuple(VOICES.items()))
TO_SAY = TextInput(label="What shall it say?", max_chars=300, help="English or Portuguese, up to 300 characters.")
SAID_IN = ChoiceInput("language", "Language", default="en", options=(("en", "English"), ("pt", "Portuguese")))
