"""The networks in PyTorch are dlib's: the same numbers, the same faces, the same way from photo to numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demos import demo_folder
from demos.engine import InlineEngine
from demos.errors import WeightsMissing
from demos.face_recognition import DETECTOR, RESNET
from demos.face_recognition.agreement import agree, theirs_in
from demos.face_recognition.dat import read_tensors
from demos.face_recognition.deep import FaceModel
from demos.face_recognition.detector import detect, shared, tiling
from demos.face_recognition.faces import faces_in
from demos.face_recognition.make_samples import ADMIRAL, ASTRONAUT, MADE, PHOTOGRAPHER, photo
from demos.weights import locate

FOLDER = demo_folder("face_recognition")
CAT = "scikit-image:skimage/data/chelsea.png"


def picture(part: str) -> np.ndarray:
    return np.asarray(photo(part))


@pytest.fixture(scope="module")
def deep() -> FaceModel:
    return InlineEngine().load("face_recognition", "dlib_resnet")


def test_the_128_numbers_are_dlibs(deep: FaceModel) -> None:
    import dlib

    own = dlib.face_recognition_model_v1(str(locate(RESNET, FOLDER)))
    chips = [face.chip for part in (ASTRONAUT, ADMIRAL, PHOTOGRAPHER) for face in faces_in(picture(part), deep.find_boxes, deep.points)]
    chips.append(np.random.default_rng(0).integers(0, 256, (150, 150, 3), np.uint8))
    wanted = np.array([own.compute_face_descriptor(chip) for chip in chips])
    assert len(chips) == 4 and np.abs(deep.numbers(np.stack(chips)) - wanted).max() <= 1e-5


def test_the_faces_are_those_of_dlibs_detector(deep: FaceModel) -> None:
    import dlib

    own = dlib.cnn_face_detection_model_v1(str(locate(DETECTOR, FOLDER)))
    photos = [picture(ADMIRAL), picture(CAT), *(np.asarray(MADE[name]()) for name in ("group.jpg", "drawing.jpg"))]
    counted = []
    for image in photos:
        found = own(np.ascontiguousarray(image), 0)
        theirs, ours = theirs_in(lambda *_: found, image), detect(deep.detector, image, "cpu")
        assert agree(ours.xyxy, theirs) and (np.round(ours.xyxy) == theirs).all()
        counted.append(len(theirs))
        scores = [one.confidence for one in found]
        assert ours.scores == pytest.approx(scores, abs=1e-4)
    assert counted == [1, 0, 3, 0]


def test_from_photo_to_numbers_as_dlib_does(deep: FaceModel) -> None:
    """Detection, landmarks, cutting out and the network together."""
    import dlib

    find, describe = (kind(str(locate(row, FOLDER))) for kind, row in
                      ((dlib.cnn_face_detection_model_v1, DETECTOR), (dlib.face_recognition_model_v1, RESNET)))
    image = np.asarray(MADE["group.jpg"]())
    wanted = [np.array(describe.compute_face_descriptor(image, deep.points(image, one.rect))) for one in find(image, 0)]
    ours = deep.find(image).vectors
    far = np.abs(ours[:, None] - np.stack(wanted)).max(axis=2)
    assert sorted(far.argmin(axis=1)) == [0, 1, 2] and far.min(axis=1).max() <= 1e-5


def test_a_face_at_the_edge_and_a_large_one_are_found(deep: FaceModel) -> None:
    image = picture(ADMIRAL)
    for cut, box in ((image[130:320, 180:360], (10, 10, 170, 175)), (image[100:380, 130:420], (55, 40, 230, 210))):
        for times in (1, 4):
            large = np.asarray(Image.fromarray(cut).resize((cut.shape[1] * times, cut.shape[0] * times)))
            found = detect(deep.detector, large, "cpu")
            assert len(found.scores) == 1 and shared(times * np.array(box), found.xyxy)[0] > 0.5


def test_a_batch_is_described_as_one_by_one_and_nothing_as_nothing(deep: FaceModel) -> None:
    chips = np.random.default_rng(1).integers(0, 256, (33, 150, 150, 3), np.uint8)  # more than one batch
    alone = np.concatenate([deep.numbers(chips[n:n + 1]) for n in (0, 15, 32)])
    assert deep.numbers(chips)[[0, 15, 32]] == pytest.approx(alone, abs=1e-5)
    assert deep.numbers(chips[:0]).shape == (0, 128)


def test_another_file_is_declined_with_a_sentence(tmp_path: Path) -> None:
    cut = tmp_path / "cut.dat"
    cut.write_bytes(locate(DETECTOR, FOLDER).read_bytes()[:3000])
    with pytest.raises(WeightsMissing, match="install the requirements"):
        read_tensors(cut, [1216])
    assert [len(one) for one in read_tensors(locate(DETECTOR, FOLDER), [1216, 32, 16])] == [1216, 32, 16]


@pytest.mark.parametrize("shape", [(480, 640), (640, 480), (100, 1600), (1600, 100), (6, 6), (1, 1)])
def test_no_two_copies_lie_on_each_other(shape: tuple[int, int]) -> None:
    places = tiling(*shape)
    sheet = np.zeros(np.max(places[:, 1::-1] + places[:, :1:-1], axis=0), int)
    for left, top, width, height in places:
        sheet[top:top + height, left:left + width] += 1
    assert sheet.max() == 1 and tuple(places[0]) == (11, 11, shape[1], shape[0])
