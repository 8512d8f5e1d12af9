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
FOUND = 0.97  # of the slices with a tumour: missing one is worse than a false alarm


def strongest(network: SpotNetwork, images: list[np.ndarray]) -> list[Spots]:
    """The strongest spot of each slice `(256, 256)` uint8, however weak it is."""
    found = []
    for start in range(0, len(images), AT_ONCE):
        maps = maps_of(network, [even_out(image) for image in images[start:start + AT_ONCE]])
        found += decode(maps, threshold=0.0, most=1)
    return found


def choose_threshold(network: SpotNetwork, slices: list[Slice]) -> float:
    """The highest peak to ask for, in hundredths, so that in at least FOUND of the slices something is found."""
    scores = np.array([spots.scores[0] for spots in strongest(network, [one.image for one in slices])])
    tried = np.arange(1, 100) / 100
    return float(max(t for t in tried if (scores >= t).mean() >= FOUND))


def measure(network: SpotNetwork, slices: list[Slice], threshold: float) -> dict[str, float]:
    """Shares of slices found, rightly named, rightly placed; quiet: of healthy and healed ones, where nothing is found."""
    here = strongest(network, [one.image for one in slices])
    found = np.array([spots.scores[0] >= threshold for spots in here])
    named = np.array([spots.classes[0] == one.kind for spots, one in zip(here, slices)]) & found
    placed = np.array([near(spots.xyxy[0], one.box) for spots, one in zip(here, slices)]) & found
    nothing = healthy_slices("choose") + healed_slices(slices)
    quiet = [spots.scores[0] < threshold for spots in strongest(network, nothing)]
    return {"slices": len(slices), "found": round(float(found.mean()), 4), "named": round(float(named.mean()), 4),
            "placed": round(float(placed.mean()), 4), "quiet": round(float(np.mean(quiet)), 4)}
