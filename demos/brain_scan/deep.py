"""The project's own network: finds a tumour in a slice, names it, and shows where it is.

EfficientNet-Lite0 with a heat-map head (demos/spots.py), learnt by `train.py` from T1-weighted slices with contrast
agent (Cheng et al., figshare 1512427).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.brain_scan.framing import SIDE, frame
from demos.brain_scan.paint import OwnParts
from demos.brain_scan.slices import KINDS
from demos.gate import check
from demos.results import Boxes, Heatmap, View

if TYPE_CHECKING:
    from demos.spots import SpotNetwork

MOST = 5  # boxes
APART = 0.3  # of two boxes that share more (IoU) only the surer one stays


@dataclass(frozen=True)
class SpotModel(OwnParts):
    """`network` gives heat maps; from `threshold` on a peak counts as something found."""

    network: SpotNetwork
    threshold: float
    device: str

    def predict(self, image: np.ndarray) -> Boxes:
        """Tumours in a picture `(H, W, 3)` uint8, the surest first; none means nothing was found.

        Raises BadInput for what is no head.
        """
        check(image, "brain")
        return self.answer(image)

    def answer(self, image: np.ndarray) -> Boxes:
        """As `predict`, for a picture that is known to be a head."""
        return self.answer_many([image])[0]

    def answer_many(self, images: list[np.ndarray]) -> list[Boxes]:
        """As `answer`, for pictures of any sizes at once."""
        from demos.brain_scan.finding import maps_of
        from demos.spots import decode

        framed = [frame(image) for image in images]
        maps = maps_of(self.network, [one.pixels for one in framed], self.device)
        return [Boxes(one.back(np.clip(spots.xyxy, 0, SIDE)), tuple(KINDS[k] for k in spots.classes), spots.scores)
                for one, spots in zip(framed, decode(maps, self.threshold, MOST, APART))]

    def heat(self, image: np.ndarray) -> Heatmap:
        """How sure the network is of a tumour's middle at each place of the square `(256, 256)`."""
        from demos.brain_scan.finding import maps_of
        from demos.brain_scan.seeing import smooth

        maps = maps_of(self.network, [frame(image).pixels], self.device)
        return Heatmap(smooth(maps.heat[0].sigmoid().amax(dim=0).cpu().numpy(), (SIDE, SIDE)))

    def explain(self, image: np.ndarray) -> list[View]:
        """Where it sees a tumour, by the same maps as its answer, then four stages of the way there."""
        import torch

        from demos.brain_scan.finding import maps_of
        from demos.brain_scan.seeing import place, smooth, stage
        from demos.spots import prepare

        check(image, "brain")
        square = frame(image).pixels
        seen = square[..., None].repeat(3, axis=2)
        heat = maps_of(self.network, [square], self.device).heat[0].sigmoid().float().cpu().numpy()
        with torch.inference_mode():
            stages = self.network.stages(prepare([seen], self.device))[:-1]
        kind, top = KINDS[int(heat.max(axis=(1, 2)).argmax())], float(heat.max())
        where = place(heat.max(axis=0), square)
        said = (f"It sees a {kind} tumour {where} of the head; the warmer, the surer." if top >= self.threshold
                else f"No place is warm enough to count. The warmest, {where} of the head, reaches "
                f"{100 * top:.0f} of 100, and {100 * self.threshold:.0f} are needed.")
        return [View("where", "Where it sees a tumour", said, Heatmap(smooth(heat.max(axis=0), (SIDE, SIDE))), seen),
                *(stage(number, one[0].float().cpu().numpy()) for number, one in enumerate(stages))]


def load(weights: Path | None, device: str) -> SpotModel:
    """Read the network that `train.py` wrote."""
    from safetensors import safe_open

    from demos.spots import load_spots

    assert weights is not None
    with safe_open(weights, "pt") as file:
        threshold = json.loads(file.metadata()["about"])["threshold"]
    return SpotModel(load_spots(weights, device), threshold, device)
