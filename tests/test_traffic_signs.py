"""Traffic signs: known answers, odd pictures, doubts, what is shown, stickers, and noise."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from PIL import Image

import made_files as made
from demos import demo_folder, get_demo
from demos.engine import InlineEngine
from demos.errors import DemoError
from demos.figures import in_hundred, read_figures
from demos.media import decode_picture
from demos.results import Boxes, Labels, Maps, Picture
from demos.samples import is_expected, sample_inputs
from demos.traffic_signs import make_samples
from demos.traffic_signs.attacks import COLOURS, STICKER, one_step, place_stickers, stick
from demos.traffic_signs.classical import HogSvm
from demos.traffic_signs.deep import SignReader
from demos.traffic_signs.framing import small
from demos.traffic_signs.names import NAMES, OTHER, SIGNS
from demos.traffic_signs.network import SignNetwork, folded
from demos.traffic_signs.pictograms import picture, svg
from demos.traffic_signs.words import UNSURE

DEMO = get_demo("traffic_signs")
SAMPLES = {sample.key: sample for sample in DEMO.samples}
BOTH = ["networks", "hog_svm"]


def sample(key: str) -> np.ndarray:
    return decode_picture(sample_inputs(DEMO, SAMPLES[key])["image"])


def drawn(number: int, side: int = 120) -> np.ndarray:
    """A pictogram on a plain ground."""
    ground = Image.new("RGB", (side, side), (120, 130, 125))
    sign = picture(number, side)
    ground.paste(sign, (0, 0), sign)
    return np.asarray(ground)


@pytest.fixture(scope="module")
def reader(engine: InlineEngine) -> SignReader:
    return engine.load(DEMO.name, "networks")


@pytest.fixture(scope="module")
def hog_svm(engine: InlineEngine) -> HogSvm:
    return engine.load(DEMO.name, "hog_svm")


# --- answers ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", [key for key, one in SAMPLES.items() if one.expect and not one.fails])
def test_the_networks_read_the_drawn_signs(key: str, reader: SignReader) -> None:
    assert is_expected(SAMPLES[key], reader.predict(sample(key)))


def test_the_numbers_are_those_of_the_data_set(reader: SignReader, hog_svm: HogSvm) -> None:
    for model in (reader, hog_svm):
        answer = model.predict(sample("stop"))
        assert answer.ids[0] == 14 and len(answer.ids) == len(set(answer.ids)) == 10
        assert answer.names == tuple(NAMES[number] for number in answer.ids)
    assert len(NAMES) == len(set(NAMES)) == SIGNS == 43


@pytest.mark.parametrize("method", BOTH)
def test_many_at_once_are_read_as_one_by_one(method: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    pictures = [sample("stop"), drawn(13, 33), drawn(40, 700), drawn(1, 32)[:, 4:30], sample("cat")]
    assert model.predict_many([]) == []
    for one, many in zip(map(model.predict, pictures), model.predict_many(pictures)):
        assert one.ids == many.ids and np.allclose(one.scores, many.scores, atol=1e-5)


def test_what_is_no_sign_is_doubted(reader: SignReader) -> None:
    for image in (sample("cat"), np.zeros((64, 64, 3), np.uint8), np.full((99, 50, 3), 200, np.uint8)):
        answer = reader.predict(image)
        assert answer.note == UNSURE and answer.scores.sum() < 0.5
    assert not reader.predict(sample("stop")).note
    row = reader.scores(small(sample("cat"))[None])[0]
    assert row.argmax() == OTHER and row.sum() == pytest.approx(1, abs=1e-5)


def test_putting_the_normalisation_into_the_convolutions_changes_no_answer() -> None:
    torch.manual_seed(0)
    plain = SignNetwork()
    plain(torch.rand(16, 3, 32, 32))  # so that the running means are not those of the start
    batch = torch.rand(5, 3, 32, 32)
    with torch.inference_mode():
        expected = plain.eval()(batch)
        found = folded(plain.requires_grad_(False))(batch)
    assert torch.allclose(found, expected, atol=1e-4)
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in plain.modules())


def test_a_dark_sign_is_read_as_a_bright_one(reader: SignReader) -> None:
    stop = sample("stop")
    dark = (stop * 0.15).astype(np.uint8)
    assert reader.predict(dark).names[0] == "Stop"


# --- odd and broken pictures ------------------------------------------------------------------------

ODD = {
    "one pixel": np.full((1, 1, 3), 200, np.uint8),
    "three rows": np.random.default_rng(0).integers(0, 255, (3, 5000, 3), np.uint8),
    "three columns": np.random.default_rng(1).integers(0, 255, (5000, 3, 3), np.uint8),
    "all black": np.zeros((300, 400, 3), np.uint8),
    "read only": np.broadcast_to(np.uint8(7), (50, 60, 3)),
}


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize("name", list(ODD))
def test_odd_pictures_are_answered_and_explained(method: str, name: str, engine: InlineEngine) -> None:
    model = engine.load(DEMO.name, method)
    assert np.isfinite(model.predict(ODD[name]).scores).all()
    assert all("nan" not in view.sentence for view in model.explain(ODD[name]))


@pytest.mark.parametrize("name", made.odd_pictures())
def test_odd_files_are_read(name: str, engine: InlineEngine) -> None:
    answer = engine.submit(DEMO.name, "networks", {"image": made.ODD_FILES()[name]}).result()
    assert isinstance(answer.result, Labels)


@pytest.mark.parametrize("name", made.bad_pictures())
def test_broken_files_get_a_sentence(name: str, engine: InlineEngine) -> None:
    with pytest.raises(DemoError) as caught:
        engine.submit(DEMO.name, "networks", {"image": made.ODD_FILES()[name]}).result()
    assert 20 < len(str(caught.value)) < 250 and "Traceback" not in str(caught.value)


def test_the_square_is_the_whole_sign_or_the_middle_of_a_photo() -> None:
    square = np.random.default_rng(3).integers(0, 255, (32, 32, 3), np.uint8)
    assert (small(square) == square).all(), "a sign of the data set stays as it is"
    wide = np.zeros((100, 200, 3), np.uint8)
    wide[:, 40:160] = 255
    assert (small(wide) == 255).all(), "the middle of a photo"
    nearly = np.zeros((100, 125, 3), np.uint8)
    nearly[:, :10] = 255
    assert (small(nearly)[:, 0] > 200).all(), "a cut-out sign is squeezed, not cropped"
    strip = np.full((10, 1000, 3), 255, np.uint8)
    assert (small(strip)[0] == 127).all() and (small(strip)[15] == 255).all(), "a strip lies between bars"


# --- what is shown ----------------------------------------------------------------------------------

def test_the_heat_filters_and_stages_are_shown(reader: SignReader) -> None:
    views = {view.key: view for view in reader.explain(sample("thirty"))}
    assert list(views) == ["where", "filters", "stage1", "stage2", "stage3", "stage4"]
    assert "Speed limit 30" in views["where"].sentence and views["where"].result.values.max() == 1
    assert isinstance(views["filters"].result, Picture)
    assert all(isinstance(views[f"stage{n}"].result, Maps) for n in (1, 2, 3, 4))
    assert not any(module._forward_hooks for network in reader.networks for module in network.modules())


def test_the_heat_of_a_speed_limit_lies_on_its_figures(reader: SignReader) -> None:
    heat = reader.explain(drawn(1, 320))[0].result.values
    inside = heat[10:22, 5:27]  # where the figures stand in the square of 32
    assert inside.mean() > 2 * heat.mean()


def test_the_classical_method_shows_what_it_measures(hog_svm: HogSvm) -> None:
    seen, outlines = hog_svm.explain(sample("stop"))
    assert seen.result.image.shape == outlines.result.image.shape == (320, 320, 3)
    bars = np.zeros((32, 32, 3), np.uint8)
    bars[:, 16:] = 255  # one upright edge in the right place
    drawn_ = hog_svm.explain(bars)[1].result.image[..., 0].astype(int)
    cell = drawn_[120:160, 120:160]
    assert cell[5:35, 17:23].sum() > 0.5 * cell.sum(), "the strongest line stands upright"
    assert drawn_[:, :80].sum() < drawn_[:, 100:220].sum(), "and near the edge"


def test_every_sign_has_a_pictogram_of_its_own() -> None:
    sheets = {picture(number, 24).tobytes() for number in range(SIGNS)}
    assert len(sheets) == SIGNS and len({svg(number) for number in range(SIGNS)}) == SIGNS
    red = np.asarray(picture(17, 64))[8, 32]
    assert red[0] > 150 and red[1] < 80 and red[3] == 255, "no entry is red at its top"


def test_the_samples_are_what_the_project_draws() -> None:
    for key, scene in make_samples.SCENES.items():
        again = np.asarray(make_samples.draw(scene)).astype(int)
        assert np.abs(again - sample(key)).mean() < 6, f"{key} was drawn by another version"


# --- stickers and noise -----------------------------------------------------------------------------

def test_stickers_are_placed_where_they_hurt_until_the_answer_falls(reader: SignReader) -> None:
    square = reader.seen(sample("stop")).image
    steps = list(reader.stickers(square, "black", 16))
    assert [fraction for fraction, _ in steps] == sorted(fraction for fraction, _ in steps)
    found = steps[-1][1]
    assert isinstance(found, Boxes) and 1 <= len(found.names) <= 16
    assert (np.diff(found.scores) <= 1e-6).all(), "each one hurts"
    for x, y, *_ in found.xyxy.astype(int):
        square = stick(square, y, x, "black")
    answer = reader.predict(square)
    assert answer.names[0] == found.names[-1] != "Stop"
    assert all(name == "Stop" for name in found.names[:-1])


def test_the_worst_place_is_the_worst_of_all() -> None:
    def scores(squares: np.ndarray) -> np.ndarray:  # cares about one corner only
        share = squares[:, 28:, 28:].mean(axis=(1, 2, 3)) / 255
        return np.stack([share, 1 - share, *[np.zeros(len(squares))] * 41], axis=1)

    found = list(place_stickers(scores, np.full((32, 32, 3), 255, np.uint8), "black", 3))[-1][1]
    assert found.xyxy.tolist() == [[28, 28, 32, 32]] and found.names == (NAMES[1],)


def test_a_sticker_is_a_square_of_one_colour() -> None:
    bare = np.zeros((32, 32, 3), np.uint8)
    changed = stick(bare, 4, 10, "yellow")
    assert not bare.any() and (changed[4:4 + STICKER, 10:10 + STICKER] == COLOURS["yellow"]).all()
    assert (changed.any(axis=2)).sum() == STICKER**2


@pytest.mark.parametrize("strength", [1, 8, 32])
def test_noise_moves_no_value_farther_than_it_says_and_hurts(strength: int, reader: SignReader) -> None:
    before = reader.seen(sample("stop")).image
    after = reader.fgsm(before, strength).image
    assert np.abs(after.astype(int) - before).max() == strength
    kept = dict(zip(reader.predict(after).ids, reader.predict(after).scores)).get(14, 0)
    assert kept < reader.predict(before).scores[0]
    assert (reader.fgsm(before, 0).image == before).all()


def test_the_step_goes_against_the_answer() -> None:
    slope = torch.linspace(-1, 1, 3 * 32 * 32).reshape(1, 3, 32, 32)
    start = torch.full((1, 3, 32, 32), 0.5)
    moved = one_step(lambda batch: torch.stack([(batch * slope).sum().reshape(1), torch.full((1,), -1e9)], dim=1),
                     start, 0.1)
    assert torch.allclose(moved - start, -0.1 * slope.sign(), atol=1e-6)
    assert not start.requires_grad


# --- figures ----------------------------------------------------------------------------------------

def test_the_table_of_mistakes_agrees_with_the_figures() -> None:
    measured = json.loads((demo_folder(DEMO.name) / "confusion.json").read_text())
    figures = {f.method: f for f in read_figures(demo_folder(DEMO.name)) if f.metric == "accuracy"}
    for method in BOTH:
        rows = measured["pairs"][method]
        right = sum(count for true, taken, count in rows if true == taken)
        assert sum(count for *_, count in rows) == measured["items"] == figures[method].items
        assert right / measured["items"] == pytest.approx(figures[method].value, abs=1e-5)


def test_the_card_tells_the_worst_mistakes_with_their_counts() -> None:
    measured = json.loads((demo_folder(DEMO.name) / "confusion.json").read_text())
    for method, line in zip(BOTH, DEMO.card.weak_at):
        wrong = [row for row in measured["pairs"][method] if row[0] != row[1]]
        true, taken, count = max(wrong, key=lambda row: row[2])
        assert f"took {sum(row[2] for row in wrong)} of {measured['items']:,} test signs for another" in line
        assert f"“{NAMES[true]}” for “{NAMES[taken]}” ({count} of " in line


def test_samples_that_fail_do_fail(reader: SignReader, hog_svm: HogSvm) -> None:
    said = {(key, method): model.predict(sample(key)) for key in ("children", "street", "cat")
            for method, model in (("deep", reader), ("classical", hog_svm))}
    assert {key for key, one in SAMPLES.items() if one.fails} == {"children", "street", "cat"}
    assert said["children", "deep"].names[0] == "Road works"
    assert said["children", "classical"].names[0] == said["street", "classical"].names[0] == "Ice or snow"
    assert said["cat", "classical"].names[0] == "Double bend"
    assert said["street", "deep"].note == said["cat", "deep"].note == UNSURE


def test_the_figures_are_those_of_a_good_reader() -> None:
    values = {(f.method, f.metric): f.value for f in read_figures(demo_folder(DEMO.name))}
    assert values["networks", "accuracy"] >= 0.99 and values["hog_svm", "accuracy"] >= 0.95
    assert sum(path.stat().st_size for path in (demo_folder(DEMO.name) / "weights").glob("*")) < 4.2e6


@pytest.mark.parametrize(("share", "text"), [(0.9976, "99.8"), (0.99999, "99.9"), (1.0, "100"), (0.0, "0"),
                                             (0.96, "96"), (0.004, "0.4"), (0.9849, "98")])
def test_a_count_in_a_hundred_never_claims_all_or_none_that_is_not(share: float, text: str) -> None:
    assert in_hundred(share) == text
