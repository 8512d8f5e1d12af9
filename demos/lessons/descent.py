"""A landscape with two valleys, and a ball that rolls down by steps: gradient descent to look at."""

from __future__ import annotations

import numpy as np

REACH = 2.2  # the picture shows -2.2 to 2.2 in both directions
DEEP, SHALLOW = (-1.1, -0.4), (1.1, 0.5)  # where the valleys lie, roughly
_PITS = ((DEEP, 2.1, 0.55), (SHALLOW, 1.4, 0.4))  # middle, depth, width squared


def height(place: np.ndarray) -> np.ndarray:
    """The loss at places `(..., 2)`: a wide bowl with two pits of different depth, nowhere below 0."""
    place = np.asarray(place, float)
    found = 2.2 + 0.22 * (place**2).sum(-1)
    for middle, depth, width in _PITS:
        found = found - depth * np.exp(-((place - middle) ** 2).sum(-1) / (2 * width))
    return found


def slope(place: np.ndarray) -> np.ndarray:
    """`(..., 2)`: how the loss rises in both directions."""
    place = np.asarray(place, float)
    found = 0.44 * place
    for middle, depth, width in _PITS:
        away = place - middle
        found = found + depth / width * away * np.exp(-(away**2).sum(-1, keepdims=True) / (2 * width))
    return found


def roll(start: tuple[float, float], rate: float, steps: int) -> np.ndarray:
    """`(at most steps + 1, 2)`: the ball's places; it ends early where it has left the picture."""
    way = [np.asarray(start, float)]
    for _ in range(steps):
        way.append(way[-1] - rate * slope(way[-1]))
        if np.abs(way[-1]).max() > REACH:
            break
    return np.stack(way)


def ending(way: np.ndarray) -> str:
    """How it ended: "gone" (left the picture), "low" or "high" (at rest in the deep or shallow valley) or "way"."""
    if np.abs(way[-1]).max() > REACH:
        return "gone"
    if np.abs(slope(way[-1])).max() > 0.05:
        return "way"
    near = [np.linalg.norm(way[-1] - middle) for middle in (DEEP, SHALLOW)]
    return "low" if near[0] < near[1] else "high"
