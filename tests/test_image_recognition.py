"""Image recognition: known answers, odd pictures, and what is shown of the networks."""

from __future__ import annotations

import gc
import time
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.image_recognition import framing
from demos.image_recognition.classical import TEN, HogSvm
from demos.image_recognition.deep import kinds
from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.seeing import place
from demos.image_recognition.ten_names import KINDS
from demos.kept import Kept
from demos.image_recognition.teaching import describe
from demos.media import decode_picture
from demos.onnx_runtime import OnnxRuntime
from demos.results import Heatmap, Maps
from demos.samples import is_expected, sample_inputs

DEMO = get_demo("image_recognition")
SAMPLES = {sample.key: sample for sample in DEMO.samples}


def picture(key: str) -> np.ndarray:
    return decode_picture(sample_inputs(DEMO, SAMPLES[key])["image"])


@pytest.fixture(scope="module")
def lite0(engine: InlineEngine) -> PictureNetwork:
    return engine.load(DEMO.name, "lite0")


def by_torch(model: PictureNetwork) -> PictureNetwork:
    """The same network as a graphics card would be asked."""
    return replace(model, parts=replace(model.parts, quick=None))


@pytest.fixture(scope="module")
def hog_svm(engine: InlineEngine) -> HogSvm:
    return engine.load(DEMO.name, "hog_svm")


# --- answers ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", [key for key, sample in SAMPLES.items() if sample.expect])
def test_the_default_network_names_the_samples(key: str, lite0: PictureNetwork) -> None:
    assert is_expected(SAMPLES[key], lite0.predict(picture(key)))


def test_samples_that_fail_do_fail(lite0: PictureNetwork, hog_svm: HogSvm) -> None:
    failing = {key for key, sample in SAMPLES.items() if sample.fails}
    assert failing == {"cat", "motorcycle", "silhouette"}
    said = {(name, key): model.predict(picture(key)).names[0]
            for name, model in (("deep", lite0), ("classical", hog_svm)) for key in failing}
    assert said["classical", "cat"] == "frog"
    assert said["deep", "motorcycle"] == "moped" and not any("motorcycle" in kind for kind in kinds())
    assert said["classical", "motorcycle"] == "automobile"
    assert hog_svm.predict(picture("motorcycle")).scores[0] > 0.9, "very sure"
    assert said["classical", "silhouette"] == "airplane"
    dogs = lite0.predict(picture("silhouette")).ids[:3]
    assert set(dogs) <= set(KINDS["dog"]), dogs


def test_the_larger_network_knows_the_cat_and_the_coffee(engine: InlineEngine) -> None:
    lite2 = engine.load(DEMO.name, "lite2")
    assert lite2.framing.side == 260
    assert [lite2.predict(picture(key)).names[0] for key in ("cat", "coffee")] == ["Egyptian cat", "espresso"]


def test_certainties_are_those_measured_before(lite0: PictureNetwork) -> None:
    """A change of cropping, resizing or scaling shows here first."""
    answer = lite0.predict(picture("coffee"))
    assert answer.names[0] == "espresso" and answer.ids[0] == 967
    assert answer.scores[0] == pytest.approx(0.952, abs=0.01)


@pytest.mark.parametrize("method", ["lite0", "hog_svm"])
@pytest.mark.parametrize("key", list(SAMPLES))
def test_scores_fall_and_numbers_belong_to_names(method: str, key: str, engine: InlineEngine) -> None:
    answer = engine.load(DEMO.name, method).predict(picture(key))
    assert len(answer.names) == 10 and (np.diff(answer.scores) <= 0).all()
    assert answer.scores.min() >= 0 and 0 < answer.scores.sum() <= 1 + 1e-5
    names = kinds() if method == "lite0" else TEN
    assert answer.names == tuple(names[number] for number in answer.ids)


