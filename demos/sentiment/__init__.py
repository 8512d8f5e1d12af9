"""Sentiment analysis: is this said with praise or blame? Weighed words beside MiniLM."""

from __future__ import annotations

from demos.base import Demo, Method, Part, Weights, WeightsFile, bundled
from demos.inputs import NumberInput, TableInput, TextInput
from demos.minilm import MINILM
from demos.results import Labels
from demos.sentiment.words import CARD, CERTAINTY, SAMPLES

_HERE = "demos.sentiment"
_LEARNT = "own work; learnt from SST-2, which has no explicit licence (cite Socher et al. 2013)"

TFIDF = bundled("tfidf", "871de1cce763926fa9d117d3db3616408ffb1d744222f3e54e582a8a9fba5077",
                _LEARNT, 1.36, "this project's train_classical.py, from SST-2")
ADAPTER = Weights(
    "adapter", "bundled",
    (WeightsFile("adapter.safetensors", "3e9cd7385039c0724707576bc07f24cca1b39b6935f99ef61af2966baaea5048",
                 ("weights/adapter.safetensors",)),),
    _LEARNT, 3.99, "this project's train.py, from SST-2")

DEMO = Demo(
    name="sentiment",
    question="Did they like it?",
    title="Sentiment analysis",
    icon=":material/sentiment_satisfied:",
    task="text-classification",
    group="say",
    summary="Write what somebody might say about a film: two methods judge whether it is praise, and you see which words "
            "decided.",
    inputs=(TextInput(help="English, at most 1,000 characters.", max_chars=1000),),
    result=Labels,
    methods=(
        Method("tfidf", "Weighed words, by logistic regression", "classical", f"{_HERE}.classical", (TFIDF,),
               "Each word and each pair of neighbours has one weight, learnt from the same phrases; they are added up. "
               "The order of the words is lost.", certainty=CERTAINTY),
        Method("minilm", "MiniLM, taught by this project", "deep", f"{_HERE}.deep", (MINILM, ADAPTER),
               "A network of six layers that had learnt what English sentences mean. Small steps beside its matrices "
               "were learnt here, 4 MB of them, so that it tells praise from blame.", certainty=CERTAINTY),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("typos", "denial", "disguise"),
    parts=(Part("many", (TableInput(), NumberInput("column", "Column", low=-1, high=49, default=-1))),),
    explained=("classical", "deep"),
    time_limit_s=60,
    order=70,
)
