"""Small residual networks that read a traffic sign together: their certainties are averaged.

Learnt by `train.py` from GTSRB (Stallkamp et al. 2012); they see the sign at 32 by 32 pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from demos.onnx_runtime import OnnxRuntime
from demos.results import Boxes, Labels, Picture, View
from demos.traffic_signs.attacks import one_step, place_stickers
from demos.traffic_signs.framing import small
from demos.traffic_signs.names import NAMES, OTHER, SIGNS
from demos.traffic_signs.network import SignNetwork, folded
from demos.traffic_signs.seeing import look
from demos.traffic_signs.words import UNSURE, WAVERING

BATCH = 64  # signs at once
SHOWN = 10
PLAIN = 2.0  # of 255: a square with less spread shows nothing
DOUBT = 0.5  # below this certainty for all signs together it may be none


@dataclass(frozen=True)
class SignReader:
    """`networks` give `(n, 44)` scores before softmax: the 43 signs and "not a sign"."""

    networks: tuple[SignNetwork, ...]
    device: str
    quick: tuple[OnnxRuntime, ...] = ()  # the same networks, sooner, where no gradient is asked for

    def batch(self, squares: np.ndarray) -> torch.Tensor:
        """`(n, 3, 32, 32)` in [0, 1] on the device, of `(n, 32, 32, 3)` uint8."""
        # the order of the bytes stays as it is, which is channels_last
        return torch.from_numpy(np.array(squares)).to(self.device).permute(0, 3, 1, 2).float() / 255

    def certainties(self, batch: torch.Tensor) -> torch.Tensor:
        """`(n, 44)`, adding up to one; the mean of the networks'."""
        if self.quick and not torch.is_grad_enabled():
            return torch.stack([network(batch)[0].softmax(dim=1) for network in self.quick]).mean(dim=0)
        return torch.stack([network(batch).softmax(dim=1) for network in self.networks]).mean(dim=0)

    def scores(self, squares: np.ndarray) -> np.ndarray:
        """`(n, 44)` float32 certainties of squares `(n, 32, 32, 3)` uint8; the last is "not a sign"."""
        with torch.inference_mode():
            rows = [self.certainties(self.batch(squares[start:start + BATCH])).cpu()
                    for start in range(0, len(squares), BATCH)]
        found = torch.cat(rows).numpy() if rows else np.zeros((0, SIGNS + 1), np.float32)
        plain = squares.std(axis=(1, 2, 3)) < PLAIN
        found[plain] = np.append(0.01 * found[plain, :SIGNS], 1 - 0.01 * found[plain, :SIGNS].sum(1, keepdims=True), 1)
        return found

    def predict(self, image: np.ndarray) -> Labels:
        """The ten likeliest signs of a picture `(H, W, 3)` uint8 RGB; ids are the class numbers 0-42.

        The certainties add up to what is left after "not a sign".
        """
        return self.predict_many([image])[0]

    def predict_many(self, images: list[np.ndarray]) -> list[Labels]:
        """As `predict`, for many pictures of any sizes at once."""
        return [_labels(row) for row in self.scores(np.stack([small(image) for image in images]))] if images else []

    def explain(self, image: np.ndarray) -> list[View]:
        """Where covering a patch hurts the answer, the filters of the first layer, and what four stages answer."""
        with torch.no_grad():
            return look(self.networks[0], self.certainties, self.batch(small(image)[None]))

    def seen(self, image: np.ndarray) -> Picture:
        """The square of 32 by 32 pixels that it is given."""
        return Picture(small(image))

    def stickers(self, image: np.ndarray, colour: str, most: float) -> Iterator[tuple[float, Boxes]]:
        """Stickers where they hurt most, one after the other; see `place_stickers`."""
        yield from place_stickers(lambda squares: self.scores(squares)[:, :SIGNS], small(image), colour, int(most))

    def fgsm(self, image: np.ndarray, strength: float) -> Picture:
        """The square with the noise of one gradient step, `strength` parts of 255 up or down in each value."""
        square = small(image)
        if strength <= 0:
            return Picture(square)
        moved = one_step(lambda batch: self.certainties(batch)[:, :SIGNS].log(), self.batch(square[None]),
                         round(strength) / 255)
        return Picture((moved[0].permute(1, 2, 0) * 255).round().byte().cpu().numpy())


def _labels(row: np.ndarray) -> Labels:
    """The ten likeliest of `(44,)` certainties, and a doubt where there is one."""
    order = np.argsort(-row[:SIGNS], kind="stable")[:SHOWN]
    note = UNSURE if row[OTHER] > DOUBT else WAVERING if row[order[0]] < DOUBT else ""
    return Labels(tuple(NAMES[i] for i in order), row[order], tuple(int(i) for i in order), note=note)


def load(weights: Path | None, device: str) -> SignReader:
    """Read the networks that `train.py` wrote."""
    from safetensors.torch import load_file

    assert weights is not None
    stored = load_file(weights)
    networks = []
    for number in sorted({name.split(".")[0] for name in stored}):
        network = SignNetwork()
        network.load_state_dict({name.split(".", 1)[1]: value.float() if value.is_floating_point() else value
                                 for name, value in stored.items() if name.startswith(f"{number}.")})
        network = folded(network.requires_grad_(False).eval())
        networks.append(network.to(device, memory_format=torch.channels_last))
    quick = [OnnxRuntime(network, (torch.zeros(1, 3, 32, 32),)) for network in networks] if device == "cpu" else []
    return SignReader(tuple(networks), device, tuple(quick))