@pytest.mark.parametrize("method", ["lite0", "hog_svm"])
def test_many_at_once_are_answered_as_one_by_one(method: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    pictures = [picture(key) for key in SAMPLES]
    for together, alone in zip(model.predict_many(pictures), map(model.predict, pictures), strict=True):
        assert together.names[0] == alone.names[0]
        assert together.scores == pytest.approx(alone.scores, abs=1e-4)
    assert model.predict_many([]) == []


def test_a_batch_gives_the_same_as_single_pictures(lite0: PictureNetwork) -> None:
    """What a graphics card would do, on the processor."""
    batch = lite0._batch([picture("cat"), picture("rocket")])
    with torch.inference_mode():
        both = lite0.parts.run(batch).softmax(dim=1).numpy()
    assert both == pytest.approx(lite0.scores([picture("cat"), picture("rocket")]), abs=1e-4)


def test_folding_the_normalisations_changes_no_answer(lite0: PictureNetwork) -> None:
    from efficientnet_lite_pytorch import EfficientNet

    from demos.weights import locate

    weights = locate(DEMO.method("lite0").weights[0], demo_folder(DEMO.name))
    plain = EfficientNet.from_name("efficientnet-lite0").eval()
    plain.load_state_dict(torch.load(weights, weights_only=True))
    with torch.inference_mode():
        expected = plain(lite0._batch([picture("cat")])).softmax(dim=1).numpy()
    assert lite0.scores([picture("cat")]) == pytest.approx(expected, abs=1e-4)


def test_both_runtimes_say_and_show_the_same(lite0: PictureNetwork) -> None:
    for key in SAMPLES:
        assert lite0.scores([picture(key)]) == pytest.approx(by_torch(lite0).scores([picture(key)]), abs=1e-5)
        for shown, expected in zip(lite0.explain(picture(key)), by_torch(lite0).explain(picture(key)), strict=True):
            assert shown.sentence == expected.sentence
            if isinstance(shown.result, Heatmap):
                assert shown.result.values == pytest.approx(expected.result.values, abs=1e-4)
            else:  # shades are rounded
                assert np.abs(shown.result.maps.astype(int) - expected.result.maps).max() <= 1


def test_both_runtimes_measure_the_same_for_a_lesson(lite0: PictureNetwork) -> None:
    pictures = [picture(key) for key in SAMPLES]
    for one, other in zip(describe(lite0, pictures), describe(by_torch(lite0), pictures), strict=True):
        assert one == pytest.approx(other, abs=1e-4)


def test_the_names_are_those_of_torchvision() -> None:
    from torchvision.models import EfficientNet_B0_Weights

    assert list(kinds()) == EfficientNet_B0_Weights.IMAGENET1K_V1.meta["categories"]


# --- odd pictures -----------------------------------------------------------------------------------

ODD = {
    "one pixel": np.full((1, 1, 3), 200, np.uint8),
    "three rows": np.random.default_rng(0).integers(0, 255, (3, 5000, 3), np.uint8),
    "three columns": np.random.default_rng(1).integers(0, 255, (5000, 3, 3), np.uint8),
    "all black": np.zeros((300, 400, 3), np.uint8),
    "all white": np.full((64, 64, 3), 255, np.uint8),
    "grey": np.repeat(np.random.default_rng(2).integers(0, 255, (99, 101, 1), np.uint8), 3, axis=2),
    "read only": np.broadcast_to(np.uint8(7), (50, 60, 3)),
}


@pytest.mark.parametrize("method", ["lite0", "hog_svm"])
@pytest.mark.parametrize("name", list(ODD))
def test_odd_pictures_are_answered_and_explained(method: str, name: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    assert np.isfinite(model.predict(ODD[name]).scores).all()
    for view in model.explain(ODD[name]):
        assert "nan" not in view.sentence


@pytest.mark.parametrize("method", ["lite0", "hog_svm"])
def test_a_large_photo_takes_no_longer_than_it_must(method: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    photo = np.asarray(Image.fromarray(picture("cat")).resize((4000, 3000)))
    model.predict(picture("cat"))
    began = time.process_time()
    assert "cat" in model.predict(photo).names[0] or method == "hog_svm"
    assert time.process_time() - began < 2


@pytest.mark.parametrize("side", [32, 224])
def test_a_narrow_picture_lies_whole_between_grey_bars(side: int) -> None:
    wide = np.zeros((100, 1000, 3), np.uint8)
    wide[:, :500] = 255
    seen = framing.square(wide, side, 0.875)
    assert seen.shape == (side, side, 3)
    assert (seen[0] == 127).all() and (seen[-1] == 127).all()
    assert (seen[side // 2, 1] > 250).all() and (seen[side // 2, -2] < 5).all(), "both ends are there"
    assert framing.is_narrow(301, 100) and not framing.is_narrow(300, 100)


@pytest.mark.parametrize(("height", "width", "side"), [(300, 400, 262), (256, 256, 448), (150, 150, 448), (900, 700, 448), (2000, 300, 448)])
def test_what_is_looked_at_is_the_square_that_the_network_was_given(height: int, width: int, side: int) -> None:
    image = np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)
    seen = framing.shown(image, 448, 0.875)
    assert seen.shape == (side, side, 3) and not np.shares_memory(seen, image), "the whole picture is not held by it"
    small = [np.asarray(Image.fromarray(one).resize((8, 8), Image.Resampling.BOX)).astype(int) for one in (seen, framing.square(image, 448, 0.875))]
    assert np.abs(small[0] - small[1]).max() < 12


def test_the_middle_is_cut_as_in_the_reference() -> None:
    assert framing.middle(640, 480, 224 / 256) == (110, 30, 530, 450)
    assert framing.middle(1, 1, 0.875) == (0, 0, 1, 1)
    small = np.random.default_rng(3).integers(0, 255, (32, 32, 3), np.uint8)
    assert (framing.square(small, 32, 1.0) == small).all(), "a picture of CIFAR's size stays as it is"


# --- what is shown ----------------------------------------------------------------------------------

@pytest.mark.parametrize("runtime", ["onnx", "torch"])
def test_one_forward_pass_explains(lite0: PictureNetwork, runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[str] = []
    handed = OnnxRuntime.__call__
    monkeypatch.setattr(OnnxRuntime, "__call__", lambda *given: passes.append("onnx") or handed(*given))
    hook = lite0.parts.run.register_forward_hook(lambda *_: passes.append("torch"))
    model = lite0 if runtime == "onnx" else by_torch(lite0)
    views = model.explain(picture("cat"))
    hook.remove()
    assert passes == [runtime]
    assert [view.key for view in views] == ["where", "stage1", "stage2", "stage3", "stage4", "stage5"]
    assert [view.title for view in views[1:]] == ["Edges", "Textures", "Patterns", "Parts", "Objects"]
    for view in views[1:]:
        assert isinstance(view.result, Maps)
        assert len(view.result.maps) == 4 and view.result.maps.shape[1] in (112, 56, 28, 14, 7)
        assert view.result.maps.max() > view.result.maps.min()
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in lite0.parts.run.modules())


def test_the_views_come_from_the_pass_of_the_answer(lite0: PictureNetwork) -> None:
    """One pass for both where nobody can have changed the picture, and nothing of it left when the picture is gone."""
    passes, quick = [], lite0.parts.quick
    counting = replace(lite0, kept=Kept(), parts=replace(lite0.parts, quick=lambda batch: passes.append(1) or quick(batch)))
    image, mine = picture("cat").copy(), picture("cat").copy()
    image.setflags(write=False)
    alone = lite0.explain(mine)
    said, views, again = counting.predict(image), counting.explain(image), counting.predict(image)
    assert len(passes) == 2, "answers are worked out anew, views are not"
    assert np.array_equal(again.scores, said.scores) and said.names[0] in views[0].sentence
    for one, other in zip(alone, views):
        assert one.sentence == other.sentence
    assert np.array_equal(alone[0].result.values, views[0].result.values)
    counting.predict(mine), counting.explain(mine)
    assert len(passes) == 4  # a picture that may be changed in between is looked at anew
    assert len(counting.kept) == 1
    del image
    gc.collect()
    assert len(counting.kept) == 0


def test_the_heat_follows_the_thing(lite0: PictureNetwork) -> None:
    """The coffee is moved about on a plain picture, and the warmest place goes with it."""
    cup = np.asarray(Image.fromarray(picture("coffee")).crop((130, 0, 530, 400)).resize((200, 200)))
    for row, column, words in ((0, 0, "at the top left"), (200, 200, "at the bottom right")):
        canvas = np.full((400, 400, 3), 150, np.uint8)
        canvas[row:row + 200, column:column + 200] = cup
        where = lite0.explain(canvas)[0]
        assert isinstance(where.result, Heatmap) and where.over is not None
        assert where.over.shape == (350, 350, 3) and where.result.values.shape == (7, 7)
        y, x = np.unravel_index(where.result.values.argmax(), where.result.values.shape)
        assert y != 3 != x and (y > 3) == (row > 0) and (x > 3) == (column > 0), (y, x)
        assert words in where.sentence


def test_the_heat_on_the_cat_lies_on_the_cat(lite0: PictureNetwork) -> None:
    where = lite0.explain(picture("cat"))[0]
    y, x = np.unravel_index(where.result.values.argmax(), where.result.values.shape)
    # in the middle square the face reaches from the left edge; upper right and right edge are background
    assert x < 0.85 * 7 and "cat" in where.sentence


@pytest.mark.parametrize(("row", "column", "words"), [(0, 0, "at the top left"), (3, 3, "in the middle"),
                                                      (6, 3, "at the bottom"), (3, 6, "on the right")])
def test_places_in_words(row: int, column: int, words: str) -> None:
    heat = np.zeros((7, 7), np.float32)
    heat[row, column] = 1
    assert place(heat) == words


def test_answering_and_explaining_change_no_weight(lite0: PictureNetwork) -> None:
    before = {name: value.clone() for name, value in lite0.parts.run.state_dict().items()}
    lite0.predict(picture("rocket"))
    lite0.explain(picture("rocket"))
    after = lite0.parts.run.state_dict()
    assert before.keys() == after.keys() and all(torch.equal(before[name], after[name]) for name in before)
    assert not any(parameter.requires_grad for parameter in lite0.parts.run.parameters())


def test_the_classical_method_shows_what_it_is_given(hog_svm: HogSvm) -> None:
    seen, outlines = hog_svm.explain(picture("cat"))
    assert seen.result.image.shape == outlines.result.image.shape == (320, 320, 3)
    bars = np.zeros((32, 32, 3), np.uint8)
    bars[:, 16:] = 255  # one upright edge
    drawn = hog_svm.explain(bars)[1].result.image[..., 0].astype(int)
    cell = drawn[120:160, 120:160]  # beside the edge
    assert cell[5:35, 17:23].sum() > 0.5 * cell.sum(), "the strongest line stands upright"
