"""The classical voice: espeak-ng, which builds each sound from a few resonances by rules that people wrote.

Formant synthesis after Klatt 1980 ("Software for a cascade/parallel formant synthesizer", JASA 67(3)); espeak-ng 1.52
comes with the package espeakng-loader (GPL 3) and is asked through its C interface (speak_lib.h).
"""

from __future__ import annotations

import _ctypes
import ctypes
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np

NAMES = {"en": b"en-us", "pt": b"pt-br"}
SYNCHRONOUS, UTF8, IPA, RATE, PITCH = 2, 1, 2, 1, 3  # constants of speak_lib.h
_close = getattr(_ctypes, "dlclose", None) or _ctypes.FreeLibrary  # type: ignore[attr-defined]


class Espeak:
    """The library; calls take turns, and each begins with the library as it is right after loading.

    It keeps where its trembling of the pitch and its hisses stand, so that a text would sound a little different each
    time. A copy of the file serves, since what somebody else has loaded too cannot be loaded anew.
    """

    def __init__(self) -> None:
        import espeakng_loader

        self.folder = tempfile.TemporaryDirectory(prefix="espeak-")
        self.file = shutil.copy(espeakng_loader.get_library_path(), self.folder.name)
        self.data = str(Path(espeakng_loader.get_data_path()).parent).encode()
        self.turn = threading.Lock()
        with self._opened("pt"):
            pass  # what is missing shows here

    def speak(self, text: str, language: str, speed: int = 175, pitch: int = 50) -> tuple[np.ndarray, int]:
        """`(n,)` float32 in [-1, 1] and its rate; n is 0 where there is nothing to speak.

        `language` is "en", "pt" or the name of any voice of espeak-ng, such as "en-us+f2"; `speed` is in words a minute,
        `pitch` from 0 to 99. Markup and phoneme brackets are read as plain text: neither flag is set.
        """
        pieces: list[bytes] = []

        @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        def take(sound: ctypes.Array[ctypes.c_short], count: int, _: int) -> int:
            if sound and count > 0:
                pieces.append(ctypes.string_at(sound, 2 * count))
            return 0

        raw = text.encode("utf-8") + b"\0"
        with self._opened(language) as (library, rate):
            library.espeak_SetSynthCallback(take)
            for number, value in ((RATE, speed), (PITCH, pitch)):
                library.espeak_SetParameter(number, value, 0)
            library.espeak_Synth(raw, ctypes.c_size_t(len(raw)), 0, 0, 0, UTF8, None, None)
        return np.frombuffer(b"".join(pieces), "<i2").astype(np.float32) / 32768, rate

    def phonemes(self, text: str, language: str) -> str:
        """How the text is pronounced, in the international phonetic alphabet."""
        left = ctypes.c_char_p(text.encode("utf-8"))
        clauses = []
        with self._opened(language) as (library, _):
            library.espeak_TextToPhonemes.restype = ctypes.c_char_p
            while left.value is not None:
                clauses.append((library.espeak_TextToPhonemes(ctypes.byref(left), UTF8, IPA) or b"").decode())
        return " ".join(clause.strip() for clause in clauses if clause.strip())

    @contextmanager
    def _opened(self, language: str) -> Iterator[tuple[ctypes.CDLL, int]]:
        """The library, loaded anew, and its rate; nobody else may use it meanwhile."""
        with self.turn:
            library = ctypes.CDLL(self.file)
            try:
                rate = library.espeak_Initialize(SYNCHRONOUS, 0, self.data, 0)
                if rate <= 0 or library.espeak_SetVoiceByName(NAMES.get(language, language.encode())) != 0:
                    raise OSError("espeak-ng cannot read its data")
                library.espeak_ng_SetRandSeed(ctypes.c_long(1))
                yield library, rate
            finally:
                library.espeak_Terminate()
                _close(library._handle)


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    """The one there is in this process."""
    return Espeak()
