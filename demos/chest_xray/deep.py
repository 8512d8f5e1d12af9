"""Five small residual networks that look at a chest X-ray together, and show where they saw what.

Learnt by `train.py` from PneumoniaMNIST (Yang et al. 2023; pictures by Kermany et al. 2018). The heat is the class
activation map of Zhou et al. 2016, arXiv:1512.04150.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from demos.chest_xray.framing import SIDE, as_labels, seen, shrink, square
from demos.chest_xray.network import BLOCKS, ChestNet, Mean, Together, scaled
from demos.gate import check
from demos.onnx_runtime import OnnxRuntime
from demos.results import Heatmap, Labels, Maps, View, Volume

SHOWN = 448  # px of the picture under the heat map
CHANNELS = 4
STAGES = (("Edges", "Edges of ribs, heart and diaphragm: a channel is bright where it answers."),
          ("Shapes", "Larger shapes, such as a dark lung beside a bright middle."),
          ("Regions", "Whole regions: each cell sees most of a lung, and here it is decided."))


@dataclass(frozen=True)
class ChestNets:
    """The networks, ready to be asked; calls may overlap, as none writes to them."""

    networks: Together
    device: str

    @torch.inference_mode()
    def certainties(self, smalls: np.ndarray) -> np.ndarray:
        """How certain pneumonia is, `(n,)` in [0, 1], of `(n, 28, 28)` uint8; above a half they say so."""
        rows = [self.networks(part.to(self.device)).sigmoid().cpu() for part in scaled(smalls).split(64)]
        return torch.cat(rows).numpy().astype(float)

    def predict(self, image: np.ndarray) -> Labels:
        """Both names for a picture `(H, W, 3)` uint8, the likelier first. Raises BadInput for what is no chest."""
        check(image, "chest")
        return as_labels(float(self.certainties(shrink(image)[None])[0]))

    @torch.inference_mode()
    def explain(self, image: np.ndarray) -> list[View]:
        """What they are given, where the evidence lies, and three stages of the first network."""
        check(image, "chest")
        small = shrink(image)
        batch = scaled(small[None]).to(self.device)
        both = torch.cat([batch, batch.flip(-1)])
        shares = []
        for member in self.networks.members:
            shares.append(evidence(member, both))
        heat = self.networks.slope * torch.stack(shares).mean(0) + self.networks.shift
        heat = ((heat[0] + heat[1].flip(-1)) / 2).cpu().numpy()
        ill = bool(self.certainties(small[None])[0] > 0.5)
        return [where(heat if ill else -heat, square(image, SHOWN), "pneumonia" if ill else "normal"), seen(small),
                *stages(self.networks.members[0], batch)]

    def volume(self, volume: Volume) -> Volume:
        """The volume that was given, read and made small; for the page's viewer."""
        return volume


def evidence(member: ChestNet, batch: torch.Tensor) -> torch.Tensor:
    """`(n, 7, 7)`: what each place adds to the score; the mean over the places is the score itself."""
    maps = member.body(batch)
    return torch.einsum("nchw,c->nhw", maps, member.head.weight[0]) + member.head.bias


def where(heat: np.ndarray, over: np.ndarray, name: str) -> View:
    """The heat map of `(7, 7)` shares of the evidence for a name, on the picture `(H, W, 3)`."""
    from demos.image_recognition.seeing import place

    warm = np.maximum(heat, 0).astype(np.float32)
    if warm.max() <= 0:
        return View("where", "What it looked at", f"No single place speaks for “{name}”.",
                    Heatmap(np.zeros(over.shape[:2], np.float32)), over)
    grown = Image.fromarray(warm / warm.max()).resize(over.shape[1::-1], Image.Resampling.BICUBIC)
    return View("where", "What it looked at", f"The warm parts speak for “{name}”; most of the evidence lies "
                f"{place(warm)}. The shares of all places add up to the answer.",
                Heatmap(np.clip(np.asarray(grown), 0, 1)), over)


def stages(member: ChestNet, batch: torch.Tensor) -> list[View]:
    """The four liveliest channels after each stage of a network, for `(1, 1, 28, 28)`."""
    found, x = [], batch
    for number, layer in enumerate(member.body):
        x = layer(x)
        if number in range(BLOCKS, 3 * BLOCKS + 1, BLOCKS):  # after the last block of each stage
            found.append(functional.relu(x[0]).float().cpu().numpy())
    shown = []
    for number, (maps, (title, sentence)) in enumerate(zip(found, STAGES), 1):
        best = np.argsort(-maps.std(axis=(1, 2)))[:CHANNELS]
        shades = maps[best] / np.maximum(maps[best].max(axis=(1, 2), keepdims=True), 1e-9)
        times = 56 // maps.shape[1]  # larger cells, never smoothed
        shades = (shades * 255).round().astype(np.uint8).repeat(times, axis=1).repeat(times, axis=2)
        shown.append(View(f"stage{number}", title, f"{sentence} The {CHANNELS} liveliest of {len(maps)} channels, on a "
                          f"grid of {maps.shape[2]} by {maps.shape[1]}.",
                          Maps(shades, tuple(f"channel {channel}" for channel in best))))
    return shown


def load(weights: Path | None, device: str) -> ChestNets:
    """Read the networks that `train.py` wrote."""
    from safetensors.torch import load_file

    assert weights is not None
    stored = load_file(weights)
    networks = Together(len({name.split(".")[1] for name in stored if name.startswith("members.")}))
    networks.load_state_dict(stored)
    networks = networks.requires_grad_(False).eval().to(device, memory_format=torch.channels_last)
    if device == "cpu":
        networks.quick = OnnxRuntime(Mean(networks).eval(), (torch.zeros(2, 1, SIDE, SIDE),))
    return ChestNets(networks, device)
