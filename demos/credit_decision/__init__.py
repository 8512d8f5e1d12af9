"""Credit scoring: would a bank lend this person money? Added-up answers and trees beside a network of embeddings."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.credit_decision.fields import SCHEMA
from demos.credit_decision.words import CARD, CAUTION, SAMPLES
from demos.inputs import NumberInput
from demos.results import Labels

_HERE = "demos.credit_decision"
_LEARNT = "own work; learnt from the German credit data (Hofmann 1994, UCI, CC BY 4.0)"
_SOURCE = "this project's train.py, from the German credit data"

LOGISTIC = bundled("logistic", "c2afa5da966423d380085ebade12fc0bb7e6b94b2284ba0a7f02644089c7c202", _LEARNT, 0.001, _SOURCE)
BOOSTING = bundled("boosting", "79343c21c41ba37eb139a683cd75f13b9541ac9d7d285ce9ff104d0c46d50ef5", _LEARNT, 0.1, _SOURCE)
TREE = bundled("tree", "eacf6738e09ca6a43b0912ae19ef485e35697614bd2054fc86a08395b341d1f7", _LEARNT, 0.001, _SOURCE)
NETWORK = bundled("network", "384b6453ac56cb4538862e82f03a9ad42184d66451a628960c7a0e0cc13b1990", _LEARNT, 0.2, _SOURCE)
BAR = NumberInput("bar", "Lend from a chance of", low=0.02, high=0.98, default=0.5, step=0.02)

DEMO = Demo(
    name="credit_decision",
    question="Would you lend this person money?",
    title="Credit scoring",
    icon=":material/account_balance:",
    task="tabular-classification",
    group="numbers",
    summary="Fill in an application for a loan and watch trees of questions and a network decide; see why, what would have "
            "changed it, and whom a threshold reaches.",
    inputs=SCHEMA.inputs,
    result=Labels,
    methods=(
        Method("boosting", "Many small trees, by gradient boosting", "classical", f"{_HERE}.classical", (BOOSTING,),
               "Small trees of questions, each grown to mend what the ones before it got wrong."),
        Method("logistic", "Points for each answer, by logistic regression", "classical", f"{_HERE}.classical", (LOGISTIC,),
               "Each answer has a fixed number of points, learnt from the loans; they are added up. Banks have scored like "
               "this since the 1960s."),
        Method("tree", "One small tree", "classical", f"{_HERE}.classical", (TREE,),
               "At most three questions, one after the other; the whole method can be drawn."),
        Method("network", "Eight small networks, taught by this project", "deep", f"{_HERE}.deep", (NETWORK,),
               "Each option becomes four learnt numbers (an embedding), two layers follow; eight such networks are "
               "averaged."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("larger_loan", "longer_loan", "shorter_loan", "younger"),
    parts=(Part("ways", (*SCHEMA.inputs, BAR)),),
    caution=CAUTION,
    explained=("classical", "deep"),
    time_limit_s=60,
    bet=Bet("pick", "Would this person pay the loan back?", SCHEMA.outcomes),
    order=110,
)
