"""A loaded network that names pictures: the part that EfficientNet-Lite and ConvNeXt V2 share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from demos.image_recognition.framing import shown, square
from demos.image_recognition.seeing import SHOWN_SIDE, Look, look, look_again
from demos.kept import Kept
from demos.products import Timed, time_product
from demos.results import Labels, View
from demos.rounding import rounded_weights

if TYPE_CHECKING:
    import torch

SHOWN = 10
BATCH = 32  # pictures at once on a graphics card; on a processor one at a time is faster (measured)


def best(scores: np.ndarray, names: tuple[str, ...], count: int = SHOWN) -> Labels:
    """The `count` likeliest of `(classes,)` probabilities; ids are the classes' numbers."""
    order = np.argsort(-scores, kind="stable")[:count]
    return Labels(tuple(names[i] for i in order), scores[order], tuple(int(i) for i in order))


@dataclass(frozen=True)
class Framing:
    """What a network is given: a square of `side` pixels that shows `fraction` of the picture's shorter side.

    Each colour is scaled as `(value - mean) / spread` from 0..255.
    """

    side: int
    fraction: float
    mean: tuple[float, float, float]
    spread: tuple[float, float, float]


@dataclass(frozen=True)
class PictureNetwork:
    """`parts.run` gives `(n, classes)` scores before softmax; calls may overlap, as none writes to it."""

    parts: Look
    framing: Framing
    names: tuple[str, ...]
    device: str
    kept: Kept = field(default_factory=Kept, compare=False)

    def _batch(self, images: list[np.ndarray]) -> torch.Tensor:
        """`(n, 3, side, side)` float32 on the device."""
        import torch

        squares = np.stack([square(image, self.framing.side, self.framing.fraction) for image in images])
        # the order of the bytes stays as it is, which is channels_last
        batch = torch.from_numpy(squares).to(self.device).permute(0, 3, 1, 2).float()
        mean, spread = (torch.tensor(values, device=self.device)[:, None, None]
                        for values in (self.framing.mean, self.framing.spread))
        return (batch - mean) / spread

    def _quick(self, image: np.ndarray, known: bool = False) -> tuple[torch.Tensor, ...]:
        """What `parts.quick` gives for one picture, scores and the stages' maps; for a `known` one what it gave last.

        Answers are always worked out anew, as their seconds are told.
        """
        seen = self.kept.get(image) if known else None
        if seen is None:
            seen = self.parts.quick(self._batch([image]))
            self.kept.put(image, seen)
        return seen

    def scores(self, images: list[np.ndarray]) -> np.ndarray:
        """Probabilities `(n, classes)` float32 of pictures `(H, W, 3)` uint8."""
        import torch

        if self.parts.quick:
            return self.described(images)[0]
        step = 1 if self.device == "cpu" else BATCH
        with torch.inference_mode():
            rows = [self.parts.run(self._batch(images[start:start + step])).float().softmax(dim=1).cpu()
                    for start in range(0, len(images), step)]
        return torch.cat(rows).numpy()

    def described(self, images: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities `(n, classes)` and what the last layer measures, `(n, channels)`; only with `parts.quick`."""
        import torch

        rows = []
        for image in images:
            scores, *_, last = self._quick(image)
            rows.append((scores.softmax(dim=1), last.mean(dim=(2, 3))))
        scores, measured = (torch.cat(parts).numpy() for parts in zip(*rows))
        return scores, measured

    def product(self, size: float) -> Timed:
        """How fast the device that this network runs on multiplies two tables of that size."""
        return time_product(int(size), self.device)

    def rounded(self, image: np.ndarray, bits: float) -> Labels:
        """As `predict`, with every weight rounded to so many bits for this one answer."""
        import torch

        with torch.inference_mode():
            weights = rounded_weights(self.parts.run, round(bits))
            said = torch.func.functional_call(self.parts.run, weights, (self._batch([image]),))
        return best(said.float().softmax(dim=1)[0].cpu().numpy(), self.names)

    def predict(self, image: np.ndarray) -> Labels:
        """The ten likeliest kinds of a picture `(H, W, 3)` uint8 RGB; ids are the data set's numbers."""
        return self.predict_many([image])[0]

    def predict_many(self, images: list[np.ndarray]) -> list[Labels]:
        """As `predict`, for many pictures of any sizes at once."""
        return [best(row, self.names) for row in self.scores(images)] if images else []

    def explain(self, image: np.ndarray) -> list[View]:
        """Where the evidence for the likeliest kind lies, then five stages; one forward pass, or that of the answer."""
        over = shown(image, SHOWN_SIDE, self.framing.fraction)
        if self.parts.quick:
            return look_again(self.parts, self._quick(image, known=True), over, self.names)
        return look(self.parts, self._batch([image]), over, self.names)
