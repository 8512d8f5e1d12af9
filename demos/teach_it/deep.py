"""EfficientNet-Lite0 that learnt from 1.28 million photos, with a last step that a visitor teaches in seconds.

Tan and Le 2019, arXiv:1905.11946; weights by Google, Apache-2.0. What is learnt anew is a logistic regression on what
its last layer measures, so-called transfer learning (Razavian et al. 2014, arXiv:1403.6382).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demos.image_recognition.deep import pooled
from demos.image_recognition.framing import shown, square
from demos.image_recognition.network import PictureNetwork
from demos.image_recognition.seeing import SHOWN_SIDE, Look, look
from demos.results import Labels, Picture, View
from demos.teach_it.answering import Constants, answer, nearest_view, read_constants
from demos.teach_it.examples import Examples
from demos.teach_it.heads import Head
from demos.teach_it.kinds import PICTURES
from demos.teach_it.measures import Scale, classical_measures, deep_measures, kept_square, thumbnail
from demos.teach_it.results import Lesson
from demos.teach_it.scratch import Race, race
from demos.teach_it.taught import Taught
from demos.teach_it.teaching import lesson, opened

if TYPE_CHECKING:
    import torch


class Teacher:
    """A loaded network and the constants of both families; no call writes to it."""

    def __init__(self, network: PictureNetwork, constants: Mapping[str, Constants]) -> None:
        self.network, self.constants = network, constants

    def rows(self, pictures: list[np.ndarray]) -> np.ndarray:
        """`(n, 1280)` float32 of length one each."""
        return self.constants["deep"].scale.apply(deep_measures(self.network, pictures))

    def predict(self, image: np.ndarray, taught: Taught) -> Labels:
        """The taught names and "none of these" for a picture `(H, W, 3)` uint8."""
        return answer(self.rows([image])[0], taught, "deep", self.constants["deep"])

    def explain(self, image: np.ndarray, taught: Taught) -> list[View]:
        """Where the evidence for the likeliest name lies, the nearest examples, and five stages of the network."""
        measured: list[np.ndarray] = []  # on the way of the one pass
        parts = weighing(self.network, self.constants["deep"].scale, taught.heads["deep"], measured)
        over = shown(image, SHOWN_SIDE, self.network.framing.fraction)
        where, *stages = look(parts, self.network._batch([image]), over, taught.names)
        row = self.constants["deep"].scale.apply(measured[0])[0]
        return [where, nearest_view(row, taught, "deep"), *stages]

    def take(self, image: np.ndarray) -> Picture:
        """A picture `(H, W, 3)` as it is kept for a lesson: `(256, 256, 3)`."""
        return Picture(kept_square(image))

    def open(self, taught: Taught) -> Lesson:
        """What a file holds, to be shown."""
        return opened(taught)

    def scratch(self, key: str, size: float) -> Iterator[tuple[float, Race]]:
        """A ready-made set for this network and for one that begins with nothing."""
        return race(self, key, int(size))

    def teach(self, examples: Examples) -> Iterator[tuple[float, Lesson]]:
        """Yield (done, the lesson so far); the last one holds the file and how well it went."""
        return lesson(examples, PICTURES, self._measure, lambda each: {"thumbs": np.stack([thumbnail(one) for one in each])},
                      self.constants)

    def _measure(self, pictures: list[np.ndarray]) -> Mapping[str, np.ndarray]:
        """Both families' measures of pictures `(H, W, 3)`."""
        return {"deep": deep_measures(self.network, pictures), "classical": classical_measures(pictures)}


def weighing(network: PictureNetwork, scale: Scale, head: Head,
             kept: list[np.ndarray]) -> Look:
    """Where to look when what was taught is the network's last step, to `(n, k)`; what it measured goes to `kept`."""
    import torch

    whole = network.parts.run
    mean, spread, weights, bias = (torch.from_numpy(np.asarray(one, np.float32)).to(network.device)
                                   for one in (scale.mean, scale.spread, head.weights, head.bias))

    def tail(last: torch.Tensor) -> torch.Tensor:
        measured = pooled(whole, last).float()
        kept.append(measured.detach().cpu().numpy())
        moved = (measured - mean) / spread
        return moved / moved.norm(dim=1, keepdim=True).clamp(min=1e-6) @ weights + bias

    return replace(network.parts, run=lambda batch: tail(whole.extract_features(batch)), tail=tail)


def load(weights: Mapping[str, Path], device: str) -> Teacher:
    """Read EfficientNet-Lite0 and the constants that train.py chose."""
    import sklearn.linear_model  # noqa: F401  (a second or more, which a lesson should not wait for)
    import sklearn.svm  # noqa: F401
    from safetensors.numpy import load_file

    import demos.image_recognition.features  # noqa: F401
    from demos.image_recognition.deep import load as load_network

    return Teacher(load_network(weights["efficientnet-lite0"], device), read_constants(load_file(weights["lessons"])))
