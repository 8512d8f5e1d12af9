"""The detector that demos share: what it is told to say, what is read out of it, and that it can learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from demos.spots import (STRIDE, SpotMaps, SpotNetwork, Targets, decode, draw_targets, load_spots, loss, make_quick, prepare,
                         save_spots)

BOXES = np.array([[20.0, 30, 60, 90], [100, 40, 124, 64]])


@pytest.fixture(scope="module")
def network() -> SpotNetwork:
    torch.manual_seed(0)
    return SpotNetwork(2).eval()


def said(targets: Targets) -> SpotMaps:
    """The maps of a network that says exactly what it should."""
    heat, boxes = targets.heat[None], targets.boxes[None]
    empty = SpotMaps(torch.zeros_like(heat), torch.zeros(1, 4, *heat.shape[2:]))
    middle = empty.boxes()[..., :2]
    reach = torch.cat([middle - boxes[..., :2], boxes[..., 2:] - middle], dim=-1).permute(0, 3, 1, 2)
    return SpotMaps(torch.logit(heat.clamp(1e-4, 1 - 1e-4)), reach)


def test_what_is_drawn_is_read_again() -> None:
    maps = said(draw_targets(BOXES, np.array([1, 0]), 2, (128, 160)))
    (found,) = decode(maps, threshold=0.9)
    order = np.argsort(found.xyxy[:, 0])
    assert found.xyxy[order] == pytest.approx(BOXES, abs=1e-3) and found.classes[order].tolist() == [1, 0]
    assert maps.heat.shape == (1, 2, 128 // STRIDE, 160 // STRIDE)


def test_the_strongest_comes_first_and_the_threshold_counts() -> None:
    maps = said(draw_targets(BOXES, np.array([1, 0]), 2, (128, 160)))
    maps.heat[0, 0] -= 10
    (found,) = decode(maps, threshold=0.5)
    assert found.classes.tolist() == [1]
    (found,) = decode(maps, threshold=0.1, most=5)
    assert found.classes[0] == 1 and (np.diff(found.scores) <= 0).all()
    assert len(decode(maps, threshold=0.0, most=1)[0].scores) == 1


def test_of_boxes_that_share_most_of_their_place_one_stays() -> None:
    targets = draw_targets(np.array([[20.0, 30, 60, 90], [24, 34, 64, 94]]), np.array([0, 1]), 2, (128, 128))
    targets.boxes[targets.weight > 0] = torch.tensor([20.0, 30, 60, 90])
    assert len(decode(said(targets), 0.9, overlap=0.5)[0].scores) == 1


def test_saying_what_is_wanted_costs_least() -> None:
    wanted = draw_targets(BOXES, np.array([1, 0]), 2, (128, 160))
    good, batch = said(wanted), Targets.stack([wanted])
    least = float(loss(good, batch))
    moved = SpotMaps(good.heat, (good.reach + 6).clamp(min=1))
    blind = SpotMaps(torch.full_like(good.heat, -4.6), good.reach)
    assert least < 0.2 and float(loss(moved, batch)) > least + 0.5 and float(loss(blind, batch)) > least + 1


def test_a_picture_without_a_thing_can_be_learnt_from() -> None:
    wanted = Targets.stack([draw_targets(np.zeros((0, 4)), np.zeros(0, int), 2, (64, 64))])
    maps = SpotMaps(torch.zeros(1, 2, 8, 8, requires_grad=True), torch.ones(1, 4, 8, 8))
    off = loss(maps, wanted)
    off.backward()
    assert float(off.detach()) > 1 and maps.heat.grad is not None and (maps.heat.grad > 0).all()


def test_it_learns_where_a_square_is() -> None:
    torch.manual_seed(0)
    network = SpotNetwork(1, width=32)
    make_quick(network, frozen=0)
    learner, chance = torch.optim.Adam(network.parameters(), 2e-3), np.random.default_rng(0)
    losses = []
    for _ in range(12):
        images, wanted = [], []
        for _ in range(4):
            x, y = chance.integers(4, 36, 2)
            image = np.zeros((64, 64, 3), np.uint8)
            image[y:y + 24, x:x + 24] = 250
            images.append(image)
            wanted.append(draw_targets(np.array([[x, y, x + 24, y + 24]], float), np.array([0]), 1, (64, 64)))
        off = loss(network(prepare(images)), Targets.stack(wanted))
        learner.zero_grad()
        off.backward()
        learner.step()
        losses.append(float(off.detach()))
    assert np.mean(losses[-3:]) < 0.6 * np.mean(losses[:3])


def test_storing_and_folding_change_no_answer(network: SpotNetwork, tmp_path: Path) -> None:
    save_spots(network, tmp_path / "spots.safetensors", {"seed": 0})
    again = load_spots(tmp_path / "spots.safetensors")
    batch = prepare([np.random.default_rng(0).integers(0, 255, (96, 160, 3), np.uint8)])
    with torch.inference_mode():
        first, second = network(batch), again(batch)
    assert first.heat.shape == (1, 2, 12, 20)
    assert torch.allclose(first.heat, second.heat, atol=0.05) and torch.allclose(first.reach, second.reach, atol=0.5)
    assert not any(parameter.requires_grad for parameter in again.parameters())


def test_stored_twice_is_the_same_file(network: SpotNetwork, tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_spots(network, tmp_path / name, {"seed": 0, "data": "none", "threshold": 0.3})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").stat().st_size < 8e6


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    import json

    from safetensors.torch import save_file

    save_file({"other": torch.zeros(1)}, tmp_path / "x", metadata={"about": json.dumps({"classes": 2})})
    with pytest.raises(ValueError, match="another network"):
        load_spots(tmp_path / "x")


def test_training_quickly_leaves_the_first_blocks_as_they_are(network: SpotNetwork) -> None:
    torch.manual_seed(1)
    quick = SpotNetwork(2)
    make_quick(quick, frozen=3)
    before = {name: value.clone() for name, value in quick.state_dict().items()}
    with torch.autocast("cpu", torch.bfloat16):
        maps = quick(prepare([np.full((64, 64, 3), 90, np.uint8)] * 2))
    wanted = Targets.stack([draw_targets(np.array([[8.0, 8, 40, 40]]), np.array([1]), 2, (64, 64))] * 2)
    loss(maps, wanted).backward()
    torch.optim.SGD([p for p in quick.parameters() if p.requires_grad], 0.1).step()
    changed = {name for name, value in quick.state_dict().items() if not torch.equal(value, before[name])}
    blocks = {int(name.split(".")[2]) for name in changed if name.startswith("backbone._blocks")}
    assert blocks == set(range(3, 16)) and not any(name.startswith(("backbone._conv_stem", "backbone._bn0")) for name in changed)
