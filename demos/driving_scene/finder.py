"""Finds people and vehicles in a whole picture with one network, at several sizes of the picture.

The network is the shared one of `demos/spots.py`; its weights are learnt by this folder's `train.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from demos.spots import SpotMaps, SpotNetwork

NAMES = ("pedestrian", "vehicle")
LONGER_SIDES = (768, 384, 192)  # px to which a larger picture is shrunk; a smaller one is never enlarged
SMALLEST = (0, 40, 40)  # px at that size: what is smaller is better seen in the larger picture
LOWEST = 0.05  # scores below are not even counted
SAME = 0.5  # two boxes that share more (IoU) are one thing
GREY = 127  # what lies beside a picture: zero to the network


@dataclass(frozen=True)
class Found:
    """What was found, the surest first: `(k, 4)` px of the picture given, class numbers `(k,)`, `(k,)` in [0, 1]."""

    xyxy: np.ndarray
    classes: np.ndarray
    scores: np.ndarray

    def of(self, number: int, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        """Boxes and scores of one class that reach the threshold."""
        kept = (self.classes == number) & (self.scores >= threshold)
        return self.xyxy[kept], self.scores[kept]


def shrunk(image: np.ndarray, longer: int) -> tuple[np.ndarray, float]:
    """A picture `(H, W, 3)` with its longer side at most so many px, on grey to a multiple of 32; and its scale."""
    height, width = image.shape[:2]
    scale = min(1.0, longer / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
    right, down = -size[0] % 32, -size[1] % 32
    return cv2.copyMakeBorder(small, 0, down, 0, right, cv2.BORDER_CONSTANT, value=(GREY,) * 3), scale


class Finder:
    """The loaded network; nothing is written to it when it answers."""

    def __init__(self, network: SpotNetwork, device: str) -> None:
        self.network, self.device = network, device

    def maps(self, image: np.ndarray) -> SpotMaps:
        """The network's maps of one picture whose sides are divisible by 32."""
        import torch

        from demos.spots import prepare

        with torch.inference_mode():
            batch = prepare([image], self.device).contiguous(memory_format=torch.channels_last)
            return self.network(batch)

    def find(self, image: np.ndarray) -> Found:
        """People and vehicles in a picture `(H, W, 3)` uint8 RGB."""
        import torch
        from torchvision.ops import batched_nms

        from demos.spots import decode

        boxes, classes, scores = [], [], []
        for longer, smallest in self._sizes(image):
            small, scale = shrunk(image, longer)
            (spots,) = decode(self.maps(small), LOWEST)
            large = (spots.xyxy[:, 3] - spots.xyxy[:, 1]) >= smallest
            boxes.append(spots.xyxy[large] / scale)
            classes.append(spots.classes[large])
            scores.append(spots.scores[large])
        height, width = image.shape[:2]
        xyxy = np.concatenate(boxes).clip(0, [width, height] * 2).astype(np.float32)
        number, score = np.concatenate(classes), np.concatenate(scores)
        stay = batched_nms(torch.from_numpy(xyxy), torch.from_numpy(score), torch.from_numpy(number), SAME).numpy()
        return Found(xyxy[stay], number[stay], score[stay])

    @staticmethod
    def _sizes(image: np.ndarray) -> list[tuple[int, int]]:
        """Longer sides to shrink to, each once, and the smallest thing that counts at each."""
        longest = max(image.shape[:2])
        sides = [(min(side, longest), least) for side, least in zip(LONGER_SIDES, SMALLEST)]
        return list({side: (side, least) for side, least in reversed(sides)}.values())[::-1]

    def patch_scores(self, patches: np.ndarray) -> np.ndarray:
        """How much each patch `(n, 64, 64, 3)` looks like a vehicle, `(n,)` in [0, 1].

        Each lies in the middle of a grey picture of twice its side; the strongest place in its inner half counts.
        """
        import torch

        from demos.spots import prepare

        scores = []
        for start in range(0, len(patches), 64):
            framed = np.pad(patches[start:start + 64], ((0, 0), (32, 32), (32, 32), (0, 0)), constant_values=GREY)
            with torch.inference_mode():
                batch = prepare(list(framed), self.device).contiguous(memory_format=torch.channels_last)
                heat = self.network(batch).heat[:, NAMES.index("vehicle")].sigmoid()
            scores.append(heat[:, 5:11, 5:11].amax(dim=(1, 2)).float().cpu().numpy())
        return np.concatenate(scores)
