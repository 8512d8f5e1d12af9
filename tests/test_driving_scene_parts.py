"""The driving scene's renderer, lane finder and sign candidates, its splits, its measure and its hub models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from demos.driving_scene import DEMO, hub, hub_pixels
from demos.driving_scene.lanes import apart, find_lane
from demos.driving_scene.measuring import average_precision, lane_error, matched, overlaps
from demos.driving_scene.patches import split_of
from demos.driving_scene.render import draw
from demos.driving_scene.road import HEIGHT, SIGNS, WIDTH, Road, any_road, drive, lanes
from demos.driving_scene.signs import candidates, cut
from demos.driving_scene.streets import parts_of
from demos.errors import WeightsMissing
from demos.results import Scene

ROAD = Road(7, cars=((0, 18.0, 1),), people=((3.4, 12.0, 2),), signs=((3.4, 14.0, "Stop"),))


# --- the renderer -----------------------------------------------------------------------------------

def test_a_road_is_drawn_the_same_twice_and_differently_with_another_seed() -> None:
    first, again, other = draw(ROAD), draw(ROAD), draw(any_road(np.random.default_rng(0)))
    assert first.image.shape == (HEIGHT, WIDTH, 3) and (first.image == again.image).all()
    assert (first.image != other.image).any()


def test_the_truth_lies_on_the_drawn_marking() -> None:
    """The solid right marking is bright where the truth says it is, and dark to both sides of it."""
    for road in (ROAD, Road(7, bend=0.003, shift_m=0.3), Road(7, bend=-0.003)):
        light = draw(road).image.astype(float).mean(axis=2)
        right = lanes(road)[1]
        near = right[(right[:, 1] < HEIGHT - 1) & (right[:, 0] < WIDTH - 45)][:10]
        for x, y in near:
            row = light[int(y)]
            assert row[int(x)] > 190, (x, y)
            assert row[int(x) - 40] < 140 and row[int(x) + 40] < 140


def test_boxes_hold_what_was_drawn() -> None:
    empty, full = draw(Road(7)).image.astype(int), draw(ROAD)
    changed = np.abs(full.image.astype(int) - empty).sum(axis=2) > 90
    assert set(full.names) == {"vehicle", "pedestrian", "Stop"}
    for (x0, y0, x1, y1), name in zip(full.xyxy.astype(int), full.names):
        assert changed[y0:y1, x0:x1].mean() > 0.2, name
    outside = changed.copy()
    for x0, y0, x1, y1 in full.xyxy.astype(int):
        outside[max(0, y0 - 3):y1 + 60, max(0, x0 - 12):x1 + 12] = False  # with the sign's post and the arms
    assert outside.mean() < 0.001


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_found_by_colour_and_shape(sign: str) -> None:
    drawn = draw(Road(5, signs=((3.2, 12.0, sign),)))
    boxes, mask = candidates(drawn.image)
    assert overlaps(boxes, drawn.xyxy).max() > (0.25 if sign == "Priority road" else 0.6)
    assert mask.shape == (HEIGHT, WIDTH) and all(piece.size for piece in cut(drawn.image, boxes))


def test_signs_are_named_as_the_reader_names_them() -> None:
    from demos.traffic_signs.names import NAMES

    assert set(SIGNS) <= set(NAMES)


def test_weather_changes_the_picture_as_it_says() -> None:
    day = draw(Road(7)).image.astype(float)
    assert draw(Road(7, dusk=0.8)).image.mean() < 0.5 * day.mean()
    marking = lanes(Road(7))[1][5].astype(int)
    worn = draw(Road(7, worn=0.9)).image.astype(float)
    assert worn[marking[1] - 30:marking[1] + 30].max(axis=2).mean() < day[marking[1] - 30:marking[1] + 30].max(axis=2).mean()


def test_on_a_drive_things_come_nearer() -> None:
    moments = drive(ROAD, 3, 0.2)
    assert len(moments) == 3 and moments[0].at_m < moments[-1].at_m
    assert moments[-1].signs[0][1] < moments[0].signs[0][1] and moments[-1].people[0][1] < moments[0].people[0][1]
    assert (draw(moments[0]).image != draw(moments[1]).image).any()


# --- the lane ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("bend", [-0.002, 0.0, 0.002])
def test_both_lines_are_found_by_day_within_a_few_pixels(bend: float) -> None:
    drawn = draw(Road(3, bend=bend, at_m=2.0))
    error, found = lane_error(find_lane(drawn.image).lines, drawn.lanes, HEIGHT)
    assert found == 2 and error < 10


def test_the_error_is_the_distance_along_the_row() -> None:
    rows = np.linspace(500, 300, 20)
    true = (np.stack([rows, rows], axis=1), np.stack([1000 - rows, rows], axis=1))
    moved = tuple(line + [7, 0] for line in true)
    assert lane_error(moved, true, 540) == (pytest.approx(7), 2)
    assert lane_error(moved[:1], true, 540)[1] == 1
    assert lane_error((), true, 540)[1] == 0 and np.isnan(lane_error((), true, 540)[0])


def test_lines_end_where_they_meet() -> None:
    rows = np.linspace(500, 300, 21)
    left, right = np.stack([700 - rows, rows], axis=1), np.stack([rows - 100, rows], axis=1)  # they meet at 400
    for one, whole in zip(apart([left, right]), (left, right), strict=True):
        assert 400 <= one[:, 1].min() <= 410 and (one == whole[:len(one)]).all()
    assert apart([left]) == (left,) and apart([]) == ()
    far = [left - [120, 0], right + [120, 0]]
    assert all(one is whole for one, whole in zip(apart(far), far, strict=True))
    assert apart([right, left]) == (), "crossed already at the car"


@pytest.mark.parametrize("storm", range(6))
def test_lanes_never_cross_in_heavy_rain(storm: int) -> None:
    lines = find_lane(draw(Road(storm, rain=1.0, worn=0.8)).image).lines
    if len(lines) == 2:
        rows = np.linspace(max(one[:, 1].min() for one in lines), min(one[:, 1].max() for one in lines), 40)
        left, right = (np.interp(rows, one[::-1, 1], one[::-1, 0]) for one in lines)
        assert (left < right).all()


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (2000, 3), (64, 64)])
def test_a_picture_without_a_road_has_no_lane(shape: tuple[int, int]) -> None:
    assert find_lane(np.full((*shape, 3), 127, np.uint8)).lines == ()


# --- the measure ------------------------------------------------------------------------------------

def test_average_precision_of_cases_that_are_known() -> None:
    true = [np.array([[0, 0, 10, 10], [20, 20, 30, 30.0]])]
    both = np.array([[0, 0, 10, 10], [20, 20, 30, 30.0]])
    wrong = np.array([[50, 50, 60, 60.0]])
    assert average_precision([(both, np.array([0.9, 0.8]))], true) == pytest.approx(1)
    assert average_precision([(both[:1], np.array([0.9]))], true) == pytest.approx(0.5)
    # the wrong one is surest: precision 1/2, then 2/3, and the curve is taken from the right
    found = np.concatenate([wrong, both])
    assert average_precision([(found, np.array([0.9, 0.8, 0.7]))], true) == pytest.approx(2 / 3)
    # the same thing found twice counts once
    twice = np.concatenate([both[:1], both[:1], both[1:]])
    assert average_precision([(twice, np.array([0.9, 0.8, 0.7]))], true) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert average_precision([(np.zeros((0, 4)), np.zeros(0))], true) == 0


def test_overlap_and_matching() -> None:
    boxes = np.array([[0, 0, 10, 10], [0, 0, 10, 5.0]])
    assert overlaps(boxes, boxes) == pytest.approx(np.array([[1, 0.5], [0.5, 1]]))
    assert matched(boxes, boxes[:1]).tolist() == [True, False]


# --- the splits -------------------------------------------------------------------------------------

def test_patches_are_split_by_stretches_and_the_sides_of_one_drive_together() -> None:
    rows = [{"label": "vehicles", "sequence": sequence, "original_name": f"image{number:04d}.png"}
            for sequence in ("GTI_Left", "GTI_Far") for number in range(0, 100, 2)]
    rows += [{"label": "non-vehicles", "sequence": "Extras", "original_name": f"extra{number}.png"}
             for number in range(1, 41)]
    parts = split_of(rows)
    for frame in range(0, 100, 2):
        of_frame = {part for row, part in zip(rows, parts) if row["original_name"] == f"image{frame:04d}.png"}
        assert len(of_frame) == 1, "one moment of one drive on two sides"
    for sequence in ("GTI_Left", "GTI_Far", "Extras"):
        its = [part for row, part in zip(rows, parts) if row["sequence"] == sequence]
        assert its == sorted(its, key=("train", "validation", "test").index), "not in stretches"
        assert its.count("train") == pytest.approx(0.7 * len(its), abs=1)


def test_streets_are_split_by_stretches() -> None:
    names = [f"FudanPed{number:05d}.jpg" for number in range(1, 51)] + [f"PennPed{n:05d}.jpg" for n in range(1, 51)]
    parts = parts_of(names)
    for series in ("Fudan", "Penn"):
        its = [parts[name] for name in names if name.startswith(series)]
        assert its == ["train"] * 30 + ["validation"] * 6 + ["test"] * 14


# --- the larger models ------------------------------------------------------------------------------

def tiny_rt_detr(folder: Path) -> None:
    """A very small RT-DETR v2 with random numbers, that knows COCO's names."""
    from transformers import RTDetrResNetConfig, RTDetrV2Config, RTDetrV2ForObjectDetection

    backbone = RTDetrResNetConfig(embedding_size=8, hidden_sizes=[8, 8, 8, 8], depths=[1, 1, 1, 1], layer_type="basic",
                                  out_features=["stage2", "stage3", "stage4"])
    names = {0: "person", 1: "car", 2: "stop sign", 3: "banana"}
    config = RTDetrV2Config(backbone_config=backbone, encoder_hidden_dim=16, encoder_in_channels=[8, 8, 8],
                            encoder_ffn_dim=16, encoder_attention_heads=2, encoder_layers=1, d_model=16, num_queries=12,
                            decoder_in_channels=[16, 16, 16], decoder_ffn_dim=16, decoder_layers=2,
                            decoder_attention_heads=2, num_denoising=0, id2label=names,
                            label2id={name: number for number, name in names.items()})
    torch.manual_seed(0)
    RTDetrV2ForObjectDetection(config).save_pretrained(folder)


