"""Puts together the pictures the network learns from: cut-outs of streets and drawn roads, with vehicles pasted in.

The vehicles come as 64 px squares without a street around them. Pasted with soft edges, at many sizes, beside
squares that show no vehicle and are pasted in the same way, they teach the network to find vehicles in whole
pictures; the soft edge itself says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from demos.driving_scene.augment import area, cut_out, mirrored, recoloured, shared, soft_square
from demos.driving_scene.finder import NAMES
from demos.driving_scene.patches import Patches
from demos.driving_scene.render import draw
from demos.driving_scene.road import any_road
from demos.driving_scene.streets import Street
from demos.spots import Targets, draw_targets

SIDE = 256  # px of a picture to learn from
HEIGHTS = ((44.0, 250.0), (20.0, 130.0))  # px of people and of vehicles
FILLS = 0.94  # of its patch a vehicle fills so much
SEEN = 0.4  # of a thing must be inside the picture to count
UNKNOWN = 0.9999  # in a heat map to learn: neither a middle (1) nor background, so it costs nothing
STREETS, DRAWN = 0.45, 0.15  # of the collages; the others are patches on patches
ROADS = 48  # drawn roads


@dataclass(frozen=True)
class Collage:
    """A picture `(256, 256, 3)` uint8 and what to say of it."""

    image: np.ndarray
    targets: Targets


@dataclass(frozen=True)
class Base:
    """A picture to cut from: things `(k, 4)` px, their class numbers `(k,)`, whether all vehicles have boxes."""

    image: np.ndarray
    boxes: np.ndarray
    numbers: np.ndarray
    known: bool


def drawn_roads(random: np.random.Generator) -> list[Base]:
    """Drawn roads of every weather; signs and trees in them are background."""
    bases = []
    for _ in range(ROADS):
        drawn = draw(any_road(random, *(random.uniform(0, 0.9, 3) * (random.random(3) < 0.4))))
        kept = [number for number, name in enumerate(drawn.names) if name in NAMES]
        bases.append(Base(drawn.image, drawn.xyxy[kept], np.array([NAMES.index(drawn.names[k]) for k in kept]), True))
    return [base for base in bases if len(base.boxes)]


class Maker:
    """Makes collages; the same random numbers give the same collage."""

    def __init__(self, streets: list[Street], patches: Patches, random: np.random.Generator) -> None:
        self.streets = [Base(street.image, street.people, np.zeros(len(street.people), int), not street.vehicles)
                        for street in streets]
        self.roads = drawn_roads(random)
        self.patches = patches
        self.vehicles, self.others = np.flatnonzero(patches.vehicle), np.flatnonzero(~patches.vehicle)

    def make(self, random: np.random.Generator) -> Collage:
        """One picture with what to say of it."""
        chance = random.random()
        base = Base(self._ground(random), np.zeros((0, 4), np.float32), np.zeros(0, int), True)
        if chance < STREETS + DRAWN:
            base = self._cut(self.streets if chance < STREETS else self.roads, base.image, random)
        image, cars = self._paste(base, random.integers(0, 5) if len(base.boxes) else random.integers(1, 9), random)
        boxes = np.concatenate([base.boxes, cars])
        if random.random() < 0.5:
            image, boxes = image[:, ::-1], mirrored(boxes, SIDE)
        numbers = np.concatenate([base.numbers, np.full(len(cars), NAMES.index("vehicle"))])
        targets = draw_targets(boxes, numbers, len(NAMES), (SIDE, SIDE))
        if not base.known:  # its vehicles have no boxes
            heat = targets.heat[NAMES.index("vehicle")]
            heat[heat < 1] = UNKNOWN
        return Collage(recoloured(image, random), targets)

    @staticmethod
    def _cut(bases: list[Base], around: np.ndarray, random: np.random.Generator) -> Base:
        """A square cut out about one of the things in a picture, scaled so that it has a random height."""
        base = bases[random.integers(len(bases))]
        chosen = random.integers(len(base.boxes))
        x0, y0, x1, y1 = base.boxes[chosen]
        scale = np.exp(random.uniform(*np.log(HEIGHTS[base.numbers[chosen]]))) / (y1 - y0)
        scales = np.array([scale * random.uniform(0.9, 1.12), scale])
        corner = np.array([x0 + x1, y0 + y1]) / 2 * scales - random.uniform(0.2, 0.8, 2) * SIDE
        image = cut_out(base.image, tuple(scales), corner, around)
        boxes = base.boxes * np.tile(scales, 2) - np.tile(corner, 2)
        clipped = np.clip(boxes, 0, SIDE)
        seen = area(clipped) / area(boxes) > SEEN
        return Base(image, clipped[seen].astype(np.float32), base.numbers[seen], base.known)

    def _ground(self, random: np.random.Generator) -> np.ndarray:
        """Something without vehicles: one to sixteen patches enlarged and laid side by side, or one plain colour."""
        if random.random() < 0.2:
            return np.full((SIDE, SIDE, 3), random.integers(0, 256, 3), np.uint8)
        across = int(random.choice((1, 2, 4)))
        chosen = self.patches.pictures[random.choice(self.others, across * across)]
        side = SIDE // across
        rows = [np.concatenate([cv2.resize(patch, (side, side), interpolation=cv2.INTER_CUBIC)
                                for patch in chosen[row * across:(row + 1) * across]], axis=1)
                for row in range(across)]
        return np.concatenate(rows)

    def _paste(self, base: Base, count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Paste patches where no thing is yet; the boxes of those that show a vehicle."""
        canvas, taken, cars = base.image.astype(np.float32), list(base.boxes), []
        for _ in range(count):
            size = int(np.exp(random.uniform(*np.log(HEIGHTS[1]))) / FILLS)
            left, top = random.integers(0, SIDE - size + 1, 2)
            box = np.array([left, top, left + size, top + size], np.float32)
            if any(shared(box, other) > 0.08 for other in taken):
                continue
            is_car = random.random() < 0.55
            number = random.choice(self.vehicles if is_car else self.others)
            patch = cv2.resize(self.patches.pictures[number], (size, size),
                               interpolation=cv2.INTER_AREA if size < 64 else cv2.INTER_CUBIC).astype(np.float32)
            here = np.s_[top:top + size, left:left + size]
            canvas[here] += soft_square(size, random.uniform(0.01, 0.09)) * (patch - canvas[here])
            taken.append(box)
            if is_car:
                edge = (1 - FILLS) / 2 * size
                cars.append(box + np.array([edge, edge, -edge, -edge], np.float32))
        return np.clip(canvas, 0, 255).astype(np.uint8), np.array(cars, np.float32).reshape(-1, 4)
