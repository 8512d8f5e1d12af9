"""The street as before deep learning: HOG with linear SVMs slid over the picture, colours for signs, lines for lanes.

Pedestrians: OpenCV's people detector (Dalal and Triggs 2005). Vehicles: this project's SVM. Signs: read by the
classical method of the traffic signs demo.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.driving_scene import hog
from demos.driving_scene.lanes import find_lane
from demos.driving_scene.read_signs import SignReader, sign_reader
from demos.driving_scene.scene import SceneMethod, Thing, lane_views
from demos.results import View

# distances from the SVM's border, chosen on the validation parts by choose.py; of single patches half show a vehicle,
# of a picture's squares few do
OF_PATCHES = -0.08
THRESHOLDS = {"pedestrian": 1.41, "vehicle": 0.80}


class Classical(SceneMethod):
    """`weights` `(3528,)` and `bias` of the SVM for vehicles; `signs` reads cut-outs."""

    def __init__(self, weights: np.ndarray, bias: float, signs: SignReader) -> None:
        self.weights, self.bias, self.signs = weights, bias, signs

    def people(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Boxes `(n, 4)` px and distances from the SVM's border `(n,)`, the surest first."""
        return hog.slide(hog.people_hog(), image, "pedestrian")

    def vehicles(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `people`."""
        detector = hog.vehicle_hog()
        detector.setSVMDetector(np.append(self.weights, self.bias).astype(np.float32))
        return hog.slide(detector, image, "vehicle")

    def patch_scores(self, patches: np.ndarray) -> np.ndarray:
        """How far each patch `(n, 64, 64, 3)` is on the vehicles' side of the border, `(n,)`."""
        return hog.describe(patches) @ self.weights + self.bias

    def things(self, image: np.ndarray) -> list[Thing]:
        """Pedestrians, vehicles and signs in a picture `(H, W, 3)` uint8 RGB."""
        found: list[Thing] = []
        for name, (boxes, far) in (("pedestrian", self.people(image)), ("vehicle", self.vehicles(image))):
            sure = 1 / (1 + np.exp(-2 * far))
            found += [(box, name, float(share)) for box, share, distance in zip(boxes, sure, far)
                      if distance >= THRESHOLDS[name]]
        return found + self.signs.read(image)

    def explain(self, image: np.ndarray) -> list[View]:
        """What may be a sign, and the steps of the lane finder."""
        return [self.signs.view(image), *lane_views(find_lane(image))]


def load(weights: Path | None, device: str) -> Classical:
    """Read the SVM that `train.py` wrote; it runs on the processor."""
    from safetensors.numpy import load_file

    assert weights is not None
    stored = load_file(weights)
    return Classical(stored["weights"], float(stored["bias"][0]), sign_reader("classical", "cpu"))
