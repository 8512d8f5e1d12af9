"""What the networks looked at: where a covered patch hurts, the first layer's filters, and the stages' maps.

Occlusion: Zeiler and Fergus 2013, arXiv:1311.2901, by captum.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from demos.image_recognition.seeing import place
from demos.results import Heatmap, Maps, Picture, View
from demos.traffic_signs.names import NAMES, SIGNS
from demos.traffic_signs.network import SignNetwork

PATCH, STRIDE = 6, 2  # pixels of the grey patch, and between its places
SHOWN_SIDE = 448  # pixels of a square when shown
CHANNELS = 4
STAGES = (
    ("Edges", "Each channel answers to edges of one direction or to one colour."),
    ("Strokes", "The channels answer to strokes, such as a piece of the rim or of a figure."),
    ("Pieces", "The channels answer to larger pieces: the corner of a triangle, the loop of a number."),
    ("The sign", "Each cell sees most of the sign. From these grids the network takes its answer."),
)


def look(first: SignNetwork, certainties: Callable[[torch.Tensor], torch.Tensor], batch: torch.Tensor) -> list[View]:
    """The views of one picture `(1, 3, 32, 32)` in [0, 1].

    `certainties` `(n, 44)` are those of all networks together; filters and stages are the first one's.
    """
    shown = larger((batch[0].permute(1, 2, 0) * 255).round().byte().cpu().numpy())
    kept: list[torch.Tensor] = []
    hooks = [stage.register_forward_hook(lambda _, __, given: kept.append(given[0])) for stage in first.stages]
    try:
        first(batch)
    finally:
        for hook in hooks:
            hook.remove()
    number = int(certainties(batch)[0, :SIGNS].argmax())
    return [_where(certainties, batch, number, shown), _filters(first),
            *(_stage(number, activity.float().cpu().numpy()) for number, activity in enumerate(kept))]


def larger(square: np.ndarray) -> np.ndarray:
    """A small square with its pixels as large as `SHOWN_SIDE` allows."""
    times = SHOWN_SIDE // square.shape[0]
    return square.repeat(times, axis=0).repeat(times, axis=1)


def _where(certainties: Callable[[torch.Tensor], torch.Tensor], batch: torch.Tensor, number: int,
           shown: np.ndarray) -> View:
    """How much the answer loses when a patch of the picture's mean colour lies here."""
    from captum.attr import Occlusion

    def odds(covered: torch.Tensor) -> torch.Tensor:
        share = certainties(covered)[:, number].double().clamp(1e-9, 1 - 1e-9)
        return share.log() - (1 - share).log()  # certainties near one hardly move, their odds do

    lost = Occlusion(odds).attribute(batch, (3, PATCH, PATCH), strides=(3, STRIDE, STRIDE), perturbations_per_eval=64,
                                     baselines=batch.mean(dim=(2, 3), keepdim=True).expand_as(batch))
    heat = lost[0].mean(dim=0).clamp(min=0).float().cpu().numpy()
    top = float(heat.max())
    if top <= 0:
        return View("where", "What it looked at", f"No single patch matters to “{NAMES[number]}”: wherever a small "
                    "patch is covered, the answer stands as firmly as before.",
                    Heatmap(np.zeros(shown.shape[:2], np.float32)), shown)
    return View("where", "What it looked at",
                f"Where a small patch is covered, “{NAMES[number]}” becomes less certain: the warmer, the more. Most "
                f"of what counts lies {place(heat)}.", Heatmap(heat / top), shown)


def _filters(network: SignNetwork) -> View:
    """The 32 filters of the first layer as small coloured squares, six in a row."""
    weights = network.stages[0][0].weight.detach().permute(0, 2, 3, 1).float().cpu().numpy()  # (32, 3, 3, 3)
    reach = np.abs(weights).max(axis=(1, 2, 3), keepdims=True)
    tiles = ((weights / np.maximum(reach, 1e-9) + 1) * 127.5).round().astype(np.uint8)
    cell, gap, columns = 22, 8, 6
    side = 3 * cell + gap
    sheet = np.full((-(-len(tiles) // columns) * side + gap, columns * side + gap, 3), 255, np.uint8)
    for number, tile in enumerate(tiles):
        top, left = gap + number // columns * side, gap + number % columns * side
        sheet[top:top + 3 * cell, left:left + 3 * cell] = tile.repeat(cell, axis=0).repeat(cell, axis=1)
    return View("filters", "Its first filters",
                "The 32 filters that the first layer learnt, each three by three pixels. It looks for these little "
                "patterns everywhere: most are edges, some are colours.", Picture(sheet))


def _stage(number: int, activity: np.ndarray) -> View:
    """The four channels of a stage `(channels, h, w)` whose answer differs most from place to place."""
    title, sentence = STAGES[number]
    liveliest = np.argsort(-activity.std(axis=(1, 2)), kind="stable")[:CHANNELS]
    low, high = (end(activity[liveliest], axis=(1, 2), keepdims=True) for end in (np.min, np.max))
    shades = ((activity[liveliest] - low) / np.maximum(high - low, 1e-9) * 255).round().astype(np.uint8)
    times = SHOWN_SIDE // 2 // activity.shape[1]
    return View(f"stage{number + 1}", title,
                f"{sentence} The {len(liveliest)} liveliest of {len(activity)} channels, on a grid of "
                f"{activity.shape[2]} by {activity.shape[1]}.",
                Maps(shades.repeat(times, axis=1).repeat(times, axis=2), tuple(f"channel {c}" for c in liveliest)))
