"""Measures the methods on read speech: a folder of clips with `transcripts.tsv` (clip, tab, words)."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.errors import BadInput
from demos.figures import Figure, machine, today
from demos.media import decode_sound
from demos.results import Transcript
from demos.speech_recognition.voice import RATE

ENDINGS = (".flac", ".wav", ".ogg", ".mp3")
NORMALISED = ("Both texts went through Whisper's normaliser of English, which evens out spelling, numbers "
              "and capitals; the language was not told. ")
CHOSEN = {"librispeech_test_other_50": "On this copy. Settings of both methods were chosen on the first "
                                       "25 of these 50 clips. "}
KNOWN = {
    "pocketsphinx": "What its US English model learnt from was not published in detail.",
    "whisper_base": "Whisper learnt from 680,000 hours of the web and not from LibriSpeech's training part; "
                    "recordings of the same books may have been on the web.",
}
DRAWINGS = 1000  # of the bootstrap


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """Words wrong, seconds of work a second of sound, and words invented where nobody speaks.

    `limit` takes the first so many clips; `load` gives the model of a method's key. Raises
    FileNotFoundError without transcripts.tsv.
    """
    lines = (data / "transcripts.tsv").read_text().splitlines()
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    clips = [(decode_sound(_file(data, name).read_bytes()), words) for name, words in rows[:limit]]
    if not clips:
        raise BadInput("transcripts.tsv names no clip; please write on each line its name, a tab, the words.")
    about = {"date": today(), "command": command, "machine": machine()}
    name = data.resolve().name
    return [figure for key in methods for figure in _measured(key, load(key), clips, name, about)]


def _file(data: Path, name: str) -> Path:
    """The clip of this name, with or without its ending."""
    found = [path for ending in ("", *ENDINGS) if (path := data / f"{name}{ending}").is_file()]
    if not found:
        raise FileNotFoundError(2, "no such clip", f"{name}.flac")
    return found[0]


def _measured(key: str, model: Model, clips: list[tuple[np.ndarray, str]], data: str,
              about: dict[str, str]) -> list[Figure]:
    model.predict(audio=clips[0][0])  # the first call is slower than any other
    start, answers = time.perf_counter(), []
    for audio, _ in clips:
        answers.append(model.predict(audio=audio))
    work = (time.perf_counter() - start) / sum(len(audio) / RATE for audio, _ in clips)
    counts = np.array([_mistakes(words, answer) for (_, words), answer in zip(clips, answers)])
    drawn = np.random.default_rng(0).integers(0, len(counts), (DRAWINGS, len(counts)))
    rates = counts[drawn, 0].sum(1) / counts[drawn, 1].sum(1)
    low, high = np.quantile(rates, (0.025, 0.975))
    unspoken = without_speech()
    invented = sum(len(_words(model.predict(audio=audio))) for audio in unspoken.values())
    wrong, said = counts.sum(0)
    return [
        Figure(key, "word_error_rate", float(wrong / said), data, int(said), f"words in {len(clips)} clips",
               low=float(low), high=float(high),
               note=NORMALISED + CHOSEN.get(data, "") + KNOWN.get(key, ""), **about),
        Figure(key, "seconds_per_second", work, data, len(clips), "clips",
               note="Seconds of work for a second of sound; the model was loaded and warm.", **about),
        Figure(key, "invented_words", float(invented), "sounds made by the project", len(unspoken),
               f"recordings without speech ({', '.join(unspoken)})", **about)]


def _mistakes(words: str, answer: object) -> tuple[int, int]:
    """Words wrong, missing or too many, and words said."""
    import jiwer
    from whisper_normalizer.english import EnglishTextNormalizer

    plain = EnglishTextNormalizer()
    assert isinstance(answer, Transcript)
    said = plain(words)
    compared = jiwer.process_words(said, plain(answer.text))
    return compared.substitutions + compared.deletions + compared.insertions, len(said.split())


def _words(answer: object) -> list[str]:
    assert isinstance(answer, Transcript)
    return answer.text.split()


def without_speech() -> dict[str, np.ndarray]:
    """Ten seconds each of what holds no word, as `(n,)` float32 at 16 000 Hz."""
    t, noise = np.arange(10 * RATE) / RATE, np.random.default_rng(0)
    half = t[:RATE // 2]
    plucked = np.concatenate([np.exp(-4 * half) * np.sin(2 * np.pi * 220 * 2 ** (note / 12) * half)
                              for note in noise.integers(0, 13, 20)])
    sounds = {"silence": np.zeros_like(t), "faint hiss": 0.003 * noise.normal(size=len(t)),
              "white noise": 0.2 * noise.normal(size=len(t)),
              "a tone of 440 Hz": 0.5 * np.sin(2 * np.pi * 440 * t),
              "mains hum": sum(0.2 / k * np.sin(2 * np.pi * 50 * k * t) for k in range(1, 12)),
              "plucked notes": 0.5 * plucked}
    return {name: np.clip(sound, -1, 1).astype(np.float32) for name, sound in sounds.items()}
