"""Churn: will this customer leave? Added-up answers and trees beside a network of embeddings."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.customer_churn.fields import SCHEMA
from demos.customer_churn.words import CARD, SAMPLES
from demos.inputs import NumberInput
from demos.results import Labels

_HERE = "demos.customer_churn"
_LEARNT = "own work; learnt from the Telco churn sample of IBM"
_SOURCE = "this project's train.py, from the Telco churn sample"

LOGISTIC = bundled("logistic", "6e2cc1a15ec0ceb8a1624728d5111e0aed307d977db0372e75459e8bbe71eb4d", _LEARNT, 0.001, _SOURCE)
BOOSTING = bundled("boosting", "ef7f909998f00c0ac2243667ef63b92acba0ea777d4cd2ce392a3a9ad4c7a9ee", _LEARNT, 0.1, _SOURCE)
TREE = bundled("tree", "95487bbfd7e5aec6f76f5d0098f8a0773f3e1d52e0cb570b10c47cba6dd3d904", _LEARNT, 0.001, _SOURCE)
NETWORK = bundled("network", "a92b5d45ad1538f4912aa1759bb8111388d1d6d737c991198dbb66b72919452e", _LEARNT, 0.2, _SOURCE)
BAR = NumberInput("bar", "Call from a chance of", low=0.02, high=0.98, default=0.5, step=0.02)

DEMO = Demo(
    name="customer_churn",
    question="Will this customer leave?",
    title="Churn prediction",
    icon=":material/logout:",
    task="tabular-classification",
    group="numbers",
    summary="Describe a customer of a telephone company and watch points, trees and a network guess who leaves; see why, and "
            "what would have kept them.",
    inputs=SCHEMA.inputs,
    result=Labels,
    methods=(
        Method("logistic", "Points for each answer, by logistic regression", "classical", f"{_HERE}.classical", (LOGISTIC,),
               "Each answer has a fixed number of points, learnt from the customers; they are added up."),
        Method("boosting", "Many small trees, by gradient boosting", "classical", f"{_HERE}.classical", (BOOSTING,),
               "Small trees of questions, each grown to mend what the ones before it got wrong."),
        Method("tree", "One small tree", "classical", f"{_HERE}.classical", (TREE,),
               "At most three questions, one after the other; the whole method can be drawn."),
        Method("network", "Eight small networks, taught by this project", "deep", f"{_HERE}.deep", (NETWORK,),
               "Each option becomes four learnt numbers (an embedding), two layers follow; eight such networks are "
               "averaged."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("newer_customer", "older_customer"),
    parts=(Part("ways", (*SCHEMA.inputs, BAR)),),
    explained=("classical", "deep"),
    time_limit_s=60,
    bet=Bet("pick", "Will this customer leave?", SCHEMA.outcomes),
    order=120,
)
