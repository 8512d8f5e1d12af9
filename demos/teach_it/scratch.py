"""The same few pictures for two networks: one that begins with nothing, and one that looks with what it learnt before.

For the lesson on transfer learning. The small one is a plain network of three convolutions; the other is the demo's own:
EfficientNet-Lite0's measures with a logistic regression. Both are asked about the set's other pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from demos.results import Result
from demos.teach_it.heads import fit
from demos.teach_it.measures import thumbnail
from demos.teach_it.sheets import EACH, names_of, read_sheet

if TYPE_CHECKING:
    import torch

    from demos.teach_it.deep import Teacher

MOST = 8  # pictures of each name, so that four of each are left to ask about
STEPS, SAID_EVERY, RATE, SHIFT = 160, 20, 3e-3, 4  # SHIFT in px of 48, the only augmentation
SEED = 0


@dataclass(frozen=True, eq=False)
class Race(Result):
    """k names, `size` pictures of each learnt from `(k * size, 48, 48, 3)` uint8, and how many of `asked` others are right.

    `scratch` holds it after every so many steps of the network that begins with nothing; `weights` is its size.
    """

    names: tuple[str, ...]
    thumbs: np.ndarray
    asked: int
    pretrained: int
    scratch: tuple[int, ...]
    steps: int
    weights: int

    def __post_init__(self) -> None:
        if len(self.thumbs) % len(self.names) or not all(0 <= one <= self.asked for one in (self.pretrained, *self.scratch)):
            raise ValueError("as many pictures of each name, and no more right than asked")


def race(teacher: Teacher, key: str, size: int) -> Iterator[tuple[float, Race]]:
    """Both learn from `size` pictures of each name of a ready-made set, drawn with seed 0; yields (done, the race so far)."""
    pictures, names = read_sheet(key), names_of(key)
    chance = np.random.default_rng(SEED)
    place = np.concatenate([chance.permutation(EACH) for _ in names])  # neighbours on a sheet are often alike
    labels = np.arange(len(pictures)) // EACH
    known, asked = np.flatnonzero(place < size), np.flatnonzero(place >= size)
    rows = teacher.rows(pictures)
    head = fit("deep", rows[known], labels[known], teacher.constants["deep"].strictness)
    pretrained = int((head.weigh(rows[asked]).argmax(axis=1) == labels[asked]).sum())
    thumbs = np.stack([thumbnail(picture) for picture in pictures])
    right: list[int] = []
    for step, network in learning(thumbs[known], labels[known], len(names)):
        right.append(int((named(network, thumbs[asked]) == labels[asked]).sum()))
        yield step / STEPS, Race(names, thumbs[known], len(asked), pretrained, tuple(right), step,
                                 sum(one.numel() for one in network.parameters()))


def small(names: int) -> torch.nn.Module:
    """Three convolutions and a last step: `(n, 3, 48, 48)` from -1 to 1 -> `(n, names)`."""
    from torch import nn

    layers: list[nn.Module] = []
    for before, after in ((3, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, names))


def scaled(thumbs: np.ndarray) -> torch.Tensor:
    """`(n, 3, 48, 48)` float32 from -1 to 1."""
    import torch

    return torch.from_numpy(thumbs).permute(0, 3, 1, 2).float() / 127.5 - 1


def learning(thumbs: np.ndarray, labels: np.ndarray, names: int) -> Iterator[tuple[int, torch.nn.Module]]:
    """The small network on its way, after every so many steps; seed 0, all pictures in each step, moved a little."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        network = small(names).train()
    chance = torch.Generator().manual_seed(SEED)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.05)
    x, y = scaled(thumbs), torch.from_numpy(labels.astype(np.int64))
    for step in range(1, STEPS + 1):
        down, right = torch.randint(-SHIFT, SHIFT + 1, (2,), generator=chance).tolist()
        loss = torch.nn.functional.cross_entropy(network(torch.roll(x, (down, right), (2, 3))), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % SAID_EVERY == 0:
            yield step, network


def named(network: torch.nn.Module, thumbs: np.ndarray) -> np.ndarray:
    """The number of the name for each picture `(n, 48, 48, 3)`."""
    import torch

    network.eval()
    with torch.inference_mode():
        found = network(scaled(thumbs)).argmax(dim=1).numpy()
    network.train()
    return found
