"""Prints what the thresholds of both methods should be: `python -m demos.driving_scene.choose PATCHES STREETS`.

Only validation parts are read. People: where precision and recall together are best (F1) on street pictures.
Vehicles: where most patches are right; and for whole pictures the best F1 on drawn roads (other ones than those learnt
from) together with street pictures without vehicles, where every box is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from demos.driving_scene.collage import drawn_roads
from demos.driving_scene.finder import NAMES
from demos.driving_scene.measuring import matched
from demos.driving_scene.patches import read_patches
from demos.driving_scene.streets import read_streets
from demos.engine import InlineEngine

SEED = 99  # not the one learnt from


def best_f1(answers: list[tuple[np.ndarray, np.ndarray]], truths: list[np.ndarray]) -> tuple[float, float]:
    """The threshold with the best F1, and that F1, for boxes with scores and the true boxes of each picture."""
    scores = np.concatenate([sure for _, sure in answers])
    hits = np.concatenate([matched(boxes, true) for (boxes, _), true in zip(answers, truths)])
    order = np.argsort(-scores, kind="stable")
    f1 = 2 * hits[order].cumsum() / (np.arange(1, len(order) + 1) + sum(map(len, truths)))
    return float(scores[order][f1.argmax()]), float(f1.max())


def best_for_patches(scores: np.ndarray, vehicle: np.ndarray) -> tuple[float, float]:
    """The threshold with most patches right, and that share."""
    share, threshold = max((float(((scores > threshold) == vehicle).mean()), float(threshold))
                           for threshold in np.quantile(scores, np.linspace(0, 1, 2001)))
    return threshold, share


def main(patches: Path, streets: Path) -> None:
    """Say it for both methods."""
    part, pictures = read_patches(patches, "validation"), read_streets(streets, "validation")
    roads = drawn_roads(np.random.default_rng(SEED))
    known = [(base.image, base.boxes[base.numbers == NAMES.index("vehicle")]) for base in roads]
    known += [(street.image, np.zeros((0, 4), np.float32)) for street in pictures if not street.vehicles]
    engine = InlineEngine()
    for key in ("hog", "networks"):
        model = engine.load("driving_scene", key)
        print(key, "people %.3f (F1 %.3f)" % best_f1([model.people(street.image) for street in pictures],
                                                     [street.people for street in pictures]),
              "patches %.3f (right %.4f)" % best_for_patches(model.patch_scores(part.pictures), part.vehicle),
              "vehicles %.3f (F1 %.3f)" % best_f1([model.vehicles(image) for image, _ in known],
                                                  [boxes for _, boxes in known]))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
