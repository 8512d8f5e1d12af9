"""Chooses how strong a peak must be to count as something found, on the blocks for choosing."""

from __future__ import annotations

import numpy as np

from demos.brain_scan.finding import maps_of, near
from demos.brain_scan.framing import even_out
from demos.brain_scan.healed import healed_slices
from demos.brain_scan.healthy import healthy_slices
from demos.brain_scan.slices import Slice
from demos.spots import SpotNetwork, Spots, decode

AT_ONCE = 16
MISSED = 2.0  # how much worse than a false alarm a missed tumour is


def strongest(network: SpotNetwork, images: list[np.ndarray]) -> list[Spots]:
    """The strongest spot of each slice `(256, 256)` uint8, however weak it is."""
    found = []
    for start in range(0, len(images), AT_ONCE):
        maps = maps_of(network, [even_out(image) for image in images[start:start + AT_ONCE]])
        found += decode(maps, threshold=0.0, most=1)
    return found


def without(slices: list[Slice]) -> list[np.ndarray]:
    """Slices with nothing to find: of the average healthy brain, and these ones without their tumours."""
    return healthy_slices("choose") + healed_slices(slices)


def choose_threshold(network: SpotNetwork, slices: list[Slice]) -> float:
    """The peak from which on something counts as found: most tumours rightly placed and most slices without one
    quiet. Missing a tumour weighs twice as much as a false alarm. The middle one of those that do equally well.
    """
    here = strongest(network, [one.image for one in slices])
    right = np.array([spots.scores[0] if near(spots.xyxy[0], one.box) else 0.0 for spots, one in zip(here, slices)])
    false = np.array([spots.scores[0] for spots in strongest(network, without(slices))])
    tried = np.arange(2, 70) / 100
    worth = np.array([MISSED * (right >= t).mean() + (false < t).mean() for t in tried])
    best = tried[worth >= worth.max() - 1e-9]
    return round(float(best[len(best) // 2]), 2)


def measure(network: SpotNetwork, slices: list[Slice], threshold: float) -> dict[str, float]:
    """Shares of slices found, rightly named, rightly placed; of those without one the share where nothing is found."""
    here = strongest(network, [one.image for one in slices])
    found = np.array([spots.scores[0] >= threshold for spots in here])
    named = np.array([spots.classes[0] == one.kind for spots, one in zip(here, slices)]) & found
    placed = np.array([near(spots.xyxy[0], one.box) for spots, one in zip(here, slices)]) & found
    quiet = [spots.scores[0] < threshold for spots in strongest(network, without(slices))]
    return {"slices": len(slices), "found": round(float(found.mean()), 4), "named": round(float(named.mean()), 4),
            "placed": round(float(placed.mean()), 4), "quiet": round(float(np.mean(quiet)), 4)}
