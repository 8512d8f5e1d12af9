"""Face recognition: known answers, declined pictures, small and large ones, names, and what is shown."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput, DemoError
from demos.face_recognition import CALIBRATION, DETECTOR, POINTS, RESNET, make_samples
from demos.face_recognition.calibration import RIGHT_ON_LFW, Calibration, read_calibration
from demos.face_recognition.classical import HogAndPatterns, counts, difference, patterns
from demos.face_recognition.deep import FaceModel
from demos.face_recognition.detector import shared
from demos.face_recognition.evaluate import evaluate
from demos.face_recognition.faces import faces_in, looks_drawn
from demos.face_recognition.make_samples import ADMIRAL, ASTRONAUT, MADE, PHOTOGRAPHER, photo
from demos.face_recognition.naming import UNKNOWN, name_faces
from demos.face_recognition.thumbnails import ALTERED, enlarged
from demos.face_recognition.train import pairs
from demos.media import decode_picture
from demos.perturb import CHANGES
from demos.results import Heatmap
from demos.samples import is_expected, sample_inputs
from demos.weights import locate
from made_files import ODD_FILES

DEMO = get_demo("face_recognition")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
FOLDER = demo_folder(DEMO.name)
CAT = "scikit-image:skimage/data/chelsea.png"


def given(key: str) -> dict[str, np.ndarray]:
    return {name: decode_picture(data) for name, data in sample_inputs(DEMO, SAMPLES[key]).items()}


def picture(part: str) -> np.ndarray:
    return np.asarray(photo(part))


@pytest.fixture(scope="module")
def deep(engine: InlineEngine) -> FaceModel:
    return engine.load(DEMO.name, "dlib_resnet")


@pytest.fixture(scope="module")
def classical(engine: InlineEngine) -> HogAndPatterns:
    return engine.load(DEMO.name, "hog_lbp")


# --- answers ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", [key for key, sample in SAMPLES.items() if sample.expect and not sample.fails])
def test_the_samples_are_answered_rightly(key: str, deep: FaceModel) -> None:
    answer = deep.predict(**given(key))
    assert is_expected(SAMPLES[key], answer) and answer.scores[0] > 0.9
    assert (answer.distance < answer.threshold) == (answer.names[0] == "same person") == (answer.ids[0] == 1)


def test_distances_are_those_measured_before(deep: FaceModel) -> None:
    """A change of detection, alignment or scaling shows here first."""
    measured = {key: deep.predict(**given(key)).distance for key in ("copy", "two", "print")}
    assert measured == pytest.approx({"copy": 0.255, "two": 0.672, "print": 0.215}, abs=0.02)


def test_samples_that_fail_do_fail(deep: FaceModel, classical: HogAndPatterns) -> None:
    assert {key for key, sample in SAMPLES.items() if sample.fails} == {"two", "far", "side"}
    assert classical.predict(**given("two")).names[0] == "same person"
    assert deep.predict(**given("far")).names[0] == "different people" and deep.predict(**given("far")).scores[0] > 0.9
    assert classical.predict(**given("far")).names[0] == "same person"
    with pytest.raises(BadInput, match="second picture"):
        classical.predict(**given("side"))


@pytest.mark.parametrize(("key", "said"), [("cat", "No face was found in the second picture"), ("drawing", "In the second picture only something|looks drawn")])
def test_no_face_gets_a_sentence_that_fits(key: str, said: str, deep: FaceModel) -> None:
    with pytest.raises(BadInput, match=said) as declined:
        deep.predict(**given(key))
    assert "Please give a photo" in str(declined.value) and len(str(declined.value)) < 300
    with pytest.raises(BadInput, match="first picture"):
        deep.predict(second=given(key)["first"], first=given(key)["second"])


def test_a_drawing_is_told_from_photos_also_poor_ones(classical: HogAndPatterns, deep: FaceModel) -> None:
    with pytest.raises(BadInput, match="looks drawn"):
        classical.predict(**given("drawing"))

    def poor(image: np.ndarray, quality: int) -> np.ndarray:
        out = io.BytesIO()
        Image.fromarray(image).save(out, "JPEG", quality=quality)
        return np.asarray(Image.open(out))

    for quality in (90, 20):
        drawn = faces_in(poor(given("drawing")["second"], quality), classical.find_boxes, classical.points)
        assert looks_drawn(drawn[0].chip)
        for part in (ASTRONAUT, ADMIRAL, PHOTOGRAPHER):
            for change, strength in (("darkness", 0), ("darkness", 70), ("distance", 3), ("blur", 2)):
                image = CHANGES[change].apply(picture(part), strength)
                assert not any(looks_drawn(face.chip) for face in faces_in(poor(image, quality), deep.find_boxes, deep.points))


def test_of_many_faces_the_largest_is_compared_and_that_is_said(deep: FaceModel) -> None:
    answer = deep.predict(**given("group"))
    assert "The second picture shows 3 faces; the largest was compared." in answer.note
    assert answer.second.xyxy[0, 2] < 320, "the admiral stands on the left"


def test_a_small_face_is_found_enlarged_and_distrusted(deep: FaceModel) -> None:
    small = np.asarray(photo(ADMIRAL).resize((128, 150)))
    answer = deep.predict(small, picture(ADMIRAL))
    assert answer.names[0] == "same person" and "pixels wide" in answer.note
    assert shared(np.array([47, 35, 89, 76]), answer.first.xyxy)[0] > 0.5, "in pixels of the picture given"


def test_a_large_photo_is_answered_in_its_own_pixels(deep: FaceModel) -> None:
    large = np.asarray(photo(ASTRONAUT).resize((3000, 3000)))
    answer = deep.predict(large, picture(ASTRONAUT))
    assert answer.names[0] == "same person"
    assert shared(np.array([167, 61, 263, 157]) * 3000 / 512, answer.first.xyxy)[0] > 0.5


ODD = {"one pixel": np.zeros((1, 1, 3), np.uint8), "a line": np.full((3, 5000, 3), 90, np.uint8),
       "black": np.zeros((300, 400, 3), np.uint8), "noise": np.random.default_rng(0).integers(0, 256, (200, 200, 3), np.uint8),
       "read only": np.broadcast_to(np.uint8(7), (50, 60, 3))}


@pytest.mark.parametrize("method", ["dlib_resnet", "hog_lbp"])
@pytest.mark.parametrize("name", list(ODD))
def test_odd_pictures_show_no_face(method: str, name: str, engine: InlineEngine) -> None:
    with pytest.raises(BadInput, match="No face"):
        engine.load(DEMO.name, method).predict(picture(ADMIRAL), ODD[name])


@pytest.mark.parametrize("name", sorted(ODD_FILES()))
def test_odd_files_get_a_sentence(name: str, engine: InlineEngine) -> None:
    """None of these files shows a face, so each ends in a sentence and none in a traceback."""
    whole = sample_inputs(DEMO, SAMPLES["two"])
    with pytest.raises(DemoError) as said:
        engine.submit(DEMO.name, "hog_lbp", {**whole, "first": ODD_FILES()[name]}).result()
    assert type(said.value) is BadInput and len(str(said.value)) < 300 and "/" not in str(said.value)


# --- the classical method ---------------------------------------------------------------------------

def test_patterns_are_counted_in_fields(classical: HogAndPatterns) -> None:
    face = faces_in(picture(ADMIRAL), classical.find_boxes, classical.points)[0].chip
    told = counts(face)
    assert told.shape == (49, 59) and told.sum(axis=1) == pytest.approx(np.ones(49))
    assert (told[8] == np.bincount(patterns(face)[14:28, 14:28].ravel(), minlength=59) / 196).all()
    assert difference(told, told) == 0 and 0 < difference(told, counts(face[:, ::-1])) < 2


# --- calibration ------------------------------------------------------------------------------------

def test_the_share_falls_with_the_distance_and_is_even_at_the_threshold() -> None:
    one = read_calibration(locate(CALIBRATION, FOLDER), "resnet")
    shares = [one.how_often_same(far) for far in np.linspace(0, 1.2, 25)]
    assert (np.diff(shares) <= 0).all() and shares[0] > 0.999 and shares[-1] < 0.001
    assert one.threshold == 0.6 and one.how_often_same(0.6) == 0.5 and Calibration(0.6, 1e9).how_often_same(9) < 1e-300


def test_the_curves_make_the_published_mistakes() -> None:
    """Drawn pairs agree with the share that the formula gives, and with the published 62 in 10,000."""
    one = Calibration(0.6, 57.5)
    assert one.strangers_let_in(0.6) == pytest.approx(1 - RIGHT_ON_LFW) == one.owners_kept_out(0.6)
    same, other = (np.array(one._curve(side).samples(400_000, seed=1)) for side in (-1, 1))
    for far in (0.55, 0.6, 0.63):
        near = [np.count_nonzero(np.abs(drawn - far) < 0.01) for drawn in (same, other)]
        assert near[0] / sum(near) == pytest.approx(one.how_often_same(far), abs=0.07)


def test_pairs_for_measuring_are_half_and_half_and_altered_alike() -> None:
    made = list(pairs(50))
    assert len(made) == 300 and sum(same for *_, same in made) == 150
    assert all((i == j) == same for i, j, _, same in made)
    assert len({(i, j, way) for i, j, way, _ in made}) == 300
    for way in range(3):
        assert sum(same for _, _, which, same in made if which == way) == 50
    face = enlarged(np.random.default_rng(0).integers(0, 256, (25, 25), np.uint8))
    assert all(change(face).shape == face.shape and (change(face) != face).any() for change in ALTERED)


def test_measuring_counts_right_answers_and_faces_not_found(deep: FaceModel, tmp_path: Path) -> None:
    for name, part in (("a", ASTRONAUT), ("b", ADMIRAL), ("c", CAT)):
        photo(part).save(tmp_path / f"{name}.png")
    rows = ["first,second,same", "a.png,a.png,1", "a.png,b.png,0", "b.png,a.png,1", "a.png,c.png,0"]
    (tmp_path / "pairs.csv").write_text("\n".join(rows))
    figures = evaluate(tmp_path, lambda key: deep, ("dlib_resnet",), "python -m demos evaluate face_recognition x")
    told = {figure.metric: (figure.value, figure.items) for figure in figures}
    assert told == {"accuracy": (2 / 4, 4), "accuracy_where_found": (2 / 3, 3), "faces_found": (3 / 4, 4)}
    (tmp_path / "pairs.csv").unlink()
    with pytest.raises(BadInput, match="pairs.csv"):
        evaluate(tmp_path, lambda key: deep, ("dlib_resnet",), "x")


# --- finding and naming -----------------------------------------------------------------------------

def test_all_faces_are_found_and_described(deep: FaceModel, engine: InlineEngine) -> None:
    group = sample_inputs(DEMO, SAMPLES["group"])["second"]
    faces = engine.submit(DEMO.name, "dlib_resnet", {"image": group}, "part", "find").result().result
    assert len(faces.names) == 3 and faces.vectors.shape == (3, 128) and faces.chips.shape == (3, 150, 150, 3)
    assert faces.size == (960, 416) and faces.picture.shape == (416, 960, 3)
    assert (np.diff(faces.xyxy[:, 2] - faces.xyxy[:, 0]) <= 0).all(), "the largest first"
    known = {"A": deep.find(np.asarray(make_samples.astronaut_copy())).vectors, "B": deep.find(picture(ADMIRAL)).vectors}
    by_place = dict(zip(faces.xyxy[:, 0] // 320, (one.name for one in name_faces(faces.vectors, known, 0.6))))
    assert by_place == {0: "B", 1: "A", 2: UNKNOWN}
    nothing = deep.find(picture(CAT))
    assert nothing.names == () and nothing.vectors.shape == (0, 128)


def test_a_name_is_given_once_and_to_the_nearest() -> None:
    vectors = np.zeros((3, 128), np.float32)
    vectors[:, 0] = (0.1, 0.3, 2.0)
    known = {"Ann": np.zeros((1, 128)), "Bob": np.full((2, 128), 9.0)}
    said = name_faces(vectors, known, 0.6)
    assert [one.name for one in said] == ["Ann", UNKNOWN, UNKNOWN]
    assert said[0].distance == pytest.approx(0.1) and said[1].distance == pytest.approx(0.3)
    assert [one.name for one in name_faces(vectors, {}, 0.6)] == [UNKNOWN] * 3


# --- what is shown ----------------------------------------------------------------------------------

def test_the_views_show_both_faces_and_where_a_change_matters(deep: FaceModel) -> None:
    views = {view.key: view for view in deep.explain(**given("two"))}
    assert list(views) == ["seen", "where", "stage2", "stage6", "numbers"]
    heat = views["where"].result
    assert isinstance(heat, Heatmap) and heat.values.shape == (150, 150) and views["where"].over.shape == (150, 150, 3)
    row, column = np.unravel_index(heat.values.argmax(), heat.values.shape)
    assert 30 < row < 130 and 20 < column < 130, "the face matters, not the corners"
    assert heat.values[:20, :20].mean() < 0.5 * heat.values[50:110, 40:110].mean()
    same = deep.explain(**{"first": given("two")["first"], "second": given("two")["first"]})[-1].result.image
    left, right = same[:, :176], same[:, -176:]
    assert np.abs(left.astype(int) - right).max() <= 2, "one face, one pattern"


def test_answering_changes_no_weight(deep: FaceModel) -> None:
    before = [value.clone() for value in deep.network.state_dict().values()]
    deep.predict(**given("copy"))
    deep.explain(**given("copy"))
    assert all(torch.equal(a, b) for a, b in zip(before, deep.network.state_dict().values()))
    assert not any(parameter.requires_grad for parameter in deep.network.parameters())


def test_the_samples_are_what_make_samples_makes() -> None:
    for name, make in MADE.items():
        stored = np.asarray(Image.open(FOLDER / "samples" / name))
        out = io.BytesIO()
        make().save(out, "JPEG", quality=90)
        assert np.abs(stored.astype(int) - np.asarray(Image.open(out))).mean() < 1, name


def test_different_people_of_the_samples_are_told_apart(deep: FaceModel) -> None:
    photos = [picture(part) for part in (ASTRONAUT, ADMIRAL, PHOTOGRAPHER)]
    assert all(deep.predict(a, b).names[0] == "different people" for a, b in combinations(photos, 2))


def test_the_classical_method_loads_no_torch() -> None:
    import subprocess
    import sys

    code = "import sys, demos.face_recognition.classical; print('torch' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=FOLDER.parents[1]).strip() == "False"


def test_the_card_of_the_weights_fits_the_files() -> None:
    assert {row.name for row in DEMO.method("deep").weights} == {RESNET.name, DETECTOR.name, POINTS.name, CALIBRATION.name}
    for row in (RESNET, DETECTOR, POINTS):
        assert locate(row, FOLDER).stat().st_size / 1e6 == pytest.approx(row.size_mb, abs=0.1)
