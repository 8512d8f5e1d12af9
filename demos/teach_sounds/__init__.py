"""Transfer learning with sounds: can I teach it a sound? Hand-made statistics beside a network that learnt from photos."""

from __future__ import annotations

from demos.base import Demo, Method, Part, bundled
from demos.image_recognition import LITE0
from demos.inputs import SoundInput
from demos.results import Labels
from demos.teach_sounds.examples import SecondsInput, TaughtSoundsInput
from demos.teach_sounds.words import CARD, CERTAINTY, SAMPLES, SUMMARY

_HERE = "demos.teach_sounds"
LESSONS = bundled("lessons", "7eb0fed9b077038a9e8c69017ebcaa7b765c33606fe00a4f098d1b8ba9750bcf", "own work", 0.02, "this project's train.py, from synthetic words and noises")

DEMO = Demo(
    name="teach_sounds",
    question="Can I teach it a sound?",
    title="Transfer learning with sounds",
    icon=":material/graphic_eq:",
    task="audio-classification",
    group="make",
    summary=SUMMARY,
    inputs=(SoundInput("audio", "A sound to try"), TaughtSoundsInput()),
    result=Labels,
    methods=(
        Method("mfcc_svm", "Tone colour (MFCC), with a linear SVM", "classical", f"{_HERE}.classical", (LESSONS,),
               "78 measures of tone colour that somebody chose by hand; what you teach is how to weigh them.",
               certainty=CERTAINTY["classical"]),
        Method("network", "EfficientNet-Lite0 on a picture of the sound", "deep", f"{_HERE}.deep", (LITE0, LESSONS),
               "The sound is drawn as a picture, and 1,280 measures are taken that a network learnt from photos, never from a sound; "
               "what you teach is how to weigh them.",
               certainty=CERTAINTY["deep"]),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("noise", "speed", "telephone"),
    parts=(Part("take", (SoundInput(),)), Part("teach", (SecondsInput(),)), Part("open", (TaughtSoundsInput(),))),
    explained=("classical", "deep"),
    time_limit_s=90,
    order=161,
)
