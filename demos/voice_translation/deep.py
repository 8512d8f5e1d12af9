"""The deep method: Whisper hears, small Marian networks translate, Kokoro speaks; each one is shared with its own demo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from demos import demo_folder
from demos.kept import Kept
from demos.results import View
from demos.speech_recognition import deep as speech
from demos.translation import TABLE
from demos.translation import deep as translation
from demos.translation.cutting import sentences
from demos.translation.table import aligned
from demos.voice_results import Speech, Spoken
from demos.voice_translation.chain import chain, levelled
from demos.voice_translation.kokoro import KokoroVoice, open_kokoro
from demos.voice_translation.listening import hear
from demos.voice_translation.reading import read_out
from demos.voice_translation.recording import LANGUAGES
from demos.weights import locate

RATE = 16_000


class Interpreter:
    """Three loaded networks; `predict` and its siblings never write to them."""

    def __init__(self, whisper: speech.Whisper, marian: translation.Marian, voice: KokoroVoice) -> None:
        self.whisper, self.marian, self.voice = whisper, marian, voice
        self.kept = Kept()  # what was asked about a sound, and the answer without its voice

    def predict(self, audio: np.ndarray, into: str = "pt", language: str = "auto", voice: str = "jm_kumo") -> Spoken:
        """What is said in `(n,)` float32 at 16 000 Hz, spoken in "pt" or "en"."""
        *_, (_, answer) = self.stream(audio, into, language, voice)
        return answer

    def stream(self, audio: np.ndarray, into: str = "pt", language: str = "auto",
               voice: str = "jm_kumo") -> Iterator[tuple[float, Spoken]]:
        """As `predict`, after each stage: how much is done (0 to 1) and the answer so far."""
        for share, answer in chain(hear(self.whisper, audio, language), self.translate,
                                   lambda text, code: levelled(*self.voice.speak(self.voice.phonemes(text, code), voice)),
                                   into, len(audio) / RATE):
            yield share, answer
        self.kept.put(audio, ((into, language), replace(answer, sound=None)))

    def briefly(self, audio: np.ndarray, into: str = "pt", language: str = "auto", voice: str = "") -> Spoken:
        """As `predict` without the voice, which repeats what the text says."""
        *_, (_, answer) = chain(hear(self.whisper, audio, language), self.translate, None, into, len(audio) / RATE)
        return answer

    def translate(self, text: str, direction: str) -> str:
        """A text from "en-pt" or "pt-en"."""
        return self.marian.predict(text, direction).text

    def explain(self, audio: np.ndarray, into: str = "pt", language: str = "auto", voice: str = "") -> list[View]:
        """The sound as Whisper sees it, the likeliest languages, and which word of the translation came from which."""
        views = self.whisper.explain(audio, language)
        asked, answer = self.kept.get(audio) or (None, None)
        if asked != (into, language):
            answer = self.briefly(audio, into, language)
        source = answer.english or answer.heard.text
        known = bool(answer.english) or answer.languages[0] in LANGUAGES.values()
        if answer.text and known and source != answer.text:
            views.append(self._words(source, answer.text, "en-pt" if into == "pt" else "pt-en"))
        return views

    def _words(self, source: str, text: str, way: str) -> View:
        first, second = sentences(source, way[:2]), sentences(text, way[-2:])
        pairs = list(zip(first, second)) if len(first) == len(second) else [(source, text)]
        return View("words", "Which word came from which?",
                    "Under each word of the translation stands the word that it came from, as IBM Model 1, the classical "
                    "method, would match them; a dash stands where it finds no partner.",
                    aligned(self.marian.table, pairs, way))

    def say(self, text: str, language: str = "en", voice: str = "jm_kumo") -> Speech:
        """A text read out by one of Kokoro's voices. Raises BadInput where nothing can be spoken."""
        phonemes = self.voice.phonemes(text, language)
        return read_out(text, phonemes, levelled(*self.voice.speak(phonemes, voice)))


def load(weights: dict[str, Path], device: str) -> Interpreter:
    """The three networks from their folders; Whisper runs on `device`, the other two on the processor."""
    marian = {row: weights[row] for row in translation.MODELS.values()}
    marian[translation.TABLE] = locate(TABLE, demo_folder("translation"))
    whisper = next(path for name, path in weights.items() if name.startswith("whisper"))
    return Interpreter(speech.load(whisper, device), translation.load(marian, device), open_kokoro(weights["kokoro"]))
