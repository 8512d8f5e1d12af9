"""Trains the deep method, part by part: `python -m demos.machine_failure.train FD001`.

Fifteen LSTMs (network.py), three for each part. Data: the 100 engines of NASA's C-MAPSS FD001 that ran until they
failed (`train_FD001.txt`), stretches of 30 flights, remaining life 125 at most; in five parts of 20 engines drawn
with seed 0, and each network learns from four of them, from half of their stretches in each epoch. Each sensor is
scaled by the mean and the spread of what that network learns from. Augmentation: every sensor of a stretch reads too
high or too low by a normal number of SHIFT times that spread, so that engines are not known by their own level. AdamW
with one rising and falling learning rate. SHIFT, the size and the number of epochs were chosen by the error on unseen
engines of the training file alone, stopped at ten random flights each. The seed of network k of part n is 10 n + k.
The test's engines are looked at by evaluate.py only.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
import torch

from demos.machine_failure.columns import CAP
from demos.machine_failure.data import PARTS, cuts, flights_left, parts, sensors, training, windows
from demos.machine_failure.network import LifeNet, flights, loss_of

EPOCHS, BATCH, RATE, DECAY, SHIFT, SHARE = 16, 128, 3e-3, 1e-4, 0.4, 2
EACH = 3  # networks for each part


def learn(given: torch.Tensor, left: torch.Tensor, seed: int, epochs: int = EPOCHS) -> LifeNet:
    """A network that learnt from stretches `(n, 30, 14)` and the flights left after them `(n,)`."""
    torch.manual_seed(seed)
    chance = torch.Generator().manual_seed(seed)
    net = LifeNet()
    net.middle.copy_(given.mean(dim=(0, 1)))
    net.spread.copy_(given.std(dim=(0, 1)))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    batches = len(given) // SHARE // BATCH
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches, pct_start=0.2)
    for _ in range(epochs):
        net.train()
        order, total = torch.randperm(len(given), generator=chance), 0.0
        for batch in order[:batches * BATCH].view(batches, BATCH):
            shift = SHIFT * net.spread * torch.randn((BATCH, 1, given.shape[2]), generator=chance)
            loss = loss_of(net(given[batch] + shift), left[batch] / CAP)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            pace.step()
            total += loss.item()
    print(f"  loss at the end {total / batches:.5f}", flush=True)
    return net.eval()


@torch.inference_mode()
def judge(nets: list[LifeNet], engines: list[np.ndarray], part: np.ndarray) -> tuple[float, float]:
    """Root mean square error on unseen engines, each stopped at ten random flights; the share between both guesses."""
    apart, inside = [], []
    for i in part:
        given = torch.from_numpy(windows(engines[i])).float()
        said = np.mean([flights(net(given)).numpy() for net in nets], axis=0)
        truth = flights_left(engines[i])
        at = cuts(len(truth), int(i))
        apart.append((said[:, 0] - truth)[at])
        inside.append(((said[:, 1] <= truth) & (truth <= said[:, 2]))[at])
    return float(np.sqrt(np.mean(np.concatenate(apart) ** 2))), float(np.mean(np.concatenate(inside)))


def train(data: Path, folder: Path, chosen: tuple[int, ...] = tuple(range(PARTS))) -> None:
    """Learn the networks of these parts and write each part's weights; prints digests."""
    from safetensors.torch import save_file

    torch.set_num_threads(1)  # the same sums in the same order on any machine
    engines = training(data)
    readings = np.concatenate([sensors(one) for one in engines])
    reach = torch.tensor(np.stack([readings.min(axis=0), readings.max(axis=0)]))
    split = parts(len(engines))
    for number in chosen:
        others = [i for i in range(len(engines)) if i not in set(split[number])]
        given = torch.from_numpy(np.concatenate([windows(engines[i]) for i in others])).float()
        left = torch.from_numpy(np.concatenate([flights_left(engines[i]) for i in others])).float()
        nets = [learn(given, left, 10 * number + k) for k in range(EACH)]
        error, inside = judge(nets, engines, split[number])
        path = folder / f"lstm_{number + 1}.safetensors"
        tensors = {f"{k}.{name}": value for k, net in enumerate(nets) for name, value in net.state_dict().items()}
        save_file({**tensors, "reach": reach}, path, {"seed": str(10 * number)})
        print(f"part {number + 1}: off by {error:.2f} flights on unseen engines, {inside:.3f} between its guesses;",
              path.name, hashlib.sha256(path.read_bytes()).hexdigest(), flush=True)


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).with_name("weights"),
          tuple(int(number) - 1 for number in sys.argv[2:]) or tuple(range(PARTS)))
