"""The deep method: OpenAI's Whisper, run by faster-whisper."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demos.kept import Kept
from demos.once import once
from demos.results import Labels, Segment, Transcript, View
from demos.speech_recognition.languages import LANGUAGES, likeliest
from demos.speech_recognition.picture import log_mel, picture
from demos.speech_recognition.sentences import placed, transcript
from demos.speech_recognition.voice import RATE, Stretch, joined, levelled, speech_stretches

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

WINDOW_S = 28.0  # Whisper hears 30 s at once; the rest is for the margins
BEAM = 5  # as in the paper
REPEATS = 2.4  # a text that packs better than this goes round in circles (Whisper's own limit)
NO_SPEECH, UNSURE = 0.6, -1.0  # Whisper's own rule for a window without speech
MARKS = ("\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")  # that belong to the next word, and to the one before


class Whisper:
    """Speech to text with times and certainties (Radford and others 2022, arXiv:2212.04356).

    Speech is found first; windows of up to 30 s are then read without time marks, by a beam search
    that has no chance in it, and each word is placed in time by the network's attention.
    """

    def __init__(self, network: WhisperModel) -> None:
        self.network = network
        self.kept = Kept()  # the languages of the sounds that were just heard, the likeliest first

    def predict(self, audio: np.ndarray, language: str = "auto") -> Transcript:
        """What is said in `(n,)` float32 at 16 000 Hz; `language` is "auto" or a code such as "en"."""
        *_, (_, answer) = self.stream(audio, language)
        return answer

    def stream(self, audio: np.ndarray, language: str = "auto") -> Iterator[tuple[float, Transcript]]:
        """As `predict`, after each window: how much is heard (0 to 1) and what was said so far."""
        words, found = list[Segment](), list[tuple[str, float]]()
        for window, encoded, found, code in self.listen(audio, language):
            words += self.read(encoded, code, window)
            yield window[1] / (len(audio) + 1), transcript(words, named(found))
        yield 1.0, transcript(words, named(found))

    def listen(self, audio: np.ndarray, language: str = "auto") -> Iterator[tuple[Stretch, Any, list[tuple[str, float]], str]]:
        """Each window with what the network made of it, the languages of the first one, and the code of the one to read."""
        loud, found = levelled(audio), list[tuple[str, float]]()
        for window in windows(loud):
            encoded = self.encoded(loud[slice(*window)])
            found = found or self.languages(encoded)
            yield window, encoded, found, likeliest(found) if language == "auto" else language
        self.kept.put(audio, found)

    def explain(self, audio: np.ndarray, language: str = "auto") -> list[View]:
        """The sound as the network sees it and the likeliest languages; the words are not read again."""
        found = self.kept.get(audio)
        views = [picture(self.network.feature_extractor, levelled(audio))] if len(audio) else []
        if found is None:
            found = next((found for _, _, found, _ in self.listen(audio, language)), [])
        if found:
            names, sure = zip(*named(found))
            views.append(View("languages", "Which language is it?",
                              "Before the first word, Whisper weighs which of its languages it hears; "
                              f"{names[0]} is the likeliest.", Labels(names, np.array(sure))))
        return views

    def encoded(self, audio: np.ndarray) -> Any:
        """What the network made of up to 30 s of sound.

        The sound is padded with silence, as Whisper was taught; faster-whisper pads the picture with
        zeros, which is not silence but a steady hiss, and makes more mistakes.
        """
        extract = self.network.feature_extractor
        return self.network.encode(log_mel(extract, np.pad(audio, (0, extract.n_samples))))

    def languages(self, encoded: Any) -> list[tuple[str, float]]:
        """Every language as (code, certainty), the likeliest first, from an encoding that is read anyway."""
        return [(token[2:-2], float(sure)) for token, sure in self.network.model.detect_language(encoded)[0]]

    def read(self, encoded: Any, language: str, window: Stretch) -> list[Segment]:
        """A window's words with their times in the recording; none where nothing can be understood."""
        speller, tokens = self._tokens(encoded, "transcribe", language, window)
        if not tokens:
            return []
        seconds = (window[1] - window[0]) / RATE
        part: dict[str, Any] = {"seek": 0, "start": 0.0, "end": seconds, "tokens": tokens}
        self.network.add_word_timestamps([[part]], speller, encoded, int(100 * seconds), *MARKS, 0.0)
        return placed(part["words"], window)

    def in_english(self, encoded: Any, language: str, window: Stretch) -> str:
        """What a window says in English, by the network itself; "" where nothing can be understood."""
        speller, tokens = self._tokens(encoded, "translate", language, window)
        return speller.decode(tokens).strip()

    def _tokens(self, encoded: Any, task: str, language: str, window: Stretch) -> tuple[Any, list[int]]:
        """What spells a window's tokens, and the tokens."""
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        speller = Tokenizer(self.network.hf_tokenizer, True, task, language)
        prompt = self.network.get_prompt(speller, [], without_timestamps=True)
        options = {"beam_size": BEAM, "suppress_tokens": list(get_suppressed_tokens(speller, [-1])),
                   # nobody says more than 12 pieces of words a second: a loop ends here at the latest
                   "max_length": min(self.network.max_length, len(prompt) + 16 + 12 * (window[1] - window[0]) // RATE),
                   "return_scores": True, "return_no_speech_prob": True}
        read = self.network.model.generate(encoded, [prompt], **options)[0]
        if _goes_round(speller.decode(read.sequences_ids[0])):
            read = self.network.model.generate(encoded, [prompt], no_repeat_ngram_size=3, **options)[0]
        silent = read.no_speech_prob > NO_SPEECH and read.scores[0] < UNSURE
        return speller, [] if silent or _goes_round(speller.decode(read.sequences_ids[0])) else read.sequences_ids[0]


def windows(audio: np.ndarray) -> list[Stretch]:
    """Where to read: stretches of speech, at most `WINDOW_S` long."""
    return joined(speech_stretches(audio, WINDOW_S), WINDOW_S)


def named(found: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The five likeliest languages by their English names."""
    return tuple((LANGUAGES.get(code, code), sure) for code, sure in found[:5])


def _goes_round(text: str) -> bool:
    packed = text.strip().encode()
    return len(packed) > REPEATS * len(zlib.compress(packed))


@once
def load(weights: Path, device: str) -> Whisper:
    """Whisper from its folder (CTranslate2 format): 16-bit floats on CUDA, else 8-bit numbers on the CPU."""
    from faster_whisper import WhisperModel

    if device == "cuda":
        try:
            model = Whisper(WhisperModel(str(weights), device="cuda", compute_type="float16"))
            model.encoded(np.zeros(RATE, np.float32))  # CUDA libraries that are missing show here
            return model
        except (RuntimeError, ValueError):
            pass  # no cuDNN, or a card without 16-bit floats: the CPU answers too
    return Whisper(WhisperModel(str(weights), device="cpu", compute_type="int8", cpu_threads=min(8, os.cpu_count() or 1)))
