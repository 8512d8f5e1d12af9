"""The classical method: PocketSphinx hears, IBM Model 1 translates, espeak-ng speaks by rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from demos import demo_folder
from demos.speech_recognition import classical as speech
from demos.translation import TABLE
from demos.translation import classical as translation
from demos.voice_results import Speech, Spoken
from demos.voice_translation.chain import Heard, chain, levelled
from demos.voice_translation.formant import Espeak, espeak
from demos.voice_translation.reading import read_out
from demos.weights import locate

RATE = 16_000


class WordByWord:
    """A decoder, a table and rules; `predict` never writes to them."""

    def __init__(self, sphinx: speech.PocketSphinx, table: translation.WordForWord, rules: Espeak) -> None:
        self.sphinx, self.table, self.rules = sphinx, table, rules

    def predict(self, audio: np.ndarray, into: str = "pt") -> Spoken:
        """What is said in `(n,)` float32 at 16 000 Hz, as far as it is US English, spoken in "pt" or "en"."""
        *_, (_, answer) = self.stream(audio, into)
        return answer

    def stream(self, audio: np.ndarray, into: str = "pt") -> Iterator[tuple[float, Spoken]]:
        """As `predict`, after each stage: how much is done (0 to 1) and the answer so far."""
        yield from chain(self._hear(audio), self.translate, lambda text, code: levelled(*self.rules.speak(text, code)),
                         into, len(audio) / RATE)

    def briefly(self, audio: np.ndarray, into: str = "pt") -> Spoken:
        """As `predict` without the voice, which repeats what the text says."""
        *_, (_, answer) = chain(self._hear(audio), self.translate, None, into, len(audio) / RATE)
        return answer

    def _hear(self, audio: np.ndarray) -> Iterator[tuple[float, Heard]]:
        for share, transcript in self.sphinx.stream(audio):
            yield share, Heard(transcript)

    def translate(self, text: str, direction: str) -> str:
        """A text from "en-pt" or "pt-en"."""
        return self.table.predict(text, direction).text

    def say(self, text: str, language: str = "en", voice: str = "") -> Speech:
        """A text read out by espeak-ng, which has one voice here. Raises BadInput where nothing can be spoken."""
        return read_out(text, self.rules.phonemes(text, language), levelled(*self.rules.speak(text, language)))


def load(weights: dict[str, Path], device: str) -> WordByWord:
    """Each from its package and its demo; all run on the processor."""
    sphinx = speech.load(weights["pocketsphinx-en-us"], device)
    return WordByWord(sphinx, translation.load(locate(TABLE, demo_folder("translation")), device), espeak())
