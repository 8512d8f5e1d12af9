"""Spam detection: is this message spam? Naive Bayes beside MiniLM with a head."""

from __future__ import annotations

from demos.base import Demo, Method, Part, Weights, WeightsFile, bundled
from demos.inputs import NumberInput, TableInput, TextInput
from demos.minilm import MINILM
from demos.results import Labels
from demos.spam.words import CARD, CERTAINTY, SAMPLES

_HERE = "demos.spam"
_LEARNT = "own work; learnt from the SMS Spam Collection (Almeida et al. 2011, free to use with citation)"

BAYES = bundled("bayes", "81f68469bdc1ecb5c16743ddadb40dad72f6733fcd5e967c42633704346736a3",
                _LEARNT, 0.025, "this project's train.py, from the SMS Spam Collection")
HEAD = Weights(
    "head", "bundled",
    (WeightsFile("head.safetensors", "67a7a8fc3b49c0461488238ad171339713140c811c18880de0e738d16fab0689",
                 ("weights/head.safetensors",)),),
    _LEARNT, 0.002, "this project's train.py, from the SMS Spam Collection")

DEMO = Demo(
    name="spam",
    question="Is this message spam?",
    title="Spam detection",
    icon=":material/mark_email_unread:",
    task="text-classification",
    group="say",
    summary="Paste a message: two methods judge whether it is spam, and you see which words gave it away.",
    inputs=(TextInput(help="English, at most 1,000 characters.", max_chars=1000),),
    result=Labels,
    methods=(
        Method("bayes", "Naive Bayes on words", "classical", f"{_HERE}.classical", (BAYES,),
               "How often does spam hold this word, and how often do honest messages? The answers for all words are "
               "multiplied, as if they had nothing to do with each other.", certainty=CERTAINTY),
        Method("minilm", "MiniLM with a head", "deep", f"{_HERE}.deep", (MINILM, HEAD),
               "A network of six layers that has learnt what English sentences mean; 385 numbers were learnt here to "
               "read from it whether a message is spam.", certainty=CERTAINTY),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("disguise", "friendly", "typos"),
    parts=(Part("many", (TableInput(), NumberInput("column", "Column", low=-1, high=49, default=-1))),),
    explained=("classical", "deep"),
    time_limit_s=60,
    order=71,
)
