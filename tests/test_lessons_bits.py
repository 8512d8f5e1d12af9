"""Networks with fewer bits: rounding, the network of 8-bit numbers, what was measured, and the answer for a visitor's picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from conftest import sample_input
from demos import get_demo
from demos.engine import InlineEngine
from demos.errors import BadInput
from demos.lessons import bits_measure
from demos.lessons.bits import BITS, filters, mosaic, networks
from demos.lessons.bits_networks import Task, spread
from demos.lessons.eight_bits import compared
from demos.results import Labels
from demos.rounding import rounded, rounded_weights
from pages.ui import next_words as said

DEMO = get_demo("image_recognition")


# --- rounding -------------------------------------------------------------------------------------

def test_each_row_has_a_spacing_of_its_own() -> None:
    weights = np.array([[1.0, 0.4, -0.6], [10.0, 4.0, -6.0]], np.float32)
    assert rounded(weights, 2).tolist() == [[1, 0, -1], [10, 0, -10]]
    assert rounded(weights, 3) == pytest.approx(np.array([[1, 1 / 3, -2 / 3], [10, 10 / 3, -20 / 3]]), abs=1e-6)
    assert rounded(weights, 32) is weights


@pytest.mark.parametrize("bits", BITS[1:])
def test_no_weight_moves_by_more_than_half_a_step_and_few_values_are_left(bits: int) -> None:
    weights = np.random.default_rng(0).normal(size=(5, 4, 3, 3)).astype(np.float32)
    found = rounded(weights, bits)
    step = np.abs(weights).reshape(5, -1).max(axis=1) / (2 ** (bits - 1) - 1)
    assert found.dtype == np.float32 and (np.abs(found - weights).reshape(5, -1).max(axis=1) <= step / 2 + 1e-6).all()
    assert all(len(np.unique(row)) <= 2**bits - 1 for row in found)
    assert np.allclose(rounded(found, bits), found, atol=1e-6), "rounding twice changes nothing more"


def test_odd_weights_and_odd_bits() -> None:
    assert (rounded(np.zeros((2, 3), np.float32), 4) == 0).all()
    assert rounded(np.zeros((0, 3), np.float32).reshape(0, 3), 32).shape == (0, 3)
    for bits in (1, 0, -3, 33):
        with pytest.raises(ValueError, match="bits"):
            rounded(np.ones((1, 1), np.float32), bits)


def test_a_network_stays_as_it_is_and_single_numbers_are_not_rounded() -> None:
    network = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.LayerNorm(3))
    before = {name: values.clone() for name, values in network.state_dict().items()}
    assert list(rounded_weights(network, 2)) == ["0.weight"]
    assert all(torch.equal(before[name], values) for name, values in network.state_dict().items())


# --- measuring ------------------------------------------------------------------------------------

def toy(static: bool) -> Task:
    """A network that says which of four quarters of a picture is bright, as it was built and not learnt."""
    network = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 4, 4), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(16, 4))
    with torch.no_grad():
        network[0].weight.fill_(1 / 48)
        network[0].bias.zero_()
        network[3].weight.copy_(torch.eye(4).repeat(1, 4) / 4)
        network[3].bias.zero_()
    chance = np.random.default_rng(0)
    truth = np.arange(24) % 4
    pictures = chance.uniform(0, 0.4, (24, 3, 8, 8)).astype(np.float32)
    for one, quarter in zip(pictures, truth):
        y, x = divmod(int(quarter), 2)
        one[:, 4 * y:4 * y + 4, 4 * x:4 * x + 4] += 0.6
    more = {"ranges": pictures[:8], "choose": (pictures[8:16], truth[8:16])} if static else {}
    return Task(network.eval().requires_grad_(False), lambda one: {"given": one[None]}, pictures, truth, **more)


@pytest.mark.parametrize("static", [True, False])
def test_a_network_of_eight_bits_says_what_the_full_one_says(tmp_path: Path, static: bool) -> None:
    found = compared(toy(static), tmp_path, count=3)
    assert found["right"] == {"32": 24, "8": 24} and found["same"] == 24
    assert all(value > 0 for pair in (found["megabytes"], found["milliseconds"]) for value in pair.values())
    assert ("of 8" if static else "of 0") in found["chosen"]


def test_the_curve_asks_every_number_of_bits_and_spoilt_weights_cost_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    task = toy(True)
    with torch.inference_mode():
        assert bits_measure.curve(task) == [24] * len(BITS)
        monkeypatch.setattr(bits_measure, "rounded_weights", lambda network, bits: {
            name: values * (bits > 4) for name, values in network.named_parameters()})
        assert bits_measure.curve(task)[-1] == 6, "with nothing left it always says the first"
    assert spread(10, 4).tolist() == [0, 3, 6, 9] and spread(3, 9).tolist() == [0, 1, 2]


# --- what was measured ----------------------------------------------------------------------------

def test_what_the_page_says_of_the_three_networks_holds() -> None:
    found = networks()
    assert set(found) == set(said.TASKS) == set(said.CURVES_NAMES)
    for one in found.values():
        assert len(one.right) == len(BITS) and one.asked >= 300 and one.same <= one.asked
        assert one.right[0] > 0.6 * one.asked and one.right[-1] < 0.75 * one.asked
        assert 0.2 < one.eight[1] / one.full[1] < 0.35, "about a quarter of the space"
    fall = {name: one.right[0] / one.asked - one.right[BITS.index(5)] / one.asked for name, one in found.items()}
    assert max(fall, key=fall.get) == "pictures", "the network for pictures falls first"


def test_filters_as_a_sheet() -> None:
    assert filters().shape == (32, 3, 3, 3)
    sheet = mosaic(filters())
    assert sheet.shape == (15, 31, 3) and sheet.dtype == np.uint8 and (sheet[3] == 128).all() and (sheet[:, 3] == 128).all()
    two = mosaic(rounded(filters(), 2))
    assert set(np.unique(two)) <= {0, 127, 128, 255} < set(np.unique(sheet))
    assert (mosaic(np.zeros((1, 3, 3, 3)), columns=1) == 128).all()


# --- the visitor's picture ------------------------------------------------------------------------

@pytest.fixture(scope="module")
def answers(engine: InlineEngine) -> dict[float, Labels]:
    picture = sample_input(DEMO, "cat")
    return {bits: engine.submit(DEMO.name, "lite0", {"image": picture, "bits": bits}, "part", "rounded").result().result
            for bits in (32.0, 8.0, 2.0)}


def test_the_whole_network_answers_as_always_and_eight_bits_nearly_so(engine: InlineEngine, answers: dict[float, Labels]) -> None:
    whole = engine.submit(DEMO.name, "lite0", {"image": sample_input(DEMO, "cat")}).result().result
    assert answers[32.0].names == whole.names and answers[32.0].scores == pytest.approx(whole.scores, abs=1e-5)
    assert answers[8.0].names[0] == whole.names[0] != answers[2.0].names[0]
    after = engine.submit(DEMO.name, "lite0", {"image": sample_input(DEMO, "cat")}).result().result
    assert (after.scores == whole.scores).all(), "the network itself was not rounded"


@pytest.mark.parametrize("bits", [1.0, 40.0, float("nan"), "many"])
def test_odd_numbers_of_bits_are_refused(engine: InlineEngine, bits: object) -> None:
    with pytest.raises(BadInput, match="bits|Bits"):
        engine.submit(DEMO.name, "lite0", {"image": sample_input(DEMO, "cat"), "bits": bits}, "part", "rounded").result()
