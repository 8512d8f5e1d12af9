"""What is to be seen of the network on two faces: the faces as it gets them, where it looks, its 128 numbers."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F

from demos.face_recognition.network import FaceNetwork, describe, pixels
from demos.results import Heatmap, Maps, Picture, View

PATCH, PLACES = 36, 8  # px of the grey square, and how many places it is put at in a row
GREY = 117  # about the mean colour of the faces it learnt from
STAGES = ((2, "Edges and shades"), (6, "Parts of the face"))  # after which block, and what is there
CELL, GAP = 22, 2  # px of one number in the picture of the numbers
COLUMNS = 8
ROWS = ("at the top", "in the middle", "at the bottom")
SIDES = ("on the left", "in the middle", "on the right")


def looked_at(network: FaceNetwork, chips: np.ndarray, device: str) -> list[View]:
    """The views for two cut-out faces `(2, 150, 150, 3)` uint8."""
    vectors = describe(network, chips, device)
    heat, most = covered(network, chips[0], vectors[0], device)
    pair = np.hstack([chips[0], np.full((chips.shape[1], 6, 3), 255, np.uint8), chips[1]])
    return [
        View("seen", "The faces it gets", "Each face is found, turned upright by the corners of the eyes and the "
             "nose, and cut out. The network sees nothing else of your pictures.", Picture(pair)),
        View("where", "Where a change matters", f"A grey square was laid over each place of the first face. It moved "
             f"the numbers most {place(heat)}: by {most:.2f}.", Heatmap(heat), over=chips[0]),
        *stages(network, chips[0], device),
        View("numbers", "The 128 numbers", "The first face's numbers on the left, the second's on the right, dark for "
             "low and bright for high. The more the two patterns differ, the larger the distance.",
             Picture(numbers_drawn(vectors))),
    ]


def covered(network: FaceNetwork, chip: np.ndarray, vector: np.ndarray, device: str) -> tuple[np.ndarray, float]:
    """Heat `(150, 150)` in [0, 1] for how far a square over each place moves the numbers, and the farthest."""
    side = chip.shape[0]
    starts = np.linspace(0, side - PATCH, PLACES).round().astype(int)
    copies = np.repeat(chip[None], PLACES ** 2, axis=0)
    for copy, (row, column) in zip(copies, np.ndindex(PLACES, PLACES)):
        copy[starts[row]:starts[row] + PATCH, starts[column]:starts[column] + PATCH] = GREY
    moved = np.linalg.norm(describe(network, copies, device) - vector, axis=1)
    total, times = np.zeros((side, side)), np.zeros((side, side))
    for far, (row, column) in zip(moved, np.ndindex(PLACES, PLACES)):
        here = np.s_[starts[row]:starts[row] + PATCH, starts[column]:starts[column] + PATCH]
        total[here] += far
        times[here] += 1
    mean = total / times
    spread = mean.max() - mean.min()
    return (mean - mean.min()) / spread if spread > 0 else np.zeros_like(mean), float(moved.max())


def place(heat: np.ndarray) -> str:
    """Where the heat is greatest, in words."""
    row, column = np.unravel_index(int(heat.argmax()), heat.shape)
    down, right = (min(2, int(3 * at / side)) for at, side in zip((row, column), heat.shape))
    if down == right == 1:
        return "in the middle"
    return " ".join(words for words, at in ((ROWS[down], down), (SIDES[right], right)) if at != 1)


def stages(network: FaceNetwork, chip: np.ndarray, device: str) -> list[View]:
    """The four strongest maps after some of the blocks: the face on its way through the network."""
    views, ends = [], dict(STAGES)
    with torch.inference_mode():
        x = F.max_pool2d(F.relu(network.stem(pixels(chip[None], device))), 3, stride=2)
        for number, block in enumerate(network.blocks):
            x = block(x)
            if number in ends:
                maps = x[0].float().cpu().numpy()
                best = maps[np.argsort(-maps.std(axis=(1, 2)), kind="stable")[:4]]
                top = best.max(axis=(1, 2), keepdims=True)
                views.append(View(
                    f"stage{number}", ends[number], f"Four of the {len(maps)} maps after block {number + 1} of "
                    f"{len(network.blocks)}, each {maps.shape[2]} by {maps.shape[1]} fields: bright where it reacts.",
                    Maps((255 * best / np.maximum(top, 1e-9)).astype(np.uint8))))
    return views


def numbers_drawn(vectors: np.ndarray) -> np.ndarray:
    """Two vectors `(2, 128)` as two blocks of coloured squares, `(., ., 3)` uint8."""
    from matplotlib import colormaps

    reach = np.abs(vectors).max()
    colours = (255 * colormaps["viridis"]((vectors / max(reach, 1e-9) + 1) / 2)[..., :3]).astype(np.uint8)
    blocks = []
    for colour in colours:
        cells = colour.reshape(-1, COLUMNS, 3).repeat(CELL, axis=0).repeat(CELL, axis=1)
        edge = np.arange(cells.shape[0]) % CELL < GAP
        cells[edge] = 255
        cells[:, np.arange(cells.shape[1]) % CELL < GAP] = 255
        blocks.append(cells)
    between = np.full((blocks[0].shape[0], 2 * CELL, 3), 255, np.uint8)
    return np.hstack([blocks[0], between, blocks[1]])
