"""Fraud detection as a game: can you steal from this card? Boosted trees on facts beside a network over a row of payments."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.fraud_game.moment import CUSTOMER, INPUTS, SERIES
from demos.fraud_game.words import CARD, SAMPLES
from demos.results import Labels

_HERE = "demos.fraud_game"
_LEARNT = "own work; learnt from the project's own simulated payments"

BOOSTING = bundled("boosting", "6abb37664550c816c92f641990217d67e569b842411a522d312463f9935e4e25", _LEARNT, 0.45, "this project's train_classical.py, from simulate.py's payments")
FOREST = bundled("forest", "99261f910bdf0383cf6e7d11f712c90b5fb69225221c6522ecb5b55d1e9ef3f7", _LEARNT, 0.54, "this project's train_classical.py, from simulate.py's payments")
GRU = bundled("gru", "ccc18b089dba27006a8052536061bc5e399825741ddd28be7ea5c7e9f9ac43d7", _LEARNT, 0.08, "this project's train.py, from simulate.py's payments")

DEMO = Demo(
    name="fraud_game",
    question="Can you steal from this card?",
    title="Fraud detection",
    icon=":material/credit_card:",
    task="tabular-classification",
    group="numbers",
    summary="Two methods judge payments by card, all of them simulated. Make one up, then be the thief and see how far you get, "
            "and then the bank.",
    inputs=INPUTS,
    result=Labels,
    methods=(
        Method("boosting", "Many small trees on twelve facts", "classical", f"{_HERE}.classical", (BOOSTING,),
               "People chose twelve facts, such as how often the card was used within the hour. Small trees of questions "
               "about them were grown, each to mend what the ones before it got wrong (gradient boosting)."),
        Method("gru", "A recurrent network over eleven payments", "deep", f"{_HERE}.deep", (GRU,),
               "It reads the last ten payments of the card and this one, from the oldest on, and keeps what matters in a "
               "memory of 64 numbers. Nobody told it what to count."),
        Method("forest", "An isolation forest, told nothing of thefts", "classical", f"{_HERE}.classical", (FOREST,),
               "Random questions, until a payment stands alone: whatever is alone soon is odd. It never heard which payments "
               "were stolen; only what its oddness means as a chance was worked out with them."),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("smaller_sum", "larger_sum", "nearer_home", "longer_wait"),
    parts=(Part("judge", (CUSTOMER, SERIES)),),
    explained=("classical", "deep"),
    time_limit_s=60,
    bet=Bet("pick", "Who pays here: the owner, or a thief?", ("honest", "stolen")),
    order=140,
)
