"""Learning without sharing: dealing, averaging and the three ways on tiny pictures, and what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from demos.lessons import federated_measure as measuring
from demos.lessons.federated import WAYS, federated
from pages.ui import next_words as said
from pages.ui.shared_view import captions, shared_data


def some(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pictures whose left half is brighter where the label is 1."""
    chance = np.random.default_rng(seed)
    labels = (np.arange(count) % 4 > 0).astype(int)
    pictures = chance.integers(60, 120, (count, 28, 28))
    pictures[labels == 1, :14] += 100
    return pictures.astype(np.uint8), labels


# --- measuring ------------------------------------------------------------------------------------

def test_every_picture_is_dealt_to_one_hospital_unevenly_and_the_same_each_time() -> None:
    labels = some(2000)[1]
    for seed in range(5):
        hands = measuring.deal(labels, seed)
        assert sorted(np.concatenate(hands).tolist()) == list(range(2000)) and len(hands) == 5
        sizes = [len(hand) for hand in hands]
        assert sizes == sorted(sizes, reverse=True) and sizes[0] > 1.5 * sizes[-1]
        assert all(np.bincount(labels[hand], minlength=2).min() >= measuring.FEWEST for hand in hands)
        assert all((one == other).all() for one, other in zip(hands, measuring.deal(labels, seed)))
    assert len(measuring.deal(labels, 0)[0]) != len(measuring.deal(labels, 1)[0])


def test_the_mean_weighs_a_hospital_by_its_pictures() -> None:
    models = [torch.nn.Linear(2, 1) for _ in range(2)]
    mean = measuring.average(models, [30, 10])
    expected = 0.75 * models[0].weight + 0.25 * models[1].weight
    assert torch.allclose(mean.weight, expected) and not torch.equal(models[0].weight, expected)


def test_one_hospital_that_shares_learns_what_it_learns_alone() -> None:
    hand = some(64)
    shared, alone = (list(measuring.rounds(way, [hand], 0, 2))[-1][0] for way in ("shared", "alone"))
    assert all(torch.allclose(one, other) for one, other in zip(shared.state_dict().values(), alone.state_dict().values()))


def test_the_network_is_the_same_at_each_call_and_learns_what_is_plain() -> None:
    first, second = measuring.network(), measuring.network()
    assert all(torch.equal(one, other) for one, other in zip(first.state_dict().values(), second.state_dict().values()))
    learnt = measuring.learn(first, some(400), 4, torch.Generator().manual_seed(0))
    assert measuring.right(learnt, some(200, 1)) > 0.9
    assert all(torch.equal(one, other) for one, other in zip(first.state_dict().values(), second.state_dict().values()))


def test_ill_and_healthy_count_the_same() -> None:
    always_ill = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 1))
    torch.nn.init.zeros_(always_ill[1].weight)
    torch.nn.init.ones_(always_ill[1].bias)
    assert measuring.right(always_ill, some(40)) == 0.5


def test_all_is_measured_and_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("ROUNDS", 3), ("FEWEST", 3)):
        monkeypatch.setattr(measuring, name, value)
    monkeypatch.setattr(measuring.deal, "__defaults__", (3,))
    monkeypatch.setattr(measuring.rounds, "__defaults__", (3,))
    found = measuring.measure(some(200), some(40, 1), some(60, 2), deals=2)
    path = tmp_path / "federated.json"
    path.write_text(json.dumps(found))
    read = federated(path)
    assert len(read.deals) == 2 and read.asked == (40, 60) and read.weights == 23_585
    for deal in read.deals:
        assert deal.hospitals.sum() == 200 and deal.hospitals.shape == (5, 2)
        assert deal.curves["alone"].shape == (3, 5) and deal.curves["shared"].shape == deal.curves["together"].shape == (3, 1)
        assert all(0 <= deal.tests[way].min() and deal.tests[way].max() <= 1 for way in WAYS)
    assert read.travelled(3) == pytest.approx(3 * 2 * 5 * 4 * 23_585 / 1e6)


# --- what was measured ----------------------------------------------------------------------------

def test_what_the_page_says_holds() -> None:
    found = federated()
    assert len(found.deals) >= 3 and found.asked == (516, 312) and found.weights == sum(
        one.numel() for one in measuring.network().parameters())
    for deal in found.deals:
        assert deal.hospitals.sum() == 4708 and deal.hospitals.min() >= measuring.FEWEST
        assert len(deal.curves["shared"]) == measuring.ROUNDS
    assert (found.test("shared") > found.test("alone")).all(), "the average hospital gains"
    assert (found.test("best") >= found.test("alone")).all()


def test_each_round_has_its_caption_and_nothing_but_weights_is_counted() -> None:
    found = federated()
    told = captions(found)
    assert len(told) == measuring.ROUNDS + 1 and told[0] == said.BEFORE
    assert "0 pictures" in told[-1] and f"{found.travelled(measuring.ROUNDS):.1f} MB" in told[-1]
    assert f"shared {100 * found.deals[0].curves['shared'][-1, 0]:.0f}" in told[-1]
    data = shared_data(found)
    assert [len(way["lines"]) for way in data["ways"]] == [5, 1, 1] and len(data["hospitals"]) == 5 and not data["begins"]
    json.dumps(data)
