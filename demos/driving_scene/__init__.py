"""Road scenes: what is on this road? HOG, colours and lines beside networks for people, vehicles and signs."""

from __future__ import annotations

from demos.base import Demo, Method, Part, bundled
from demos.driving_scene.words import CARD, CERTAINTY, SAMPLES
from demos.inputs import NumberInput, PictureInput, VideoInput
from demos.pins import pinned
from demos.results import Scene

_HERE = "demos.driving_scene"
_DATA = "learnt from vehicle patches (partly KITTI, no commercial use)"
HOG_SVM = bundled("hog_svm", "0aa1724fe5a63bb879433673c21dfa0517c55611796a7d6862a4dcc465ab0dcf",
                  f"own work; {_DATA}", 0.014, "this project's train.py, from vehicle patches; people: OpenCV's own")
STREETS = bundled("streets", "6419a6c1aed311a59b5f18b0f3f4d07dc88b51894a0325f0517e0d1d66d38bd5",
                  f"own work, begun with EfficientNet-Lite0 (Apache-2.0); {_DATA} and Penn-Fudan (research)", 6.6,
                  "this project's train.py, from vehicle patches, Penn-Fudan and drawn roads")
RT_DETR = pinned(
    "PekingU/rtdetr_v2_r18vd", ("config.json", "model.safetensors"), name="rtdetr-v2-r18", size_mb=81,
    license="Apache-2.0", source="Peking University's RT-DETR v2, learnt from COCO")
# its safetensors file is in the repository's pull request 4 only: pin it with --revision refs/pr/4
SEGFORMER = pinned(
    "nvidia/segformer-b0-finetuned-cityscapes-1024-1024", ("config.json", "model.safetensors"),
    name="segformer-b0-cityscapes", size_mb=15, license="NVIDIA Source Code License for SegFormer: no commercial use",
    source="NVIDIA's SegFormer B0, learnt from Cityscapes")

METHODS = (
    Method("hog", "Outlines, colours and straight lines", "classical", f"{_HERE}.classical", (HOG_SVM,),
           "Windows of many sizes slide over the picture; in each, outlines are weighed by a linear SVM. Signs are found "
           "by colour and shape, the lane by edges and straight lines.",
           certainty=CERTAINTY["classical"]),
    Method("networks", "A heat-map network and a sign reader", "deep", f"{_HERE}.deep", (STREETS,),
           "One network looks at the whole picture at once and says where the middle of a person or a vehicle is. Signs "
           "are found by colour and read by the network of the traffic signs demo.",
           certainty=CERTAINTY["deep"]),
    Method("rt_detr", "RT-DETR v2", "deep", f"{_HERE}.hub", (RT_DETR,),
           "A network of 2024 with 20 million weights that knows 80 kinds of things, from 118,000 photos.",
           larger=True, certainty=CERTAINTY["hub"]),
    Method("segformer", "SegFormer", "deep", f"{_HERE}.hub_pixels", (SEGFORMER,),
           "A network that says for every pixel what it belongs to: road, car, person, sky and 15 more.",
           larger=True, certainty=CERTAINTY["hub"]),
)

SLIDERS = (NumberInput("dusk", "Dusk"), NumberInput("rain", "Rain"), NumberInput("worn", "Worn markings"),
           NumberInput("bend", "Bend", low=-1.0))

DEMO = Demo(
    name="driving_scene",
    question="What is on this road?",
    title="Object and lane detection",
    icon=":material/directions_car:",
    task="object-detection",
    group="see",
    summary="One street picture in: pedestrians, vehicles, signs and the lane out, found by two methods.",
    inputs=(PictureInput(),),
    result=Scene,
    methods=METHODS,
    samples=SAMPLES,
    card=CARD,
    changes=("blur", "darkness", "rotation", "cover", "grain"),
    parts=(Part("road", SLIDERS), Part("drive", SLIDERS), Part("film", (VideoInput(),))),
    time_limit_s=180,
    order=51,
)