def tiny_segformer(folder: Path) -> None:
    """A very small SegFormer with random numbers and three of Cityscapes' names."""
    from transformers import SegformerConfig, SegformerForSemanticSegmentation

    names = {0: "road", 1: "car", 2: "person"}
    config = SegformerConfig(num_encoder_blocks=4, depths=[1] * 4, hidden_sizes=[8] * 4, num_attention_heads=[1] * 4,
                             decoder_hidden_size=8, id2label=names,
                             label2id={name: number for number, name in names.items()})
    torch.manual_seed(0)
    SegformerForSemanticSegmentation(config).save_pretrained(folder)


@pytest.mark.parametrize(("module", "make"), [(hub, tiny_rt_detr), (hub_pixels, tiny_segformer)])
def test_a_hub_model_answers_and_explains(module: Any, make: Callable[[Path], None], tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    model = module.load(tmp_path, "cpu")
    monkeypatch.setattr(hub, "LEAST", 0.0)  # a network of random numbers is sure of nothing
    image = draw(ROAD).image
    first, again = model.predict(image), model.predict(image)
    assert type(first) is Scene and first.as_json() == again.as_json() and len(first.lanes) == 2
    assert set(first.names) <= {"pedestrian", "vehicle", "Stop"}
    assert (first.xyxy >= 0).all() and (first.xyxy <= [WIDTH, HEIGHT] * 2).all()
    views = model.explain(image)
    assert len({view.key for view in views}) == len(views) == 5
    assert model.predict(np.zeros((1, 1, 3), np.uint8)).lanes == ()


def test_things_lie_where_the_pixels_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny_segformer(tmp_path)
    model = hub_pixels.load(tmp_path, "cpu")
    sure = np.zeros((3, 50, 100), np.float32)
    sure[0], sure[1, 10:30, 20:60] = 0.5, 0.9
    monkeypatch.setattr(model, "_look", lambda image: sure)
    ((box, name, share),) = model.things(np.zeros((200, 400, 3), np.uint8))
    assert box.tolist() == [80, 40, 240, 120] and name == "vehicle" and share == pytest.approx(0.9)


@pytest.mark.parametrize(("module", "make"), [(hub, tiny_rt_detr), (hub_pixels, tiny_segformer)])
def test_weights_that_do_not_fit_are_refused(module: Any, make: Callable[[Path], None], tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    make(tmp_path)
    file = tmp_path / "model.safetensors"
    stored = load_file(file)
    del stored[next(name for name in stored if name.endswith("weight"))]
    save_file(stored, file, metadata={"format": "pt"})
    with pytest.raises(WeightsMissing, match="does not fit"):
        module.load(tmp_path, "cpu")


def test_the_larger_models_are_rows_of_the_hub_and_known_by_their_words() -> None:
    rows = {method.key: method.weights[0] for method in DEMO.methods if method.larger}
    assert {row.tier for row in rows.values()} == {"hub"}
    assert all({file.name for file in row.files} == {"config.json", "model.safetensors"} for row in rows.values())
    assert json.dumps([row.repo for row in rows.values()]).count("/") == 2


def test_cv2_has_the_people_detector() -> None:
    assert len(cv2.HOGDescriptor_getDefaultPeopleDetector()) == 3781, "OpenCV 5 has none"
