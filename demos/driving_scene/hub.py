"""RT-DETR v2 from the hub: finds 80 kinds of things, of which a street's are kept.

Lv et al. 2024, arXiv:2407.17140; weights by Peking University, Apache-2.0. The lane is found the classical way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from demos.driving_scene.lanes import find_lane
from demos.driving_scene.scene import SceneMethod, Thing, lane_views
from demos.errors import WeightsMissing
from demos.results import Heatmap, View

if TYPE_CHECKING:
    import torch

SIDE = 640  # px, square, as its preprocessor_config.json says; colours from 0 to 1
LEAST = 0.5
# COCO's names for what a street holds, and what they are called here
KEPT = {"person": "pedestrian", "car": "vehicle", "bus": "vehicle", "truck": "vehicle", "motorcycle": "vehicle",
        "motorbike": "vehicle", "bicycle": "vehicle", "train": "vehicle", "stop sign": "Stop",
        "traffic light": "traffic light"}
MISFIT = ("This version of {name} does not fit the installed transformers library. Please choose another method.")


class Objects(SceneMethod):
    """A loaded RT-DETR v2; nothing is written to it when it answers."""

    def __init__(self, network: torch.nn.Module, device: str) -> None:
        self.network, self.device = network, device
        self.names = tuple(network.config.id2label[number] for number in range(len(network.config.id2label)))

    def _look(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Boxes `(n, 4)` px and certainties of each kind `(n, kinds)` of a picture `(H, W, 3)` uint8 RGB."""
        import torch

        small = cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
        pixels = torch.from_numpy(small).to(self.device).permute(2, 0, 1)[None].float() / 255
        with torch.inference_mode():
            answer = self.network(pixel_values=pixels)
        x, y, width, height = answer.pred_boxes[0].float().cpu().numpy().T
        shares = np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=1).clip(0, 1)
        return shares * np.tile(image.shape[1::-1], 2), answer.logits[0].float().sigmoid().cpu().numpy()

    def things(self, image: np.ndarray) -> list[Thing]:
        """What a street holds, in a picture `(H, W, 3)` uint8 RGB."""
        boxes, sure = self._look(image)
        best = sure.argmax(axis=1)
        return [(box, KEPT[self.names[number]], float(row[number])) for box, number, row in zip(boxes, best, sure)
                if row[number] >= LEAST and self.names[number] in KEPT]

    def explain(self, image: np.ndarray) -> list[View]:
        """Where its 300 guesses lie, and the steps of the lane finder."""
        boxes, sure = self._look(image)
        shown = cv2.resize(image, None, fx=(scale := min(1.0, SIDE / max(image.shape[:2]))), fy=scale,
                           interpolation=cv2.INTER_AREA)
        heat = np.zeros(shown.shape[:2], np.float32)
        for (x0, y0, x1, y1), share in zip(np.round(boxes * scale).astype(int), sure.max(axis=1)):
            heat[y0:y1, x0:x1] = np.maximum(heat[y0:y1, x0:x1], share)
        where = View("guesses", "Where it guesses", f"It makes {len(boxes)} guesses at once; the surer a guess, the "
                     "warmer its box.", Heatmap(heat.clip(0, 1)), shown)
        return [where, *lane_views(find_lane(image))]


def load(weights: Path | None, device: str) -> Objects:
    """Read a folder with config.json and model.safetensors. Raises WeightsMissing."""
    from transformers import AutoModelForObjectDetection

    assert weights is not None
    network, report = AutoModelForObjectDetection.from_pretrained(
        weights, local_files_only=True, use_safetensors=True, output_loading_info=True)
    if report["missing_keys"] or report["mismatched_keys"]:  # the library would fill them with random numbers
        raise WeightsMissing(MISFIT.format(name="RT-DETR v2"))
    return Objects(network.requires_grad_(False).eval().to(device), device)
