"""Draws the ground of a road picture, sky to asphalt, and lays the weather over what stands on it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from demos.driving_scene.road import EYE_M, FOCAL, HALF_LANE_M, HEIGHT, HORIZON, WIDTH, Road

LINE_M = 0.16  # width of a marking
DASH_M, GAP_M = 4.0, 8.0
SKY, GRASS, ASPHALT, PAINT = ((96, 150, 214), (206, 224, 240)), (92, 112, 58), (88, 88, 92), (236, 236, 228)
HAZE = 176  # grey of rain
STREAKS = 1400  # at most


def ground(road: Road, random: np.random.Generator) -> np.ndarray:
    """Sky, hills, grass, asphalt and markings: `(540, 960, 3)` float32; edges are smooth over one pixel."""
    columns, rows = np.meshgrid(np.arange(WIDTH, dtype=np.float32) + 0.5, np.arange(HEIGHT, dtype=np.float32) + 0.5)
    ahead = EYE_M / np.clip((rows - HORIZON) / FOCAL, 1e-4, None)
    pixel_m = ahead / FOCAL  # metres to one px
    across = (columns - WIDTH / 2) * pixel_m + road.shift_m - 0.5 * road.bend * np.minimum(ahead, 400) ** 2
    fine = random.standard_normal((HEIGHT, WIDTH), np.float32)
    coarse = _clouds(random, 27, 48)
    high, low = (np.array(colour, np.float32) for colour in SKY)
    scene = high + (low - high) * np.clip(rows / HORIZON, 0, 1)[..., None]
    scene = scene + 26 * np.clip(_clouds(random, 6, 5) - 0.3, 0, 1.2)[..., None]
    ridge = 16 * np.abs(np.sin(columns / 170 + road.seed % 97)) + 9 * np.abs(np.sin(columns / 61 + road.seed % 89))
    scene = _mix(scene, (70, 94, 72), np.clip(rows - (HORIZON - 14 - ridge), 0, 1), 5 * coarse + 4 * fine)
    below = np.clip(rows - HORIZON, 0, 1)
    scene = _mix(scene, GRASS, below, 9 * coarse + 9 * fine)
    edge = np.minimum(across + 3 * HALF_LANE_M + 0.5, HALF_LANE_M + 0.7 - across)
    scene = _mix(scene, ASPHALT, below * np.clip(edge / pixel_m, 0, 1), 5 * coarse + 5 * fine)
    for right_m, dashed in ((-3 * HALF_LANE_M, False), (-HALF_LANE_M, True), (HALF_LANE_M, False)):
        inside = (LINE_M / 2 - np.abs(across - right_m)) / pixel_m + 0.5
        line = np.clip(inside, 0, 1) * np.clip(LINE_M / pixel_m, 0, 1)
        if dashed:
            line = line * ((ahead + road.at_m) % (DASH_M + GAP_M) < DASH_M)
        scene = _mix(scene, PAINT, below * line * _paint_left(road, ahead, across), 4 * fine)
    return scene


def _clouds(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Soft noise `(540, 960)` float32 with so many humps."""
    small = Image.fromarray(random.standard_normal((rows, columns), np.float32))
    return np.asarray(small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))


def _paint_left(road: Road, ahead: np.ndarray, across: np.ndarray) -> np.ndarray:
    """How much paint is left at each place, in [0, 1]: flakes that stay on the road while the car drives."""
    if road.worn <= 0:
        return np.ones_like(ahead)
    flakes = np.random.default_rng(road.seed + 1).random((64, 64), np.float32)
    place = flakes[((ahead + road.at_m) * 3.1).astype(int) % 64, (across * 17).astype(int) % 64]
    return np.clip((place - road.worn * 0.95) * 4, 0, 1) * (1 - 0.55 * road.worn)


def _mix(scene: np.ndarray, colour: tuple[int, int, int], share: np.ndarray, rough: np.ndarray) -> np.ndarray:
    return scene + share[..., None] * (np.array(colour, np.float32) + rough[..., None] - scene)


def weather(road: Road, scene: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """`(540, 960, 3)` float32 with rain and dusk laid over it; a car's lamps light the road at dusk."""
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None, None]
    if road.rain > 0:
        haze = road.rain * (0.25 + 0.45 * np.exp(-(((rows - HORIZON) / 90) ** 2)))
        scene = scene * (1 - haze) + HAZE * haze
    if road.dusk > 0:
        columns = np.arange(WIDTH, dtype=np.float32)[None, :, None]
        lamps = np.exp(-(((columns - WIDTH / 2) / 330) ** 2) - (((rows - 480) / 130) ** 2))
        light = 1 - road.dusk * (0.86 - 0.5 * lamps * (rows > HORIZON))
        scene = scene * light * (1 - road.dusk * np.array((0, 0.08, -0.04), np.float32))
    if road.rain > 0:
        scene = scene + (70 - 40 * road.dusk) * road.rain * _streaks(road, random)[..., None]
    return scene + (2 + 5 * road.dusk) * random.standard_normal((HEIGHT, WIDTH, 1), np.float32)


def _streaks(road: Road, random: np.random.Generator) -> np.ndarray:
    """`(540, 960)` float32: 1 where a drop falls, a short upright line."""
    drops, count = np.zeros((HEIGHT, WIDTH), np.float32), int(STREAKS * road.rain)
    for x, y, length in zip(random.integers(0, WIDTH, count), random.integers(0, HEIGHT, count),
                            random.integers(8, 26, count)):
        drops[y:y + length, x] = 1
    return drops
