"""Teaching: known answers, lessons that repeat, odd pictures and figures."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.figures import read_figures
from demos.image_recognition.framing import square
from demos.media import decode_picture
from demos.results import Heatmap
from demos.samples import is_expected, sample_inputs
from demos.teach_it.answering import certainties, likeness, nearest
from demos.teach_it.drawings import face
from demos.teach_it.examples import SETS, ExamplesInput, ready_made
from demos.teach_it.head_start import read_head_start
from demos.teach_it.heads import fit, shares, turned
from demos.teach_it.measures import SIDE
from demos.teach_it.practice import draws, folds, practise
from demos.teach_it.results import Lesson, Nearest
from demos.teach_it.sheets import EACH, names_of, read_tiles
from demos.teach_it.taught import LARGEST_FILE, NONE, pack, unpack
from teach_makers import jpegs
from made_files import ODD_FILES

DEMO = get_demo("teach_it")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
BOTH = ("hog_svm", "network")


@pytest.fixture(scope="module")
def models(engine: InlineEngine) -> dict[str, Any]:
    return {key: engine.load(DEMO.name, key) for key in BOTH}


@pytest.fixture(scope="module")
def lesson(models: dict[str, Any]) -> tuple[list[tuple[float, Lesson]], Lesson]:
    """A small lesson, with everything that was said on the way."""
    examples = ExamplesInput().read((("up", jpegs("happy", 5)), ("round", jpegs("surprised", 4))))
    steps = list(models["network"].teach(examples))
    return steps, steps[-1][1]


# --- known answers ----------------------------------------------------------------------------------

def answer(models: dict[str, Any], method: str, key: str) -> Any:
    given = sample_inputs(DEMO, SAMPLES[key])
    return models[method].predict(decode_picture(given["image"]), ready_made(given["taught"]))


@pytest.mark.parametrize("key", ["sad", "gravel", "front", "stranger"])
def test_the_network_answers_the_samples(key: str, models: dict[str, Any]) -> None:
    assert is_expected(SAMPLES[key], answer(models, "network", key))


def test_samples_that_fail_do_fail(models: dict[str, Any]) -> None:
    assert {key for key, sample in SAMPLES.items() if sample.fails} == {"three", "happy", "gravel", "stranger"}
    said = {(key, method): answer(models, method, key).names[0] for key in ("three", "happy", "gravel", "stranger") for method in BOTH}
    assert said["three", "network"] == "five" and said["three", "hog_svm"] == "three"
    assert said["happy", "network"] == said["happy", "hog_svm"] == "surprised"
    assert said["gravel", "network"] == "gravel" and said["gravel", "hog_svm"] == "grass"
    assert said["stranger", "network"] == NONE and said["stranger", "hog_svm"] == "surprised"


@pytest.mark.parametrize("method", BOTH)
def test_none_of_these_is_said_of_what_is_far_away(method: str, models: dict[str, Any]) -> None:
    coffee = answer(models, method, "stranger")
    assert set(coffee.names) == {"happy", "sad", "surprised", NONE} and coffee.scores.sum() == pytest.approx(1, abs=1e-5)
    known = answer(models, method, "sad")
    none = [dict(zip(one.names, map(float, one.scores)))[NONE] for one in (coffee, known)]
    assert none[0] > 3 * none[1]


def test_the_views_show_the_place_and_the_nearest_examples(models: dict[str, Any]) -> None:
    given = sample_inputs(DEMO, SAMPLES["sad"])
    image, taught = decode_picture(given["image"]), ready_made("smiles")
    where, near, *stages = models["network"].explain(image, taught)
    assert isinstance(where.result, Heatmap) and where.over is not None and "sad" in where.sentence and len(stages) == 5
    assert isinstance(near.result, Nearest) and near.result.names[0] in taught.names
    # the nearest to one of the examples is that example
    tile = square(read_tiles("smiles")[1, 6], SIDE, 1.0)
    found = nearest(models["network"].rows([tile])[0], taught, "deep")
    assert found.names[0] == "sad" and found.numbers[0] == 7 and found.alike[0] > 0.98
    assert (found.thumbs[0] == taught.thumbs[EACH + 6]).all()


# --- lessons ----------------------------------------------------------------------------------------

def test_a_lesson_tells_how_far_it_is_and_ends_in_a_file(lesson: tuple[list[tuple[float, Lesson]], Lesson]) -> None:
    steps, last = lesson
    done = [share for share, _ in steps]
    assert done == sorted(done) and done[-1] == 1.0 and len(steps) >= 6
    assert last.names == ("up", "round") and last.counts == (5, 4) and last.as_json()["bytes"] == len(last.data)
    assert all(not one.data for share, one in steps if share < 0.7)
    taught = unpack(last.data)
    assert taught.counts == last.counts and taught.thumbs.shape == (9, 48, 48, 3) and pack(taught) == last.data
    assert last.practice is not None and last.practice.confused["deep"].sum() == 9
    assert (last.practice.confused["deep"].sum(axis=1) == (5, 4)).all()


def test_what_was_taught_is_known_and_the_same_lesson_is_the_same_file(models: dict[str, Any], lesson: Any) -> None:
    taught = unpack(lesson[1].data)
    for method in BOTH:
        said = [models[method].predict(face(mood, 2), taught).names[0] for mood in ("happy", "surprised")]
        assert said == ["up", "round"], method
    again = ExamplesInput().read((("up", jpegs("happy", 5)), ("round", jpegs("surprised", 4))))
    *_, (_, last) = models["network"].teach(again)
    assert last.data == lesson[1].data
    for family in ("classical", "deep"):
        assert (last.practice.curves[family] == lesson[1].practice.curves[family]).all()


def test_the_ready_made_lessons_hold_their_sheets(models: dict[str, Any]) -> None:
    for key in SETS:
        taught = ready_made(key)
        assert taught.names == names_of(key) and taught.counts == (EACH,) * len(taught.names)
        assert len((demo_folder(DEMO.name) / "samples" / f"{key}.safetensors").read_bytes()) < LARGEST_FILE
        tile = square(read_tiles(key)[2, 3], SIDE, 1.0)
        assert (models["network"].rows([tile])[0] * taught.rows["deep"][2 * EACH + 3].astype(np.float32)).sum() > 0.98
        assert models["network"].predict(tile, taught).names[0] == taught.names[2]


def test_turning_rows_keeps_them_and_two_names_get_two_columns() -> None:
    random = np.random.default_rng(0)
    rows = random.standard_normal((7, 40)).astype(np.float32)
    few, directions = turned(rows)
    assert few.shape == (7, 7) and np.allclose(few @ directions, rows, atol=1e-5)
    labels = np.array([0, 0, 0, 1, 1, 1, 1])
    for family in ("classical", "deep"):
        head = fit(family, rows, labels, 10.0)
        assert head.weights.shape == (40, 2) and (head.weigh(rows).argmax(axis=1) == labels).all()
        assert np.allclose(shares(head.weigh(rows), 2.0).sum(axis=1), 1)


def test_practice_never_asks_about_what_it_learnt_from() -> None:
    labels = np.repeat([0, 1, 2], [3, 7, 20])
    seen = np.concatenate(list(folds(labels)))
    assert sorted(seen) == list(range(30)) and len(list(folds(labels))) == 3
    learning, held = draws(labels, 0)
    assert not set(np.concatenate(learning)) & set(held) and [len(one) for one in learning] == [2, 5, 14]
    random = np.random.default_rng(0)  # numbers that say nothing: right no more often than by guessing
    rows = {family: random.standard_normal((60, 80)).astype(np.float32) for family in ("classical", "deep")}
    *_, (_, practice) = practise(rows, np.arange(60) % 3, {"classical": 1.0, "deep": 1.0})
    assert practice is not None and all(np.trace(one) < 32 for one in practice.confused.values())


def test_strangers_have_a_higher_certainty_of_none(models: dict[str, Any]) -> None:
    random, constants = np.random.default_rng(0), models["network"].constants["deep"]
    middle = random.standard_normal((2, 1280))
    make = lambda at, n: constants.scale.apply(constants.scale.mean + (at + 0.7 * random.standard_normal((n, 1280))))  # noqa: E731
    rows = np.concatenate([make(3 * middle[0], 5), make(3 * middle[1], 5)])
    labels = np.repeat([0, 1], 5)
    head = fit("deep", rows, labels, constants.strictness)
    asked = np.concatenate([make(3 * middle[0], 1), make(3 * random.standard_normal(1280), 1)])
    known, strange = certainties(asked, rows, labels, head, constants)
    assert known.argmax() == 0 and strange.argmax() == 2 and known.sum() == pytest.approx(1)
    assert likeness(asked, rows, labels).shape == (2, 3)


# --- odd pictures -----------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["one_pixel_png", "wide_jpeg", "tall_png", "cmyk_jpeg", "animated_gif", "16_bit_png", "la_png"])
def test_odd_pictures_are_answered_and_can_be_taught(name: str, engine: InlineEngine) -> None:
    data = ODD_FILES()[name]
    for method in BOTH:
        found = engine.submit(DEMO.name, method, {"image": data, "taught": "smiles"}).result().result
        assert len(found.names) == 4 and np.isfinite(found.scores).all()
    taken = engine.submit(DEMO.name, "network", {"image": data}, want="part", change="take").result().result
    assert taken.image.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize("name", ["nothing", "noise", "text", "pdf", "jpeg_cut_50", "pixels_bomb_png", "claims_bomb_png", "svg"])
def test_what_is_no_picture_gets_a_sentence(name: str, engine: InlineEngine) -> None:
    for want, change in (("answer", ""), ("part", "take")):
        given = {"image": ODD_FILES()[name], **({"taught": "smiles"} if want == "answer" else {})}
        error = engine.submit(DEMO.name, "network", given, want=want, change=change).error
        assert isinstance(error, BadInput) and str(error).endswith(".")


# --- figures ----------------------------------------------------------------------------------------

def test_with_five_examples_the_network_beats_the_classical_method() -> None:
    figures = read_figures(demo_folder(DEMO.name))
    five = {f.method: f for f in figures if f.metric == "accuracy" and "5 examples" in f.data and "CIFAR" in f.data}
    assert five["network"].value > five["hog_svm"].value + 0.1 and five["network"].low > five["hog_svm"].value
    curve = read_head_start(demo_folder(DEMO.name))
    assert curve.sizes[0] == 1 and curve.sizes[-1] == 50 and curve.seeds >= 10
    middle = {family: curve.curves[family][0] for family in ("classical", "deep")}
    assert (middle["deep"] > middle["classical"]).all() and (np.diff(middle["deep"]) > 0).all()
    at_five = curve.sizes.index(5)
    assert abs(middle["deep"][at_five] - five["network"].value) < 0.001


def test_the_card_counts_what_was_measured() -> None:
    found = {(f.method, f.metric, f.data): f for f in read_figures(demo_folder(DEMO.name))}
    said = " ".join(DEMO.card.weak_at)
    for about, metric, sentence in (
            ("handwritten digits", "accuracy", "named {hog_svm} of 120 others rightly, the network {network}."),
            ("drawn faces", "accuracy", "the network named {network} rightly, the classical method {hog_svm}.")):
        rows = {f.method: round(f.value * f.items) for key, f in found.items() if key[1] == metric and about in key[2]}
        assert sentence.format(**rows) in said
    near, far = ({f.method: f"{100 * f.value:.0f}" for key, f in found.items() if key[1] == "strangers_named_none" and name in key[2]}
                 for name in ("CIFAR", "ready-made"))
    assert f"to {near['network']} in 100, the classical method to {near['hog_svm']}." in said
    assert f"it was {far['network']} and {far['hog_svm']} in 100" in said


def test_a_result_checks_itself() -> None:
    near = Nearest(np.zeros((2, 8, 8, 3), np.uint8), ("a", "b"), np.array([0.9, 0.1]), (1, 2))
    for change in ({"names": ("a",)}, {"alike": np.array([0.1, 0.9])}, {"thumbs": np.zeros((2, 8, 8, 3))}):
        with pytest.raises(ValueError):
            replace(near, **change)


def test_the_sheets_are_pictures_of_this_project_in_tiles() -> None:
    for key in SETS:
        sheet = Image.open(io.BytesIO((demo_folder(DEMO.name) / "samples" / f"{key}.jpg").read_bytes()))
        assert sheet.size == (EACH * 128, len(names_of(key)) * 128)
