"""Predictive maintenance: when will this machine fail? Boosting and a straight line beside LSTMs; and forecasts."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.machine_failure.blocks import AHEAD
from demos.machine_failure.columns import CAP
from demos.machine_failure.record import ENGINE, flights_left
from demos.machine_failure.words import CARD, SAMPLES
from demos.series_files import SERIES
from demos.series_results import Life

_HERE = "demos.machine_failure"
_OURS = "own work; learnt from NASA's C-MAPSS FD001, United States government work"
_SIMPLE, _DEEP = (f"this project's {file}, from NASA's C-MAPSS FD001" for file in ("train_classical.py", "train.py"))

BOOSTING = bundled(
    "boosting", "015b5f3f30cddc83a562ebaf3e631671fd41d7c43ee0f78593e7323060b3d9be", _OURS, 0.84, _SIMPLE)
LINE = bundled(
    "line", "8072f26cb557afaf5e13d8c88464637d44f931caf4e6b3af0044192162b6cd4f", _OURS, 0.01, _SIMPLE)
NETWORKS = tuple(bundled(f"lstm_{number}", digest, _OURS, 0.39, _DEEP) for number, digest in enumerate((
    "c0740f3a15d6b3b2f8aedaba81afc124b6c871b5eaab4d2f053384f44b0c38a3",
    "517b007829bff3c84b8392c6ea6e51ab9ad554d66635b572dafc150f644ba3d5",
    "5ab10daa9c3467ca61730248b0f98cff17ef206b1d016691eb3f378acc344fa3",
    "4cb323e424b0e2f771fe54b6d9d3f412a6f2d8686f0f3c1cb61ce5ecc7476b35",
    "b6c1ac347c0e3fddc528325c5ccff2c837ff6d3b0bc3675773d3c334bc0a42eb",
), 1))
CERTAINTY = "Beyond about 100 flights no sensor shows anything yet, and the guess is an average."

DEMO = Demo(
    name="machine_failure",
    question="When will this machine fail?",
    title="Predictive maintenance and forecasting",
    icon=":material/engineering:",
    task="time-series-forecasting",
    group="numbers",
    summary="An engine's sensors, flight by flight: two methods say how many flights it has left, you play its life "
            "forward and choose when the alarm rings; then a series of your own is forecast.",
    inputs=(ENGINE,),
    result=Life,
    methods=(
        Method("boosting", "Gradient boosting on the last thirty "
                           "flights", "classical", f"{_HERE}.classical", (BOOSTING,),
               "It takes the mean, the end and the slope of each sensor over thirty flights, and adds up what "
               "hundreds of small trees say of them.", certainty=CERTAINTY),
        Method("line", "A straight line through the engine's health", "classical", f"{_HERE}.classical", (LINE,),
               "One number says how healthy the engine is; a straight line through its last thirty values is drawn on "
               "until it comes to zero.", certainty=CERTAINTY),
        Method("lstm", "LSTMs that read the last thirty flights", "deep", f"{_HERE}.deep", NETWORKS,
               "Fifteen small networks: each reads fourteen sensors flight by flight and remembers what it needs; the "
               "average of all is the answer.", certainty=CERTAINTY),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("shaky", "frozen", "creeping", "short"),
    parts=(Part("forecast", (SERIES, AHEAD)),),
    time_limit_s=60,
    bet=Bet("amount", f"How many flights does this engine have left? ({CAP} stands for {CAP} or more.)", high=CAP,
            known=flights_left),
    order=150,
)
