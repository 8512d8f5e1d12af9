"""Draws a road as a windscreen shows it, by day or dusk, dry or in rain, with fresh or worn markings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from demos.driving_scene import render_things as things
from demos.driving_scene.render_ground import ground, weather
from demos.driving_scene.road import FOCAL, HALF_LANE_M, Road, lanes, project

CAR_M, PERSON_M, SIGN_M, POST_M, TREE_M = (1.8, 1.5), 1.75, 0.9, 2.1, 6.0  # metres
PERSON_WIDE = 0.28  # of the square a person is drawn on, this much is empty on each side
TREE_EVERY_M, TREE_FAR_M = 9.0, 90.0


@dataclass(frozen=True)
class Drawn:
    """A picture `(540, 960, 3)` uint8 and its truth: own lane's left and right line `(k, 2)` px, boxes, names."""

    image: np.ndarray
    lanes: tuple[np.ndarray, np.ndarray]
    xyxy: np.ndarray
    names: tuple[str, ...]


def draw(road: Road) -> Drawn:
    """The picture of a road and its truth; the same description gives the same picture."""
    random = np.random.default_rng(road.seed)
    picture = Image.fromarray(np.clip(ground(road, random), 0, 255).astype(np.uint8)).convert("RGBA")
    xyxy, names = _place(road, picture)
    lit = weather(road, np.asarray(picture.convert("RGB")).astype(np.float32), random)
    return Drawn(np.clip(lit, 0, 255).astype(np.uint8), lanes(road),
                 np.array(xyxy, np.float32).reshape(-1, 4), tuple(names))


def _trees(road: Road) -> list[tuple[float, float, str, int]]:
    """Trees beside the road, as (metres ahead, metres right, "tree", kind); they stay while the car drives."""
    first = int(road.at_m // TREE_EVERY_M) + 1
    row = []
    for number in range(first, first + int(TREE_FAR_M / TREE_EVERY_M)):
        chance = np.random.default_rng((road.seed, number))
        ahead, side = number * TREE_EVERY_M - road.at_m + 6, chance.choice((-1, 1))
        if chance.random() < 0.75:
            row.append((ahead, float(side * chance.uniform(6.5, 16) - 1.8), "tree", int(chance.integers(6))))
    return row


def _place(road: Road, picture: Image.Image) -> tuple[list[tuple[float, ...]], list[str]]:
    """Paste trees, cars, people and signs, the farthest first; the boxes in px and names of all but trees."""
    standing = [(ahead, 2.0 * lane * HALF_LANE_M, "vehicle", kind) for lane, ahead, kind in road.cars]
    standing += [(ahead, right, "pedestrian", kind) for right, ahead, kind in road.people]
    standing += [(ahead, right, name, 0) for right, ahead, name in road.signs]
    xyxy, names = [], []
    for ahead, right_m, name, kind in sorted(standing + _trees(road), reverse=True):
        column, row = (float(value) for value in project(road, right_m, ahead))
        metre = FOCAL / ahead
        if name == "tree":
            _paste(picture, things.tree(kind), (TREE_M * metre,) * 2, column, row)
            continue
        if name == "vehicle":
            box = _paste(picture, things.car(kind, road.dusk > 0.4), [side * metre for side in CAR_M], column, row)
        elif name == "pedestrian":
            step = round(float(np.sin(0.9 * road.at_m + kind)), 1)
            x0, y0, x1, y1 = _paste(picture, things.person(kind, step), (PERSON_M * metre,) * 2, column, row)
            box = (x0 + PERSON_WIDE * (x1 - x0), y0, x1 - PERSON_WIDE * (x1 - x0), y1)
        else:
            half, top = max(0.5, 0.035 * metre), row - POST_M * metre
            ImageDraw.Draw(picture).rectangle((column - half, top, column + half, row), fill=(128, 130, 132, 255))
            box = _paste(picture, things.sign(name), (SIGN_M * metre,) * 2, column, top + 0.2 * metre)
        if min(box[2], picture.width) - max(box[0], 0) > 0.4 * (box[2] - box[0]):  # most of it is in the picture
            xyxy.append(box)
            names.append(name)
    return xyxy, names


def _paste(picture: Image.Image, thing: Image.Image, size: tuple[float, ...] | list[float], column: float,
           row: float) -> tuple[float, float, float, float]:
    """Put a thing of so many px on the ground at a column and row; its box."""
    width, height = (max(2, round(side)) for side in size)
    left, top = round(column - width / 2), round(row - height)
    # only the part inside: a tree beside the car would else be drawn thousands of px high
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + width, picture.width), min(top + height, picture.height)
    if x1 > x0 and y1 > y0:
        across, down = thing.width / width, thing.height / height
        part = ((x0 - left) * across, (y0 - top) * down, (x1 - left) * across, (y1 - top) * down)
        small = thing.resize((x1 - x0, y1 - y0), Image.Resampling.BOX, box=part)
        picture.alpha_composite(small, (x0, y0))
    return left, top, left + width, top + height
