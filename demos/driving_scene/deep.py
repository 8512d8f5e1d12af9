"""The street with networks: one finds people and vehicles, one reads signs; the lane is found the classical way.

Both were trained by this project: the finder by this folder's `train.py`, the reader by the traffic signs demo.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from demos.driving_scene.finder import LONGER_SIDES, NAMES, Finder, shrunk
from demos.driving_scene.lanes import find_lane
from demos.driving_scene.read_signs import SignReader, sign_reader
from demos.driving_scene.scene import SceneMethod, Thing, lane_views
from demos.results import Heatmap, View

# chosen on the validation parts by choose.py; of single patches half show a vehicle, of a picture's squares few do
OF_PATCHES = 0.42
THRESHOLDS = {"pedestrian": 0.52, "vehicle": 0.57}
SAYS = {"pedestrian": "Bright where the network sees the middle of a person.",
        "vehicle": "Bright where the network sees the middle of a vehicle."}


class Deep(SceneMethod):
    """`finder` finds people and vehicles, `signs` reads cut-outs."""

    def __init__(self, finder: Finder, signs: SignReader) -> None:
        self.finder, self.signs = finder, signs

    def people(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Boxes `(n, 4)` px and certainties `(n,)`, the surest first."""
        return self.finder.find(image).of(NAMES.index("pedestrian"), 0.0)

    def vehicles(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `people`."""
        return self.finder.find(image).of(NAMES.index("vehicle"), 0.0)

    def patch_scores(self, patches: np.ndarray) -> np.ndarray:
        """How much each patch `(n, 64, 64, 3)` looks like a vehicle, `(n,)`."""
        return self.finder.patch_scores(patches)

    def things(self, image: np.ndarray) -> list[Thing]:
        """Pedestrians, vehicles and signs in a picture `(H, W, 3)` uint8 RGB."""
        found = self.finder.find(image)
        return [(box, name, float(sure)) for number, name in enumerate(NAMES)
                for box, sure in zip(*found.of(number, THRESHOLDS[name]))] + self.signs.read(image)

    def explain(self, image: np.ndarray) -> list[View]:
        """The network's heat maps, what may be a sign, and the steps of the lane finder."""
        small, scale = shrunk(image, LONGER_SIDES[0])
        heat = self.finder.maps(small).heat[0].sigmoid().float().cpu().numpy()
        height, width = (max(1, round(side * scale)) for side in image.shape[:2])
        views = []
        for number, name in enumerate(NAMES):
            large = np.clip(_enlarged(heat[number], small.shape[:2])[:height, :width], 0, 1)
            views.append(View(f"heat_{name}", f"{name.capitalize()}s", SAYS[name], Heatmap(large),
                              small[:height, :width]))
        return [*views, self.signs.view(image), *lane_views(find_lane(image))]


def _enlarged(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """`(h, w)` smoothly enlarged to `shape`."""
    import cv2

    return cv2.resize(values, shape[1::-1], interpolation=cv2.INTER_CUBIC)


def load(weights: Path | None, device: str) -> Deep:
    """Read the weights that `train.py` wrote, and the traffic signs demo's."""
    from demos.spots import load_spots

    assert weights is not None
    return Deep(Finder(load_spots(weights, device), device), sign_reader("deep", device))
