"""The classical method: CMU PocketSphinx, sounds by Gaussian mixtures and words by counted word triples."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.results import Segment, Transcript
from demos.speech_recognition.sentences import transcript
from demos.speech_recognition.voice import RATE, Stretch, levelled, speech_stretches

if TYPE_CHECKING:
    from pocketsphinx import Decoder

LONGEST_S = 15.0  # of one search: a longer one only needs more memory
FRAMES = 100  # a second, of the decoder's times
WIDEST = 3000  # chains of sounds followed at once: half the work of the usual 30,000, and no more mistakes


class PocketSphinx:
    """Speech to text for US English (Huggins-Daines and others 2006, ICASSP).

    A decoder keeps what it hears, so calls take turns with the one there is.
    """

    def __init__(self, decoder: Decoder) -> None:
        self.decoder = decoder
        self.turn = threading.Lock()

    def predict(self, audio: np.ndarray) -> Transcript:
        """What is said in `(n,)` float32 at 16 000 Hz, as far as it is US English."""
        *_, (_, answer) = self.stream(audio)
        return answer

    def stream(self, audio: np.ndarray) -> Iterator[tuple[float, Transcript]]:
        """As `predict`, after each stretch of speech: how much is heard (0 to 1) and what was said so far."""
        audio = levelled(audio)
        words: list[Segment] = []
        for start, end in speech_stretches(audio, LONGEST_S):
            words += self._read(audio[start:end], (start, end))
            yield end / (len(audio) + 1), transcript(words)
        yield 1.0, transcript(words)

    def _read(self, audio: np.ndarray, stretch: Stretch) -> list[Segment]:
        """The words of a stretch with their times in the recording and their posterior probabilities."""
        samples = np.round(np.clip(audio, -1, 1) * 32767).astype("<i2").tobytes()
        with self.turn:
            self.decoder.reinit_feat()  # else its idea of the noise stays from the call before
            self.decoder.start_utt()
            self.decoder.process_raw(samples, no_search=False, full_utt=True)
            self.decoder.end_utt()
            found = [(part.word, part.start_frame, part.end_frame + 1, min(1.0, part.prob))
                     for part in self.decoder.seg() or ()]
        begin, limit = stretch[0] / RATE, stretch[1] / RATE
        return [Segment(min(begin + first / FRAMES, limit), min(begin + last / FRAMES, limit),
                        " " + word.partition("(")[0], sure)  # "read(2)" is another way to say "read"
                for word, first, last, sure in found if word[:1] not in "<[+"]  # silence and noises


def load(weights: Path, device: str) -> PocketSphinx:
    """PocketSphinx with the sounds, words and word triples of its package; it always runs on the CPU."""
    from pocketsphinx import Decoder

    return PocketSphinx(Decoder(hmm=str(weights), lm=str(weights / "en-us.lm.bin"), maxhmmpf=WIDEST,
                                dict=str(weights / "cmudict-en-us.dict"), loglevel="FATAL"))
