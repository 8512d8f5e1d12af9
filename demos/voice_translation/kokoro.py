"""The deep voice: Kokoro, a network of 82 million weights that turns phonemes into a sound wave, run by kokoro-onnx."""

from __future__ import annotations

import logging
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

NAMES = {"en": "en-us", "pt": "pt-br"}
# where phonemizer cuts a text, and keeps the mark: not inside 1,250.50 or 7:30, which are read as one number
MARKS = re.compile(r"(?:[.,:](?!\d)|(?<!\d)[.,:]|[;!?¡¿—…\"«»“”()\[\]{}])+")
_shared: WeakValueDictionary[Path, KokoroVoice] = WeakValueDictionary()
_turn = threading.Lock()  # espeak-ng, which makes the phonemes, has one state for the whole process


class KokoroVoice:
    """A loaded network with its voices; `speak` never writes to it.

    StyleTTS 2 (Li and others 2023, arXiv:2306.07691) as Kokoro-82M by hexgrad; the phonemes are espeak-ng's.
    """

    def __init__(self, network: Kokoro) -> None:
        self.network = network

    def phonemes(self, text: str, language: str) -> str:
        """How the text is pronounced, in the signs that the network knows; "" where nothing can be spoken."""
        from phonemizer import phonemize

        with _turn:
            said = phonemize(" ".join(text.split()), NAMES[language], preserve_punctuation=True, with_stress=True,
                             punctuation_marks=MARKS, language_switch="remove-flags")
        known = self.network.tokenizer.known(said).strip()
        return known if any(sign.isalpha() for sign in known) else ""

    def speak(self, phonemes: str, voice: str) -> tuple[np.ndarray, int]:
        """`(n,)` float32 in [-1, 1] and its rate; n is 0 without phonemes. What is long is spoken in parts."""
        if not phonemes:
            return np.zeros(0, np.float32), 24_000
        sound, rate = self.network.create(phonemes, voice, is_phonemes=True)
        return np.asarray(sound, np.float32), int(rate)


def open_kokoro(folder: Path) -> KokoroVoice:
    """The network in this folder, loaded once however many methods speak with it; it runs on the processor."""
    with _opening:
        voice = _shared.get(folder)
        if voice is None:
            from kokoro_onnx import Kokoro

            logging.getLogger("kokoro_onnx").setLevel(logging.WARNING)  # below, it would log what visitors write
            voice = KokoroVoice(Kokoro.from_session(_session(folder / "kokoro.onnx"), str(folder / "voices.npz")))
            _shared[folder] = voice
        return voice


_opening = threading.Lock()


def _session(path: Path) -> Any:
    """The network ready to run; threads that wait sleep, so that they do not slow everybody else down."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(8, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
