"""Measures both methods: on vehicle patches (patches.py), on street pictures (streets.py), or on drawn roads.

DATA is the folder with index.csv, the one with boxes.csv, or this demo's roads.json, which says what to draw.
"""

from __future__ import annotations

import importlib
import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from demos.driving_scene.measuring import average_precision, lane_error, matched
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson

PATCHES = "vehicle patches of 64 px, the last 15 % of each sequence by name"
STREETS = "Penn-Fudan, the last 28 % of its two series (of 128 pictures of this copy)"
OWN = {"hog": "Its detector was learnt by OpenCV's authors from other pictures (INRIA).",
       "networks": "Learnt from the first 60 % of each series; the threshold was chosen on the next 12 %."}
SHARED = "Both methods use the same lane finder."
DRAWN = {"hog": "Its SVM for vehicles also learnt from other drawn roads, its people detector did not.",
         "networks": "It also learnt from other drawn roads of this kind."}


def evaluate(data: Path, load: Callable[[str], Any], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods that are here; `limit` takes so many items, spread evenly. Raises BadInput."""
    about = {"date": today(), "command": command, "machine": machine()}
    kinds = ((data / "index.csv", _patches), (data / "boxes.csv", _streets), (data, _roads))
    measure = next((measure for path, measure in kinds if path.is_file()), None)
    if measure is None:
        raise BadInput("This folder holds neither index.csv nor boxes.csv. Please give one that does, or roads.json.")
    return [figure for key in methods if key in OWN for figure in measure(data, key, load(key), limit, about)]


def _spread(count: int, limit: int | None) -> list[int]:
    return np.linspace(0, count - 1, min(count, limit or count)).astype(int).tolist()


def _share(method: str, metric: str, right: int, items: int, **about: str) -> Figure:
    low, high = wilson(right, items)
    return Figure(method, metric, right / items, items=items, low=low, high=high, **about)


def _patches(data: Path, key: str, model: Any, limit: int | None, about: dict[str, str]) -> Iterator[Figure]:
    """Right answers to "is this a vehicle?"."""
    from demos.driving_scene.patches import read_patches

    part = read_patches(data, "test")
    rows = _spread(len(part.names), limit)
    least = importlib.import_module(type(model).__module__).OF_PATCHES
    right = (model.patch_scores(part.pictures[rows]) > least) == part.vehicle[rows]
    yield _share(key, "patch_accuracy", int(right.sum()), len(rows), data=PATCHES,
                 things="patches with and without a vehicle", **about,
                 note="Learnt from the first 70 % of each sequence; chosen on the next 15 %.")


def _streets(data: Path, key: str, model: Any, limit: int | None, about: dict[str, str]) -> Iterator[Figure]:
    """How well people are found, and how long a whole picture takes."""
    from demos.driving_scene.streets import read_streets

    streets = read_streets(data, "test")
    streets = [streets[row] for row in _spread(len(streets), limit)]
    about = {**about, "data": STREETS, "note": OWN[key]}
    answers = [model.people(street.image) for street in streets]
    truths = [street.people for street in streets]
    people = sum(map(len, truths))
    yield Figure(key, "average_precision", average_precision(answers, truths), items=people,
                 things="people in street photos", **about)
    shown = [np.array([box for box, name, _ in model.things(street.image) if name == "pedestrian"]).reshape(-1, 4)
             for street in streets]
    hits = [int(matched(boxes, true).sum()) for boxes, true in zip(shown, truths)]
    yield _share(key, "people_found", sum(hits), people, things="people in street photos", **about)
    false = sum(map(len, shown)) - sum(hits)
    yield Figure(key, "false_people", false / len(streets), items=len(streets), things="street photos", **about)
    yield Figure(key, "seconds_a_picture", _seconds(model, [street.image for street in streets]), items=len(streets),
                 things="street photos", **about)


def _seconds(model: Any, images: list[np.ndarray]) -> float:
    """The middle of the processor's seconds that everything in a whole picture takes; a busy machine changes little."""
    took = []
    for image in images:
        began = time.process_time()
        model.predict(image)
        took.append(time.process_time() - began)
    return float(np.median(took))


def _roads(data: Path, key: str, model: Any, limit: int | None, about: dict[str, str]) -> Iterator[Figure]:
    """The lane error on drawn roads of each weather (both methods share the lane finder, so it is said once), and how
    many of the cars and people on all of them were found.
    """
    from demos.driving_scene.render import draw
    from demos.driving_scene.road import any_road

    plan = json.loads(data.read_text())
    count, things, hits = min(plan["each"], limit or plan["each"]), 0, 0
    for weather, settings in plan["weather"].items():
        random, off, lines = np.random.default_rng(plan["seed"]), [], 0
        for _ in range(count):
            drawn = draw(any_road(random, **settings))
            scene = model.predict(drawn.image)
            error, here = lane_error(scene.lanes, drawn.lanes, drawn.image.shape[0])
            off += [] if math.isnan(error) else [error]
            lines += here
            true, right = _found(drawn, scene)
            things, hits = things + true, hits + right
        said = {**about, "data": f"roads drawn by this project, {weather}", "note": SHARED}
        if off and key == "hog":
            yield Figure(key, "lane_error_px", float(np.mean(off)), items=len(off),
                         things="drawn roads 960 px wide where a line was found", **said)
            yield _share(key, "lines_found", lines, 2 * count, things="lines of the own lane", **said)
    yield _share(key, "drawn_things_found", hits, things, things="drawn cars and people", **about,
                 data="roads drawn by this project", note=DRAWN[key])


def _found(drawn: Any, scene: Any) -> tuple[int, int]:
    """How many cars and people were drawn, and how many of them were found."""
    things = hits = 0
    for name in ("vehicle", "pedestrian"):
        true, boxes = (part.xyxy[[one == name for one in part.names]] for part in (drawn, scene))
        things, hits = things + len(true), hits + int(matched(boxes, true).sum())
    return things, hits
