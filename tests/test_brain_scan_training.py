"""The brain scan's painted spots, its split, its training, and how an answer is judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from demos import demo_folder, get_demo
from demos.brain_scan.batches import batches, count
from demos.brain_scan.deep import SpotModel
from demos.brain_scan.evaluate import judge
from demos.brain_scan.framing import even_out
from demos.brain_scan.healed import heal
from demos.brain_scan.healthy import cut, healthy_slices
from demos.brain_scan.make_samples import SPOTS, head
from demos.brain_scan.paint import HEALTHY, healthy, put_spot
from demos.brain_scan.slices import BLOCKS, Slice, split
from demos.engine import InlineEngine
from demos.media import decode_picture
from demos.results import Boxes

DEMO = get_demo("brain_scan")
METHODS = tuple(method.key for method in DEMO.methods)
SPOT = {"scan": "mni_axial", "x": 36.0, "y": 40.0, "size": 13.0, "strength": 70.0}


@pytest.fixture(scope="module")
def spots(engine: InlineEngine) -> SpotModel:
    return engine.load(DEMO.name, "spots")


def picture(key: str) -> np.ndarray:
    return decode_picture((demo_folder(DEMO.name) / "samples" / f"{key}.png").read_bytes())


# --- painting -------------------------------------------------------------------------------------

@pytest.mark.parametrize("method", METHODS)
def test_every_method_answers_what_is_painted(method: str, engine: InlineEngine) -> None:
    for part, kind in (("painted", "Picture"), ("paint", "Boxes"), ("paint_map", "Heatmap")):
        answer = engine.submit(DEMO.name, method, SPOT, want="part", change=part).result()
        assert type(answer.result).__name__ == kind


@pytest.mark.parametrize(("x", "y"), [(36.0, 40.0), (62.0, 45.0), (45.0, 68.0)])
def test_the_map_of_the_network_follows_the_spot(x: float, y: float, spots: SpotModel) -> None:
    heat = spots.paint_map(**{**SPOT, "x": x, "y": y}).values
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert np.hypot(column / 2.56 - x, row / 2.56 - y) < 6.5 + 3


def test_a_spot_has_its_place_size_and_strength() -> None:
    plain = np.full((200, 100), 50, np.uint8)
    spot = put_spot(plain, 50, 25, 10, 40)[..., 0].astype(int)
    rows, columns = np.nonzero(spot > 100)
    assert rows.mean() == pytest.approx(49.75, abs=1) and columns.mean() == pytest.approx(49.5, abs=1)
    assert spot.max() == 152 and 16 <= np.ptp(rows) + 1 <= 24
    assert (put_spot(plain, 50, 25, 0, 40) == 50).all() and (put_spot(plain, 50, 25, 10, -40).min() == 0)


def test_the_samples_are_those_of_the_program() -> None:
    assert (healthy("s1045") == head()).all() and (healthy("mni_axial") == cut("axial", 88)).all()
    for name, (scan, *where) in SPOTS.items():
        assert (picture(name) == put_spot(healthy(scan), *where)).all()
    assert {key for key, _ in HEALTHY} <= {sample.key for sample in DEMO.samples}
    kept = {square.tobytes() for square in healthy_slices("test", step=1)}
    assert {healthy("mni_axial").tobytes(), healthy("mni_coronal").tobytes()} <= kept, "not learnt from"


# --- training and judging -------------------------------------------------------------------------

def made_slices(count: int) -> list[Slice]:
    chance = np.random.default_rng(0)
    slices, brains = [], healthy_slices("train")[:20]
    for number in range(count):
        x, y = chance.integers(90, 150, 2)
        image = put_spot(brains[number % 20], x / 2.55, y / 2.55, 12, 80)[..., 0]
        slices.append(Slice(number, image, number // 5 % 3, np.array([x - 15, y - 15, x + 15, y + 15], float)))
    return slices


def test_the_split_is_by_blocks_and_loses_nothing() -> None:
    slices = [Slice(n, np.random.default_rng(n // 7).integers(0, 255, (256, 256)).astype(np.uint8), n % 3, np.zeros(4))
              for n in range(3 * 24 * 15)]
    parts = split(slices)
    assert sorted(one.number for part in parts.values() for one in part) == list(range(len(slices)))
    for kind in range(3):
        part_of = {one.number: name for name, part in parts.items() for one in part if one.kind == kind}
        changes = sum(one != two for one, two in zip(list(map(part_of.get, sorted(part_of)))[1:],
                                                     map(part_of.get, sorted(part_of))))
        assert changes == 7, f"two blocks for choosing and two for testing, the last at the end, of {BLOCKS}"


@pytest.mark.slow
def test_training_repeats_and_can_go_on(tmp_path: Path) -> None:
    from demos.brain_scan.train import Course

    kept, slices = tmp_path / "kept.pt", made_slices(36)
    whole = Course(slices, (64, 64), 2)
    losses = [whole.epoch(), whole.keep(kept), whole.epoch()]
    later = Course(slices, (64, 64), 2)
    later.go_on(kept)
    assert later.epoch() == losses[2] and losses[2] < losses[0]
    first, second = whole.result().state_dict(), later.result().state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_healed_slice_is_the_other_half_where_the_tumour_was_and_itself_elsewhere() -> None:
    whole = picture("mni_axial")[..., 0]
    columns = np.flatnonzero((whole > 30).any(axis=0))
    middle = (columns[0] + columns[-1]) / 2
    image = put_spot(whole, 30, 45, 10, 90)[..., 0]
    box = np.array([0.30, 0.45, 0.30, 0.45]) * 255 + [-14, -14, 14, 14]
    healed = heal(Slice(1, image, 0, box))
    assert healed is not None
    rows, here = np.mgrid[108:123, 70:84]
    there = np.round(2 * middle - here).astype(int)
    assert np.abs(healed[rows, here].astype(int) - whole[rows, there]).mean() < 4, "the other half"
    away = np.s_[:, 130:]
    assert (healed[away] == image[away]).all()
    centre = np.array([middle - 10, 110, middle + 10, 130])
    assert heal(Slice(1, image, 2, centre)) is None, "it would be covered with itself"
    askew = np.asarray(Image.fromarray(image).rotate(35))
    assert heal(Slice(1, askew, 0, box)) is None, "the halves differ"
    assert heal(Slice(1, np.zeros((256, 256), np.uint8), 0, box)) is None


def test_a_slice_for_every_eight_has_nothing_to_find_in_the_place_of_its_tumour() -> None:
    slices, healthy = made_slices(120), healthy_slices("train")
    counts = []
    for healed in ([], [slices[0].image]):
        rows = list(batches(slices, healthy, healed, 64, np.random.default_rng(0)))
        assert len(rows) == count(slices, healed)
        counts.append(sum(int((one.heat == 1).sum(dim=(1, 2, 3)).eq(0).sum()) for _, one in rows))
    assert counts[1] >= counts[0] + 7, "of 15 more, two thirds"


def test_an_answer_is_right_in_name_and_place() -> None:
    one = Slice(1, np.zeros((256, 256), np.uint8), 1, np.array([100.0, 100, 120, 120]))

    def answer(x: float, name: str) -> Boxes:
        return Boxes([[x - 5, 105, x + 5, 115]], (name,), [0.9])

    assert judge(answer(110, "meningioma"), one) == (True, True, True)
    assert judge(answer(127, "glioma"), one) == (True, False, True)
    assert judge(answer(129, "meningioma"), one) == (True, True, False)
    assert judge(None, one) == judge(Boxes(np.zeros((0, 4)), (), np.zeros(0)), one) == (False, False, False)


def test_brightness_is_evened_out_and_nothing_is_made_of_black() -> None:
    image = picture("s1045")[..., 0]
    dark = (image * 0.3).astype(np.uint8)
    assert np.abs(even_out(dark).astype(int) - even_out(image)).mean() < 3
    assert not even_out(np.zeros((9, 9), np.uint8)).any() and even_out(np.full((9, 9), 9, np.uint8)).max() <= 72
