"""The chest X-ray page: known answers, odd files, what is shown of the networks, and the honest words beside."""

from __future__ import annotations

import re

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
from demos.chest_xray.classical import HogSvm
from demos.chest_xray.deep import ChestNets, evidence
from demos.chest_xray.framing import shrink, square
from demos.chest_xray.network import scaled, views
from demos.engine import InlineEngine, LocalEngine
from demos.errors import BadInput
from demos.figures import Figure, caution, read_figures
from demos.media import decode_scan
from demos.results import Heatmap, Maps
from demos.samples import is_expected, sample_inputs
from pages.ui import words

DEMO = get_demo("chest_xray")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
METHODS = ("hog_svm", "chest_nets")
CHESTS = [key for key, sample in SAMPLES.items() if not sample.refused]


def picture(key: str) -> np.ndarray:
    return decode_scan(sample_inputs(DEMO, SAMPLES[key])["image"])


@pytest.fixture(scope="module")
def nets(engine: InlineEngine) -> ChestNets:
    return engine.load(DEMO.name, "chest_nets")


@pytest.fixture(scope="module")
def svm(engine: InlineEngine) -> HogSvm:
    return engine.load(DEMO.name, "hog_svm")


# --- answers --------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", [key for key in CHESTS if not SAMPLES[key].fails])
def test_the_networks_name_the_samples(key: str, nets: ChestNets) -> None:
    assert is_expected(SAMPLES[key], nets.predict(picture(key)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("key", CHESTS)
def test_both_names_with_their_numbers(method: str, key: str, engine: InlineEngine) -> None:
    answer = engine.load(DEMO.name, method).predict(picture(key))
    assert dict(zip(answer.names, answer.ids)) == {"pneumonia": 1, "normal": 0}
    assert answer.scores.sum() == pytest.approx(1, abs=1e-5) and answer.scores[0] >= 0.5


@pytest.mark.parametrize("method", METHODS)
def test_a_cat_is_declined(method: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    for ask in (model.predict, model.explain):
        with pytest.raises(BadInput, match="Please give a chest X-ray"):
            ask(picture("cat"))


@pytest.mark.parametrize("method", METHODS)
def test_the_same_chest_as_dicom_and_large_gets_the_same_answer(method: str, engine: InlineEngine) -> None:
    model, image = engine.load(DEMO.name, method), picture("normal_1")
    large = np.asarray(Image.fromarray(image).resize((1400, 1400), Image.Resampling.BICUBIC))
    file = makers.dicom(large[..., 0].astype(np.uint16) * 16, WindowCenter=2040, WindowWidth=4080)
    inverted = makers.dicom((255 - large[..., 0]).astype(np.uint16) * 16, WindowCenter=2040, WindowWidth=4080,
                            PhotometricInterpretation="MONOCHROME1")
    first = model.predict(image)
    for data in (file, inverted):
        again = model.predict(decode_scan(data))
        assert again.names == first.names and abs(again.scores[0] - first.scores[0]) < 0.05


@pytest.mark.parametrize("method", METHODS)
def test_the_answer_comes_quickly(method: str, engine: InlineEngine) -> None:
    given = sample_inputs(DEMO, SAMPLES["normal_1"])
    assert least_work_s(lambda: engine.submit(DEMO.name, method, given).result()) < 0.3


def test_odd_files_get_a_sentence_or_an_answer(engine: InlineEngine) -> None:
    """None is a chest; a coarse pattern of black and white may pass for one."""
    files = made.ODD_FILES() | {"dicom_lies": makers.dicom(Rows=9000), "nifti_cut": makers.nifti(makers.body())[:700]}
    answered = []
    for name, data in files.items():
        try:
            engine.submit(DEMO.name, "hog_svm", {"image": data}).result()
            answered.append(name)
        except BadInput as error:
            assert str(error).endswith(".") and len(str(error)) < 260, name
    assert not set(answered) & {*made.bad_pictures(), *made.others(), "dicom_lies", "nifti_cut"}
    assert len(answered) <= len(made.odd_pictures()) / 10, answered
    with pytest.raises(BadInput, match="fewer"):
        engine.submit(DEMO.name, "chest_nets", {"image": files["dicom_lies"]}).result()


# --- what they are given --------------------------------------------------------------------------

def test_a_picture_of_28_pixels_stays_as_it_is() -> None:
    small = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)
    assert (shrink(np.repeat(small[..., None], 3, axis=2)) == small).all()


def test_the_middle_square_is_cut_out() -> None:
    wide = np.zeros((100, 300, 3), np.uint8)
    wide[:, 100:200] = 200
    assert (shrink(wide)[:, 2:-2] > 190).all() and (square(wide, 50)[:, 3:-3] > 190).all()


def test_brighter_and_softer_is_the_same_to_the_networks() -> None:
    small = shrink(picture("normal_1")).astype(float)
    first, second = scaled(np.stack([small, small * 0.5 + 60]).round().astype(np.uint8))
    assert torch.allclose(first, second, atol=0.05)
    assert first.mean().abs() < 1e-4 and first.std() == pytest.approx(1, abs=0.01)


def test_ten_views_each_moved_by_a_pixel() -> None:
    one = torch.arange(28 * 28.0).reshape(1, 1, 28, 28)
    ten = views(one)
    assert ten.shape == (10, 1, 1, 28, 28) and torch.equal(ten[0], one) and torch.equal(ten[1], one.flip(-1))
    assert torch.equal(ten[2][..., 1:, :], one[..., :-1, :]) and torch.equal(ten[4][..., :-1, :], one[..., 1:, :])
    assert len({tuple(view.flatten().tolist()) for view in ten}) == 10


# --- why ------------------------------------------------------------------------------------------

def test_the_heat_adds_up_to_the_score(nets: ChestNets) -> None:
    batch = scaled(shrink(picture("pneumonia_2"))[None])
    for member in nets.networks.members:
        assert evidence(member, batch).mean() == pytest.approx(float(member(batch)[0]), abs=1e-4)


def test_what_is_shown(nets: ChestNets, svm: HogSvm) -> None:
    seen = nets.explain(picture("pneumonia_2"))
    assert [view.key for view in seen] == ["where", "seen", "stage1", "stage2", "stage3"]
    assert isinstance(seen[0].result, Heatmap) and seen[0].result.values.max() > 0.9
    assert seen[0].over.shape == (448, 448, 3) and "pneumonia" in seen[0].sentence
    assert seen[1].result.image.shape == (448, 448, 3)
    assert len(np.unique(seen[1].result.image.reshape(28, 16, 28, 16, 3).std(axis=(1, 3)))) == 1, "plain squares"
    for view in seen[2:]:
        assert isinstance(view.result, Maps) and view.result.maps.shape == (4, 56, 56) and np.ptp(view.result.maps) > 100
    assert [view.key for view in svm.explain(picture("pneumonia_2"))] == ["seen", "outlines"]


def test_covering_the_lungs_matters_to_the_networks(nets: ChestNets) -> None:
    """The evidence is in the picture: without its middle another score comes out."""
    small = shrink(picture("normal_1"))
    covered = small.copy()
    covered[6:22, 4:24] = int(small.mean())
    whole, rest = nets.certainties(np.stack([small, covered]))
    assert abs(whole - rest) > 0.2


# --- training -------------------------------------------------------------------------------------

@pytest.mark.slow
def test_training_repeats(capsys: pytest.CaptureFixture[str]) -> None:
    from demos.chest_xray.train import train_one

    chance = np.random.default_rng(0)
    labels = np.arange(256) % 2
    pictures = (chance.integers(0, 120, (256, 28, 28)) + 100 * labels[:, None, None] * (np.arange(28) > 13)).astype(np.uint8)
    first, second = (train_one(pictures, labels, 3, epochs=1).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_both_kinds_of_mistake_are_calibrated() -> None:
    from demos.chest_xray.train import calibrate

    slope, shift = calibrate(np.r_[np.linspace(-1, 3, 900), np.linspace(1, 5, 100)], np.r_[np.zeros(900), np.ones(100)].astype(int))
    assert slope > 0 and -shift / slope == pytest.approx(2, abs=0.2), "both kinds of mistake weigh the same"


def test_validation_holds_nothing_of_the_training(tmp_path: object) -> None:
    from pathlib import Path

    from demos.chest_xray.data import FILE, read_part

    pictures = np.arange(6 * 784).reshape(6, 28, 28).astype(np.uint8)
    np.savez(Path(str(tmp_path)) / FILE, train_images=pictures[:3], train_labels=np.ones((3, 1)),
             val_images=pictures[2:], val_labels=np.arange(4)[:, None])
    kept, labels = read_part(Path(str(tmp_path)), "val")
    assert len(kept) == 3 and labels.tolist() == [1, 2, 3]


def test_made_up_chests_are_those_of_the_program() -> None:
    from demos.chest_xray.make_samples import CHOSEN, mixed

    assert set(CHOSEN) == {path.stem for path in (demo_folder(DEMO.name) / "samples").glob("*.png")}
    pictures = np.random.default_rng(0).integers(0, 256, (60, 28, 28)).astype(np.uint8)
    assert (mixed(pictures, 1) == mixed(pictures, 1)).all() and (mixed(pictures, 1) != mixed(pictures, 2)).any()
    assert not any((mixed(pictures, 1) == one).all() for one in pictures)


# --- figures and words ----------------------------------------------------------------------------

def figure(method: str, metric: str) -> Figure:
    return next(f for f in read_figures(demo_folder(DEMO.name)) if (f.method, f.metric) == (method, metric))


def wrong(method: str, metric: str) -> int:
    """How many of a figure's items were wrong."""
    one = figure(method, metric)
    return round((1 - one.value) * one.items)


def test_the_figures_are_as_good_as_the_page_says() -> None:
    assert figure("chest_nets", "accuracy").value >= 0.945 and figure("chest_nets", "auc").value >= 0.98
    assert figure("chest_nets", "accuracy").value > figure("hog_svm", "accuracy").value
    for method in METHODS:
        assert figure(method, "declined").value >= 0.9 and figure(method, "declined").items >= 30
        assert figure(method, "let_in").value >= 0.9


def test_every_answer_says_that_it_is_no_diagnosis_and_how_often_it_is_wrong() -> None:
    for method in DEMO.methods:
        said = caution(DEMO, method)
        share = round(100 * (1 - figure(method.key, "accuracy").value))
        assert "Not for diagnosis" in said and f"wrong {share} times in 100" in said


def test_the_mistakes_on_the_card_are_those_that_were_counted(nets: ChestNets, svm: HogSvm) -> None:
    ill, missed, sure = DEMO.card.weak_at[:3]
    healthy, sick = figure("chest_nets", "specificity").items, figure("chest_nets", "sensitivity").items
    assert [int(n) for n in re.findall(r"\d+", ill)] == [wrong("chest_nets", "specificity"), healthy, wrong("hog_svm", "specificity")]
    assert [int(n) for n in re.findall(r"\d+", missed)] == [wrong("chest_nets", "sensitivity"), sick, wrong("hog_svm", "sensitivity")]
    very = figure("chest_nets", "right_when_95_to_100_sure")
    assert [int(n) for n in re.findall(r"\d+", sure)] == [very.items, 95, 100, 100, wrong("chest_nets", very.metric)]
    failing = {key: sample for key, sample in SAMPLES.items() if sample.fails}
    assert set(failing) == {"normal_3", "pneumonia_3"}
    for key, sample in failing.items():
        assert not is_expected(sample, nets.predict(picture(key))) and is_expected(sample, svm.predict(picture(key)))


# --- page -----------------------------------------------------------------------------------------

@pytest.fixture
def page(live_engine: LocalEngine) -> AppTest:
    return open_page("chest_xray")


def test_a_volume_can_be_looked_at_from_three_sides(page: AppTest) -> None:
    assert html(page).count("Not for diagnosis") == 2 and not page.slider
    page.file_uploader[0].upload("head.nii.gz", makers.nifti(makers.body(), packed=True), "application/gzip").run()
    assert not page.exception and [header.value for header in page.header][-2] == words.VOLUME
    assert html(page).count('role="alert"') == 2 and "12 × 16 pixels" in html(page), "declined, and shown"
    page.radio(key="plane_chest_xray_image").set_value("coronal").run()
    page.slider(key="slice_chest_xray_image").set_value(80.0).run()
    assert "12 × 20 pixels" in html(page) and not page.exception
    assert any("coronal slice at 80 %" in caption.value for caption in page.caption)
    page.button(key="sample_thumb_chest_xray_normal_1").click().run()
    assert words.VOLUME not in [header.value for header in page.header] and not page.exception
