"""What the network saw on its way to the answer, as pictures."""

from __future__ import annotations

import numpy as np
from PIL import Image

from demos.results import Maps, View

CHANNELS = 4
LIT = 30  # of 255: darker is beside the head
SMALLEST = 56  # pixels: maps with fewer places are shown with larger ones, never smoothed
STAGES = (
    ("Edges", "A channel is bright where it answers: to lines of one direction, and to light beside dark."),
    ("Fine parts", "The channels answer to small parts, such as folds, vessels and rims."),
    ("Larger parts", "The channels answer to parts of the head that are put together from small ones."),
    ("The whole head", "Each place sees nearly all of the slice, so it knows in which part of the head it lies."),
)


def stage(number: int, activity: np.ndarray) -> View:
    """The channels of a stage, `(channels, h, w)`, whose answer differs most from place to place."""
    title, sentence = STAGES[number]
    count, height, width = activity.shape
    liveliest = np.argsort(-activity.std(axis=(1, 2)), kind="stable")[:CHANNELS]
    low, high = (end(activity[liveliest], axis=(1, 2), keepdims=True) for end in (np.min, np.max))
    shades = np.clip((activity[liveliest] - low) / np.maximum(high - low, 1e-9) * 255, 0, 255).round()
    larger = -(-SMALLEST // min(height, width))
    shades = shades.astype(np.uint8).repeat(larger, axis=1).repeat(larger, axis=2)
    return View(f"stage{number + 1}", title, f"{sentence} The {len(liveliest)} liveliest of {count:,} channels, on a "
                f"grid of {width} by {height}.", Maps(shades, tuple(f"channel {k}" for k in liveliest)))


def smooth(heat: np.ndarray, side: tuple[int, int]) -> np.ndarray:
    """A small map `(h, w)` in [0, 1] at the size (width, height) of the picture it lies on."""
    grown = Image.fromarray(heat.astype(np.float32)).resize(side, Image.Resampling.BICUBIC)
    return np.clip(np.asarray(grown), 0, 1)


def place(heat: np.ndarray, grey: np.ndarray) -> str:
    """In words, in which ninth of the head in a slice `(H, W)` uint8 the heat `(h, w)` is strongest."""
    peak = (np.array(np.unravel_index(int(heat.argmax()), heat.shape)) + 0.5) / heat.shape * grey.shape
    head = np.argwhere(grey > LIT)
    low, high = (head.min(axis=0), head.max(axis=0) + 1) if len(head) else (np.zeros(2), np.array(grey.shape))
    row, column = np.clip(3 * (peak - low) // (high - low), 0, 2).astype(int)
    if (row, column) == (1, 1):
        return "in the middle"
    if row == 1:
        return f"on the {('left', '', 'right')[column]}"
    return f"at the {('top', '', 'bottom')[row]}{(' left', '', ' right')[column]}"
