"""SegFormer from the hub: says for every pixel what it belongs to, among the 19 kinds of Cityscapes.

Xie et al. 2021, arXiv:2105.15203; weights by NVIDIA, not for commercial use. Boxes are put around connected pixels
of one kind, so people who stand close together become one. The lane is found the classical way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from demos.driving_scene.hub import MISFIT
from demos.driving_scene.lanes import find_lane
from demos.driving_scene.scene import SceneMethod, Thing, lane_views
from demos.errors import WeightsMissing
from demos.results import Picture, View

if TYPE_CHECKING:
    import torch

LONGER_SIDE = 1024  # px, as it learnt
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's, as its preprocessor_config.json says
KEPT = {"person": "pedestrian", "rider": "pedestrian", "car": "vehicle", "truck": "vehicle", "bus": "vehicle",
        "train": "vehicle", "motorcycle": "vehicle", "bicycle": "vehicle", "traffic sign": "traffic sign",
        "traffic light": "traffic light"}
SMALLEST = 0.0004  # of the picture: fewer pixels are no thing
COLOURS = np.array([(128, 64, 128), (244, 35, 232), (70, 70, 70), (102, 102, 156), (190, 153, 153), (153, 153, 153),
                    (250, 170, 30), (220, 220, 0), (107, 142, 35), (152, 251, 152), (70, 130, 180), (220, 20, 60),
                    (255, 0, 0), (0, 0, 142), (0, 0, 70), (0, 60, 100), (0, 80, 100), (0, 0, 230), (119, 11, 32)],
                  np.uint8)  # Cityscapes' own


class Pixels(SceneMethod):
    """A loaded SegFormer; nothing is written to it when it answers."""

    def __init__(self, network: torch.nn.Module, device: str) -> None:
        self.network, self.device = network, device
        self.names = tuple(network.config.id2label[number] for number in range(len(network.config.id2label)))

    def _look(self, image: np.ndarray) -> np.ndarray:
        """Certainties `(kinds, h, w)` on a quarter of the pixels of a picture `(H, W, 3)` uint8 RGB."""
        import torch

        scale = min(1.0, LONGER_SIDE / max(image.shape[:2]))
        size = tuple(max(64, round(side * scale / 32) * 32) for side in image.shape[1::-1])
        small = (cv2.resize(image, size, interpolation=cv2.INTER_AREA) / 255.0 - MEAN) / SPREAD
        pixels = torch.from_numpy(small.astype(np.float32)).permute(2, 0, 1)[None].to(self.device)
        with torch.inference_mode():
            return self.network(pixel_values=pixels).logits[0].float().softmax(dim=0).cpu().numpy()

    def things(self, image: np.ndarray) -> list[Thing]:
        """Boxes around connected pixels of each kind that a street's things have."""
        sure = self._look(image)
        kinds, found = sure.argmax(axis=0), []
        scale = np.tile(image.shape[1::-1], 2) / np.tile(kinds.shape[::-1], 2)
        for number, name in enumerate(self.names):
            if name not in KEPT:
                continue
            count, pieces, about, _ = cv2.connectedComponentsWithStats((kinds == number).astype(np.uint8))
            for piece in range(1, count):
                x, y, width, height, pixels = about[piece]
                if pixels >= max(4, SMALLEST * kinds.size):
                    share = float(sure[number][pieces == piece].mean())
                    found.append((np.array([x, y, x + width, y + height]) * scale, KEPT[name], share))
        return found

    def explain(self, image: np.ndarray) -> list[View]:
        """Every pixel in the colour of its kind, and the steps of the lane finder."""
        kinds = self._look(image).argmax(axis=0)
        size = kinds.shape[1] * 2, kinds.shape[0] * 2
        shown = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        colours = cv2.resize(COLOURS[kinds % len(COLOURS)], size, interpolation=cv2.INTER_NEAREST)
        most = [self.names[number] for number in np.bincount(kinds.ravel()).argsort()[::-1][:3]]
        every = View("pixels", "Every pixel", f"Each pixel has the colour of its kind; most of them are: "
                     f"{', '.join(most)}.", Picture(((shown.astype(int) + 2 * colours) // 3).astype(np.uint8)))
        return [every, *lane_views(find_lane(image))]


def load(weights: Path | None, device: str) -> Pixels:
    """Read a folder with config.json and model.safetensors. Raises WeightsMissing."""
    from transformers import AutoModelForSemanticSegmentation

    assert weights is not None
    network, report = AutoModelForSemanticSegmentation.from_pretrained(
        weights, local_files_only=True, use_safetensors=True, output_loading_info=True)
    if report["missing_keys"] or report["mismatched_keys"]:  # the library would fill them with random numbers
        raise WeightsMissing(MISFIT.format(name="SegFormer"))
    return Pixels(network.requires_grad_(False).eval().to(device), device)
