"""Teaches a small network on chest X-rays of five hospitals in three ways: `python -m demos.lessons.federated_measure DATA`.

DATA holds pneumoniamnist.npz. Its 4,708 training pictures are dealt out unevenly, three times (seeds 0 to 2): of each
label every hospital gets a share drawn from a Dirichlet distribution (Hsu et al. 2019, arXiv:1909.06335). Each hospital
then learns alone, all learn in one place, and all learn by federated averaging (McMahan et al. 2017, arXiv:1602.05629).
All three take the same steps, whose size was set with a look at the 516 validation pictures; the test part (312) is looked
at once, at the end. Writes federated.json; about three minutes of work for one core.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from demos.chest_xray.augment import augmented
from demos.chest_xray.data import read_part
from demos.chest_xray.network import scaled
from demos.figures import machine, today
from demos.lessons.federated import TARGET, WAYS

HOSPITALS, DEALS, ALPHA, FEWEST = 5, 3, 0.6, 25  # FEWEST pictures of each label, or it is dealt again
ROUNDS, EPOCHS, BATCH, MOMENTUM = 10, 1, 64, 0.9  # EPOCHS at each hospital in each round
RATE = 0.05  # of each step; the validation part was looked at for it once
Pictures = tuple[np.ndarray, np.ndarray]  # (n, 28, 28) uint8 and their labels (n,), 1 for pneumonia


def network() -> nn.Sequential:
    """23,585 weights: `(n, 1, 28, 28)` -> `(n, 1)`, above 0 for pneumonia; the same at each call.

    Normalised within each picture (Wu and He 2018, arXiv:1803.08494): nothing in it depends on the other pictures of a
    hospital, so its weights can be averaged.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layers: list[nn.Module] = []
        for before, after in ((1, 16), (16, 32), (32, 64)):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(4, after), nn.ReLU()]
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 1))


def deal(labels: np.ndarray, seed: int, fewest: int = FEWEST) -> list[np.ndarray]:
    """Which pictures each hospital has; the one with most comes first."""
    chance = np.random.default_rng(seed)
    while True:
        hands: list[list[int]] = [[] for _ in range(HOSPITALS)]
        for label in (0, 1):
            mine = chance.permutation(np.flatnonzero(labels == label))
            cuts = np.cumsum(chance.dirichlet([ALPHA] * HOSPITALS))[:-1] * len(mine)
            for hand, some in zip(hands, np.split(mine, cuts.astype(int))):
                hand += some.tolist()
        dealt = sorted((np.array(hand, int) for hand in hands), key=len, reverse=True)
        if all(np.bincount(labels[hand], minlength=2).min() >= fewest for hand in dealt):
            return dealt


def learn(model: nn.Module, pictures: Pictures, epochs: int, chance: torch.Generator) -> nn.Module:
    """A copy of the model that went some times through a hospital's pictures; ill and healthy weigh the same."""
    model = copy.deepcopy(model).train()
    x, y = torch.from_numpy(pictures[0]).float()[:, None], torch.from_numpy(pictures[1])
    weights = len(y) / 2 / torch.bincount(y, minlength=2).clamp(min=1)
    optimiser = torch.optim.SGD(model.parameters(), RATE, MOMENTUM)
    for part in (part for _ in range(epochs) for part in torch.randperm(len(y), generator=chance).split(BATCH)):
        scores = model(augmented(x[part], chance))[:, 0]
        loss = functional.binary_cross_entropy_with_logits(scores, y[part].float(), weights[y[part]])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model


def average(models: list[nn.Module], sizes: list[int]) -> nn.Module:
    """The mean of all weights, where a hospital counts as much as it has pictures."""
    whole, shares = copy.deepcopy(models[0]), np.array(sizes) / sum(sizes)
    states = [model.state_dict() for model in models]
    whole.load_state_dict({name: sum(share * state[name] for share, state in zip(shares.tolist(), states)) for name in states[0]})
    return whole


@torch.inference_mode()
def right(model: nn.Module, asked: Pictures) -> float:
    """The share named rightly, where ill and healthy count the same."""
    ill = torch.cat([model.eval()(part)[:, 0] > 0 for part in scaled(asked[0]).split(256)]).numpy()
    return float((ill[asked[1] == 1].mean() + (~ill[asked[1] == 0]).mean()) / 2)


def rounds(way: str, hands: list[Pictures], seed: int, count: int = ROUNDS) -> Iterator[list[nn.Module]]:
    """After each round: the networks of all hospitals that learn alone, or the one of all."""
    chance = torch.Generator().manual_seed(seed)
    models: list[nn.Module] = [network()] * (len(hands) if way == "alone" else 1)
    heap = [tuple(np.concatenate(part) for part in zip(*hands))]
    for _ in range(count):
        if way == "shared":
            taught = [learn(models[0], hand, EPOCHS, chance) for hand in hands]
            models = [average(taught, [len(hand[1]) for hand in hands])]
        else:
            models = [learn(model, hand, EPOCHS, chance) for model, hand in zip(models, hands if way == "alone" else heap)]
        yield models


def measure(train: Pictures, kept: Pictures, asked: Pictures, deals: int = DEALS) -> dict[str, object]:
    """Curves on the validation part, round by round, and the test part at the end, for every deal."""
    found = []
    for seed in range(deals):
        hands = [(train[0][hand], train[1][hand]) for hand in deal(train[1], seed)]
        row: dict[str, object] = {"hospitals": [np.bincount(labels, minlength=2).tolist() for _, labels in hands]}
        for way in WAYS:
            ways = list(rounds(way, hands, seed))
            row[way] = np.round([[right(model, kept) for model in models] for models in ways], 4).tolist()
            row[f"{way}_test"] = np.round([right(model, asked) for model in ways[-1]], 4).tolist()
            print(seed, way, row[way][-1], row[f"{way}_test"], file=sys.stderr, flush=True)  # type: ignore[index]
        found.append(row)
    return {"asked": [len(kept[1]), len(asked[1])], "weights": sum(one.numel() for one in network().parameters()),
            "epochs": EPOCHS, "deals": found}


def main(data: Path) -> None:
    """Measure and write."""
    parts = (read_part(data, name) for name in ("train", "val", "test_half"))
    about = {"date": today(), "machine": machine(), "command": f"python -m demos.lessons.federated_measure {data.name}"}
    TARGET.write_text(json.dumps({**about, **measure(*parts)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
