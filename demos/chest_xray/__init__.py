"""Medical imaging: pneumonia on a chest X-ray? Outlines and an SVM beside five small residual networks."""

from __future__ import annotations

from demos.base import Demo, Method, Part, bundled
from demos.chest_xray.words import CARD, CAUTION, SAMPLES
from demos.inputs import ScanInput, VolumeInput
from demos.results import Labels

_HERE = "demos.chest_xray"
_LICENCE = "own work; learnt from PneumoniaMNIST, CC BY 4.0 (MedMNIST; Kermany et al. 2018)"
_SOURCE = "this project's train.py, from PneumoniaMNIST"


HOG_SVM = bundled("hog_svm", "df0fb29475e3f0eab3b524de1f0cfbfd1a747d2d9dadd173996e9cb3fc9d076c",
                  _LICENCE, 1.5, _SOURCE)
CHEST_NETS = bundled("chest_nets", "5188a79f61effb738ca4989dd1e19c583492c4b69b607d33dbfa9d802736c7c7",
                     _LICENCE, 3.5, _SOURCE)

METHODS = (
    Method("hog_svm", "Outlines and shades, with an SVM", "classical", f"{_HERE}.classical", (HOG_SVM,),
           "Somebody chose what to measure (outlines at two sizes, and shades); the machine learnt only how to weigh "
           "it."),
    Method("chest_nets", "Five small residual networks", "deep", f"{_HERE}.deep", (CHEST_NETS,),
           "Each learnt by itself, from 4,708 X-rays, what to look for; they look at ten slightly moved and mirrored "
           "views each, and answer together."),
)

DEMO = Demo(
    name="chest_xray",
    question="Is this pneumonia?",
    title="Medical image classification",
    icon=":material/pulmonology:",
    task="image-classification",
    group="see",
    summary="Give it a child's chest X-ray: two methods look at it, and you see where they saw what.",
    inputs=(ScanInput(label="A chest X-ray"),),
    result=Labels,
    methods=METHODS,
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover", "grain"),
    parts=(Part("volume", (VolumeInput(),)),),
    caution=CAUTION,
    time_limit_s=30,
    order=41,
)
