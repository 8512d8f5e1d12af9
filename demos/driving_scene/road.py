"""What a drawn road is: its bend, weather and what stands on it, and where each place lies in the picture.

The ground is flat and the camera's place is known, so the middle of each lane marking is known to a fraction of
a pixel: this is what the lane finder is measured against.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

WIDTH, HEIGHT = 960, 540  # px
HORIZON, FOCAL, EYE_M = 290, 820.0, 1.35  # row, px, metres above the road
HALF_LANE_M = 1.8
NEAR_M, FAR_M = 4.7, 45.0  # where the lanes' truth begins and ends
SIGNS = ("Stop", "Give way", "Speed limit 50", "Speed limit 80", "Priority road", "No entry", "Keep right")
SPEED = 12.0  # metres a second of a drive


@dataclass(frozen=True)
class Road:
    """What is drawn. `dusk`, `rain` and `worn` run from 0 to 1.

    `bend` is the curvature in 1/m (positive to the right), `shift_m` how far right of its lane's middle the car
    is, `at_m` how far it has driven. `cars` are (lane, metres ahead, kind) with lane 0 the own one, -1 the one
    to the left; `people` (metres right of the lane's middle, metres ahead, kind); `signs` (metres right, metres
    ahead, name).
    """

    seed: int = 0
    bend: float = 0.0
    shift_m: float = 0.0
    at_m: float = 0.0
    dusk: float = 0.0
    rain: float = 0.0
    worn: float = 0.0
    cars: tuple[tuple[int, float, int], ...] = ()
    people: tuple[tuple[float, float, int], ...] = ()
    signs: tuple[tuple[float, float, str], ...] = ()


def project(road: Road, right_m: np.ndarray | float, ahead_m: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Column and row in px of places on the ground, metres right of the own lane's middle and ahead."""
    ahead = np.asarray(ahead_m, np.float64)
    across = right_m - road.shift_m + 0.5 * road.bend * ahead**2
    return WIDTH / 2 + FOCAL * across / ahead, HORIZON + FOCAL * EYE_M / ahead


def lanes(road: Road) -> tuple[np.ndarray, np.ndarray]:
    """The middles of the own lane's left and right marking, `(40, 2)` px, from near to far."""
    rows = np.linspace(HORIZON + FOCAL * EYE_M / NEAR_M, HORIZON + FOCAL * EYE_M / FAR_M, 40)
    ahead = FOCAL * EYE_M / (rows - HORIZON)
    left, right = (np.stack(project(road, side * HALF_LANE_M, ahead), axis=1) for side in (-1, 1))
    return left, right


def drive(road: Road, frames: int, frame_s: float) -> list[Road]:
    """The roads of a drive of so many pictures, so many seconds apart: the bend sways, what stands comes nearer."""
    moments = []
    for number in range(frames):
        gone = number * frame_s * SPEED
        moments.append(replace(
            road, at_m=road.at_m + gone, bend=road.bend * float(np.cos(gone / 40)),
            shift_m=road.shift_m + 0.25 * float(np.sin(gone / 25)),
            cars=tuple((lane, ahead + (0.08 if lane == 0 else 0.25) * gone, kind) for lane, ahead, kind in road.cars),
            people=tuple((right, ahead - gone, kind) for right, ahead, kind in road.people if ahead - gone > 5),
            signs=tuple((right, ahead - gone, name) for right, ahead, name in road.signs if ahead - gone > 6)))
    return moments


def any_road(random: np.random.Generator, dusk: float = 0.0, rain: float = 0.0, worn: float = 0.0) -> Road:
    """A road with chance bends, cars, people and signs; the weather is as given."""
    cars = [(int(random.integers(-1, 1)), float(random.uniform(9, 40)), int(random.integers(6)))
            for _ in range(random.integers(1, 4))]
    people = [(float(random.choice((-1, 1)) * random.uniform(3.2, 5) - (1.8 if random.random() < 0.4 else 0)),
               float(random.uniform(8, 24)), int(random.integers(12))) for _ in range(random.integers(0, 4))]
    signs = [(float(random.uniform(3, 4.2)), float(random.uniform(9, 28)), str(random.choice(SIGNS)))
             for _ in range(random.integers(0, 2))]
    apart = {round(ahead / 6): (lane, ahead, kind) for lane, ahead, kind in cars}  # not one inside the other
    return Road(int(random.integers(1 << 30)), float(random.uniform(-0.004, 0.004)),
                float(random.uniform(-0.4, 0.4)), float(random.uniform(0, 12)), dusk, rain, worn,
                tuple(apart.values()), tuple(people), tuple(signs))
