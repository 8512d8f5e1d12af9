"""Transfer learning: can I teach it in a minute? Hand-made measures beside a trained network, each with a last step of one's own."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.image_recognition import LITE0
from demos.inputs import ChoiceInput, NumberInput, PictureInput
from demos.results import Labels
from demos.teach_it.examples import SETS, ExamplesInput, TaughtInput
from demos.teach_it.words import CARD, CERTAINTY, SAMPLES, SUMMARY

_HERE = "demos.teach_it"
LESSONS = bundled("lessons", "c84b14f1c15830b86ba3b9fcebac7c676b3f0b8c2679b6710d657b505d2f0cb9", "own work; from CIFAR-10, which has no formal licence (cite Krizhevsky 2009)", 0.04,
                  "this project's train.py, from CIFAR-10")

DEMO = Demo(
    name="teach_it",
    question="Can I teach it in a minute?",
    title="Transfer learning",
    icon=":material/school:",
    task="image-classification",
    group="make",
    summary=SUMMARY,
    inputs=(PictureInput("image", "A picture to try"), TaughtInput()),
    result=Labels,
    methods=(
        Method("hog_svm", "Outlines and colours, with a linear SVM", "classical", f"{_HERE}.classical", (LESSONS,),
               "3,016 measures that somebody chose by hand; what you teach is how to weigh them.",
               certainty=CERTAINTY["classical"]),
        Method("network", "EfficientNet-Lite0 with a last step of your own", "deep", f"{_HERE}.deep", (LITE0, LESSONS),
               "1,280 measures that a network learnt from 1.28 million photos; what you teach is how to weigh them.",
               certainty=CERTAINTY["deep"]),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover", "jpeg"),
    parts=(Part("take", (PictureInput(),)), Part("teach", (ExamplesInput(),)), Part("open", (TaughtInput(),)),
           Part("scratch", (ChoiceInput("key", "Set", options=tuple((one, one) for one in SETS), default=SETS[0]),
                            NumberInput("size", "Pictures of each", low=1, high=8, default=5, step=1)))),
    explained=("classical", "deep"),
    time_limit_s=90,
    bet=Bet("pick", "Which of the things that were taught is this?"),
    order=160,
)
