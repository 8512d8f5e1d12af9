"""Traffic sign recognition: which sign is this? HOG and a linear SVM beside small networks."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, bundled
from demos.inputs import ChoiceInput, NumberInput, PictureInput
from demos.results import Labels
from demos.traffic_signs.names import NAMES
from demos.traffic_signs.words import CARD, CERTAINTY, SAMPLES

_HERE = "demos.traffic_signs"

HOG_SVM = bundled("hog_svm", "93d4f503d22007b16bf20108691b153cd99900ca865476e859c03fdd19320366",
                  "own work; learnt from GTSRB, free for research with citation (Stallkamp et al. 2012)", 0.34,
                  "this project's train.py, from GTSRB")
NETWORKS = bundled("signs", "d634d6ea1df0e741afa17eac59966cd5547adb42c0c9a93e24ee50a87a745e7e",
                   "own work; learnt from GTSRB, free for research with citation (Stallkamp et al. 2012), and from CIFAR-10, "
                   "which has no formal licence (Krizhevsky 2009)", 1.2,
                   "this project's train.py, from GTSRB and CIFAR-10")

METHODS = (
    Method("hog_svm", "Outlines, with a linear SVM", "classical", f"{_HERE}.classical", (HOG_SVM,),
           "Somebody chose what to measure (edges by direction and place, and coarse colours); the machine learnt "
           "only how to weigh it.", certainty=CERTAINTY["43"]),
    Method("networks", "Small residual networks", "deep", f"{_HERE}.deep", (NETWORKS,),
           "Networks of 0.6 million weights each that learnt by themselves what to look for; where there are several, their "
           "certainties are averaged.", certainty=CERTAINTY["doubt"]),
)

_IMAGE = PictureInput()
PARTS = (
    Part("seen", (_IMAGE,)),
    Part("stickers", (_IMAGE, ChoiceInput("colour", "Colour of the stickers", default="black", options=(
        ("black", "black"), ("white", "white"), ("yellow", "yellow"))),
        NumberInput("most", "At most so many stickers", low=1, high=16, default=12))),
    Part("fgsm", (_IMAGE, NumberInput("strength", "Strength of the noise", low=0, high=64, default=8,
                                      unit="parts of 255"))),
)

DEMO = Demo(
    name="traffic_signs",
    question="Which traffic sign is this?",
    title="Traffic sign recognition",
    icon=":material/traffic:",
    task="image-classification",
    group="see",
    summary="Give it a picture cut close around one sign: two methods read it, and you try to fool them with "
            "stickers and with noise.",
    inputs=(_IMAGE,),
    result=Labels,
    methods=METHODS,
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover"),
    parts=PARTS,
    time_limit_s=30,
    bet=Bet("pick", "Which traffic sign is this?", NAMES),
    order=50,
)
