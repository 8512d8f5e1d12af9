"""Measures the methods on real voices in seven languages and on sentences spoken by computer that people translated.

The folder holds speech_clips_8_languages and tatoeba_500.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from demos import demo_folder
from demos.base import Model
from demos.figures import Figure, machine, today, wilson
from demos.media import decode_sound
from demos.results import Sound
from demos.speech_recognition import BASE
from demos.speech_recognition import deep as speech
from demos.speech_recognition.languages import LANGUAGES as ALL
from demos.speech_recognition.languages import likeliest
from demos.translation.evaluate import NAMES, chrf
from demos.voice_results import Spoken
from demos.voice_translation.reading import resampled
from demos.voice_translation.recording import LANGUAGES
from demos.voice_translation.references import FOREIGN
from demos.voice_translation.timing import timed
from demos.weights import locate

CLIPS, PAIRS = "speech_clips_8_languages", "tatoeba_500"
TAKEN, FEWEST = 24, 4  # sentences each way, evenly spread over those with so many words
CHRF = "chrF (Popović 2015) by sacrebleu: groups of one to six letters that the translation shares with the reference. "
REAL = CHRF + ("Real voices, short clips; the English that they are compared with was written for this project. Portuguese "
               "goes through Marian, all other languages through Whisper's own translation. On this copy.")
SPEAKER = "jm_kumo"  # Whisper hears the other voice's Portuguese as other languages
SPOKEN = CHRF + ("No recordings that people translated were at hand: the sentences are people's, the voice that speaks them is "
                 "Kokoro's Kumo. A real voice is harder. On this copy of Tatoeba.")
BACK = ("Whisper base writes down what the method's voice said, with the language told; words that differ, without "
        "capitals and punctuation. Whisper's own mistakes count too.")


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """chrF of the translations, words wrong when the voice is written down again, and seconds.

    `limit` takes the first so many of each; `load` gives the model of a method's key. Raises FileNotFoundError.
    """
    clips = [(decode_sound((data / CLIPS / name).read_bytes()), code, text) for name, code, text in FOREIGN[:limit]]
    english, portuguese = ((data / PAIRS / name).read_text("utf-8").splitlines() for name in NAMES)
    chosen = spread([(a, b) for a, b in zip(english, portuguese) if min(len(a.split()), len(b.split())) >= FEWEST],
                    min(TAKEN, limit or TAKEN))
    about = {"date": today(), "command": command, "machine": machine()}
    ear = listener()
    spoken = {way: [(speak(text, way[:2]), text, wanted) for text, wanted in rows]
              for way, rows in (("en-pt", chosen), ("pt-en", [(b, a) for a, b in chosen]))}
    figures: list[Figure] = []
    for key in methods:
        model = load(key)
        for way, rows in spoken.items():
            figures += _both_ways(key, model, way, rows, ear, about)
        figures.append(_real(key, model, clips, about))
        figures += timed(key, model, about)
    return [*figures, _languages(methods[-1], clips, ear, about)] if clips else figures


def spread(rows: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """So many rows, evenly spread."""
    return [rows[place] for place in np.linspace(0, len(rows) - 1, count).round().astype(int)] if rows else []


def listener() -> speech.Whisper:
    """The Whisper that writes down what voices say."""
    return speech.load(locate(BASE, demo_folder("speech_recognition")), "cpu")


def speak(text: str, language: str) -> np.ndarray:
    """A sentence as `(n,)` float32 at 16 000 Hz, spoken by `SPEAKER`, with half a second of quiet around it."""
    from demos.voice_translation import KOKORO
    from demos.voice_translation.chain import levelled
    from demos.voice_translation.kokoro import open_kokoro

    kokoro = open_kokoro(locate(KOKORO, demo_folder("voice_translation")))
    sound = levelled(*kokoro.speak(kokoro.phonemes(text, language), SPEAKER))
    assert sound is not None
    return np.pad(0.5 * resampled(sound), 8000).astype(np.float32)


def _both_ways(key: str, model: Any, way: str, rows: list[tuple[np.ndarray, str, str]], ear: speech.Whisper,
               about: dict[str, str]) -> list[Figure]:
    """chrF of sentences spoken by computer, and of the voice that answers how many words are heard wrongly."""
    answers: list[Spoken] = [model.predict(audio=audio, into=way[-2:]) for audio, _, _ in rows]
    value, low, high = chrf([answer.text for answer in answers], [wanted for _, _, wanted in rows])
    counts = np.array([read_back(answer.text, answer.sound, way[-2:], ear) for answer in answers if answer.sound])
    wrong, words = counts.sum(0) if len(counts) else (0, 1)
    things = f"words that it said in {LANGUAGES[way[-2:]]}"
    return [Figure(key, f"chrf_spoken_{way.replace('-', '_')}", value, PAIRS, len(rows), "sentences spoken by computer",
                   low=low, high=high, note=SPOKEN, **about),
            Figure(key, f"heard_back_wrongly_{way[-2:]}", float(wrong / words), PAIRS, int(words), things, note=BACK, **about)]


def read_back(text: str, sound: Sound, language: str, ear: speech.Whisper) -> tuple[int, int]:
    """Words that differ when a voice is written down again, and words that it had to say."""
    import jiwer

    heard = ear.predict(np.pad(resampled(sound), 8000), language).text
    wanted, got = plain(text), plain(heard)
    if not wanted:
        return 0, 0
    compared = jiwer.process_words(wanted, got)
    return compared.substitutions + compared.deletions + compared.insertions, len(wanted.split())


def plain(text: str) -> str:
    """Words alone."""
    return " ".join("".join(c if c.isalnum() or c in "'’" else " " for c in text.casefold().replace("-", "")).split())


def _real(key: str, model: Any, clips: list[tuple[np.ndarray, str, str]], about: dict[str, str]) -> Figure:
    said = [model.briefly(audio=audio, into="en").text for audio, _, _ in clips]
    value, low, high = chrf(said, [text for _, _, text in clips])
    return Figure(key, "chrf_into_english", value, CLIPS, len(clips), "clips of real voices", low=low, high=high, note=REAL,
                  **about)


def _languages(key: str, clips: list[tuple[np.ndarray, str, str]], ear: speech.Whisper, about: dict[str, str]) -> Figure:
    """How often the language is heard rightly."""
    heard = [likeliest(ear.languages(ear.encoded(audio))) for audio, _, _ in clips]  # none is longer than 30 s
    right = sum(code == wanted for code, (_, wanted, _) in zip(heard, clips))
    low, high = wilson(right, len(clips))
    return Figure(key, "language_guessed", right / len(clips), CLIPS, len(clips), "clips of real voices", low=low, high=high,
                  note=f"The languages: {', '.join(sorted({ALL[code] for _, code, _ in clips}))}. On this copy.", **about)
