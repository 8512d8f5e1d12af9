"""Points of two kinds that the lessons draw: always the same ones."""

from __future__ import annotations

import numpy as np

SHAPES = ("line", "circles", "moons", "xor", "spiral")


def points(shape: str, count: int = 200, noise: float = 0.08, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """`(count, 2)` points within about -1 to 1, and their kinds `(count,)`, 0 or 1, half of each."""
    chance = np.random.default_rng(seed)
    half = count // 2
    kinds = np.repeat([0.0, 1.0], [half, count - half])
    at = np.concatenate([np.linspace(0, 1, half, endpoint=False), np.linspace(0, 1, count - half, endpoint=False)])
    if shape == "line":
        made = chance.normal(0, 0.25, (count, 2)) + np.where(kinds[:, None] > 0.5, [0.4, 0.35], [-0.4, -0.35])
    elif shape == "circles":
        made = np.where(kinds > 0.5, 0.3, 0.85)[:, None] * _round(2 * np.pi * at)
    elif shape == "moons":
        bow = _round(np.pi * at)
        made = np.where(kinds[:, None] > 0.5, [0.3, 0.15] - 0.65 * bow, [-0.3, -0.15] + 0.65 * bow)
    elif shape == "xor":
        corner = chance.integers(0, 2, count) * 2 - 1
        made = 0.5 * np.stack([corner, np.where(kinds > 0.5, -corner, corner)], 1) + chance.uniform(-0.32, 0.32, (count, 2))
    elif shape == "spiral":
        turn = 3.5 * np.pi * np.sqrt(at) + np.pi * kinds
        made = 0.95 * np.sqrt(at)[:, None] * _round(turn)
        noise = 0.4 * noise
    else:
        raise KeyError(f"there is no shape {shape!r}; there are: {', '.join(SHAPES)}")
    return made + chance.normal(0, noise, (count, 2)), kinds


def _round(angles: np.ndarray) -> np.ndarray:
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)
