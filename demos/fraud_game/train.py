"""Trains the network: `python -m demos.fraud_game.train DATA` writes weights/gru.safetensors; DATA is simulate.py's folder.

Learnt from are weeks 5 to 12: every stolen payment and a fifth of the honest ones, drawn with the seed; the log-odds are
moved back afterwards by what was left out. Weeks 14 and 15 choose the epoch by average precision and set the bar at 100
alarms a day; week 13 is the delay in which the labels come in, weeks 17 to 20 are not read here. Seed 0; AdamW; no
augmentation. A fifth was chosen over a tenth by weeks 14 and 15 (average precision 0.637 against 0.608); width, rate and
batch were set beforehand. It takes about two minutes on one core.
"""

from __future__ import annotations

import json
import sys
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from demos.fraud_game.features import in_rows, numbers, rows_of
from demos.fraud_game.measuring import average_precision, bar_of
from demos.fraud_game.network import PaymentGRU
from demos.fraud_game.payments import Payments, read_payments, reports

SEED, KEPT = 0, 0.2  # share of the honest payments that are learnt from
EPOCHS, BATCH, RATE, DECAY = 12, 256, 2e-3, 0.01
AT_ONCE = 16384
TARGET = Path(__file__).with_name("weights") / "gru.safetensors"


def chosen(payments: Payments, part: str, kept: float = KEPT, seed: int = SEED) -> np.ndarray:
    """The places of a part's stolen payments and of so large a share of its honest ones."""
    places = payments.within(part)
    drawn = np.random.default_rng(seed).random(len(places)) < kept
    return places[payments.stolen[places] | drawn]


def said(network: PaymentGRU, table: np.ndarray, shops: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The log-odds `(m,)` of payments, given by their rows `(m, 11)`."""
    found = []
    with torch.inference_mode():
        for at in range(0, len(rows), AT_ONCE):
            given = in_rows(table, shops, rows[at:at + AT_ONCE])
            found.append(network(*map(torch.from_numpy, given)).double().numpy())
    return np.concatenate(found)


def learn(payments: Payments, epochs: int = EPOCHS, kept: float = KEPT) -> tuple[PaymentGRU, dict[str, float]]:
    """The network of the best epoch, its log-odds moved back, and what was found on the way."""
    torch.manual_seed(SEED)
    network = PaymentGRU()
    table, shops = numbers(payments, reports(payments)), payments.shop
    learnt, held = rows_of(payments, chosen(payments, "train", kept)), rows_of(payments, payments.within("validation"))
    truth = torch.from_numpy(payments.stolen[learnt[:, -1]].astype(np.float32))
    held_truth = payments.stolen[held[:, -1]]
    steps = epochs * -(-len(learnt) // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    order, began, best = torch.Generator().manual_seed(SEED), time.perf_counter(), (-1.0, 0, network)
    for epoch in range(1, epochs + 1):
        network.train()
        for places in torch.randperm(len(learnt), generator=order).split(BATCH):
            given = in_rows(table, shops, learnt[places.numpy()])
            loss = binary_cross_entropy_with_logits(network(*map(torch.from_numpy, given)), truth[places])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        found = average_precision(said(network.eval(), table, shops, held), held_truth)
        print(f"epoch {epoch}: loss {loss.item():.5f}, average precision {found:.4f}, {time.perf_counter() - began:.0f} s",
              file=sys.stderr, flush=True)
        if found > best[0]:
            best = found, epoch, deepcopy(network)
    network = best[2].eval()
    with torch.no_grad():
        network.head[2].bias += float(np.log(kept))  # honest payments are so many times commoner than what was seen
    bar = bar_of(said(network, table, shops, held), payments.time[held[:, -1]])
    return network, {"epoch": best[1], "average_precision": round(best[0], 4), "bar": bar}


def main(data: Path, target: Path = TARGET) -> None:
    """Train on the folder and write the weights."""
    from safetensors.torch import save_file

    network, found = learn(read_payments(data))
    stored = {name: value.contiguous() for name, value in network.state_dict().items()}
    stored["bar"] = torch.tensor([found.pop("bar")], dtype=torch.float64)
    about = {"seed": SEED, "kept": KEPT, "epochs": EPOCHS, "rate": RATE, "batch": BATCH, **found}
    target.parent.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file(stored, target, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
