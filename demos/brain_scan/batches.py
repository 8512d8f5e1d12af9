"""Puts slices, healthy ones and healthy ones with a tumour put in together into what the network learns from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from demos.brain_scan.augment import GRAFTS, graft, vary
from demos.brain_scan.framing import even_out
from demos.brain_scan.slices import KINDS, Slice
from demos.spots import Targets, draw_targets, prepare

BATCH = 16
EXTRA = 12  # one slice of a healthy brain for so many others, every second one with a tumour put in
HEALED = 8  # one slice without its tumour for so many others, every third one with another put in


def count(slices: list[Slice], healed: list[np.ndarray]) -> int:
    """Batches in an epoch."""
    return _rows(slices, healed) // BATCH


def _rows(slices: list[Slice], healed: list[np.ndarray]) -> int:
    return len(slices) + len(slices) // EXTRA + (len(slices) // HEALED if healed else 0)


def batches(slices: list[Slice], healthy: list[np.ndarray], healed: list[np.ndarray], side: int,
            chance: np.random.Generator) -> Iterator[tuple[torch.Tensor, Targets]]:
    """One epoch of pixels `(16, 3, side, side)` with what to say of them, in an order by chance."""
    tumours = [one for one in slices if one.kind in GRAFTS]
    order = chance.permutation(_rows(slices, healed))
    for start in range(0, len(order) - BATCH + 1, BATCH):
        images, wanted = [], []
        for number in order[start:start + BATCH]:
            if number < len(slices):
                one = slices[number]
                image, box, kind = one.image, one.box, one.kind
            else:
                pool, every = (healthy, 2) if number < len(slices) + len(slices) // EXTRA else (healed, 3)
                image, box, kind = pool[chance.integers(len(pool))], None, 0
                if number % every == 0:
                    tumour = tumours[chance.integers(len(tumours))]
                    (image, box), kind = graft(tumour, image, chance), tumour.kind
            image, box = vary(image, box, side, chance)
            images.append(np.repeat(even_out(image)[..., None], 3, axis=2))
            boxes = np.zeros((0, 4)) if box is None else box[None]
            wanted.append(draw_targets(boxes, np.full(len(boxes), kind), len(KINDS), (side, side)))
        yield prepare(images).contiguous(memory_format=torch.channels_last), Targets.stack(wanted)
