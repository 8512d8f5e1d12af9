"""Trains the chest networks and the SVM: `python -m demos.chest_xray.train DATA`, where DATA holds pneumoniamnist.npz.

Split as its makers made it: 4,708 pictures to learn from (3,494 with pneumonia), and 516 for validation, since 8
of the 524 are in the training part too. Seeds 0 to 4, one for each of the five networks; 30 epochs, their running
mean at the end, so no epoch is chosen. Augmentation: turned by up to 12 degrees, larger or smaller by a seventh,
moved by up to 3 pixels, mirrored, softer, brighter or darker curves, grain, a covered square, pictures mixed in
pairs. Both classes weigh the same. Calibration and threshold come from the validation part alone; the test part
is not read here.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from demos.chest_xray.augment import augmented
from demos.chest_xray.data import read_part
from demos.chest_xray.network import ChestNet, Together, scaled

SEEDS = (0, 1, 2, 3, 4)
EPOCHS, BATCH, RATE, DECAY, DROP = 30, 128, 4e-3, 0.02, 0.2
SMOOTH, MIXED, KEEP = 0.05, 0.2, 0.99  # label smoothing, mixup's Beta, how slowly the running mean moves
TARGET = Path(__file__).with_name("weights") / "chest_nets.safetensors"


def train_one(pictures: np.ndarray, labels: np.ndarray, seed: int, epochs: int = EPOCHS) -> ChestNet:
    """A network learnt from `(n, 28, 28)` uint8: the running mean of its weights. One seed, one network."""
    torch.manual_seed(seed)
    chance = torch.Generator().manual_seed(seed)
    model = ChestNet(DROP).to(memory_format=torch.channels_last)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(KEEP), use_buffers=True)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    each = len(labels) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * each, pct_start=0.2)
    x, y = torch.from_numpy(pictures).float()[:, None], torch.from_numpy(labels)
    weights = len(y) / 2 / torch.bincount(y, minlength=2)
    for epoch in range(epochs):
        began, total = time.perf_counter(), 0.0
        model.train()
        for part in torch.randperm(len(y), generator=chance)[:each * BATCH].split(BATCH):
            loss = _loss(model, augmented(x[part], chance), y[part], weights, chance)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            mean.update_parameters(model)
            total += float(loss.detach())
        print(f"seed {seed}, epoch {epoch + 1}: loss {total / each:.4f}, {time.perf_counter() - began:.1f} s",
              file=sys.stderr, flush=True)
    return mean.module.eval()


def _loss(model: ChestNet, seen: torch.Tensor, truth: torch.Tensor, weights: torch.Tensor,
          chance: torch.Generator) -> torch.Tensor:
    """The loss on a batch whose pictures are mixed in pairs (Zhang et al. 2018, arXiv:1710.09412)."""
    share = torch.rand(1, generator=chance) ** (1 / MIXED)  # mostly near 0: little of the other one
    other = torch.randperm(len(truth), generator=chance)
    mixed = (1 - share) * seen + share * seen[other]
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(mixed.contiguous(memory_format=torch.channels_last)).float()

    def against(labels: torch.Tensor) -> torch.Tensor:
        smooth = labels * (1 - SMOOTH) + SMOOTH / 2
        return functional.binary_cross_entropy_with_logits(scores, smooth, weights[labels])

    return ((1 - share) * against(truth) + share * against(truth[other])).squeeze()


def calibrate(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make certainties of scores, as if both classes were equally frequent (Platt 1999).

    How frequent pneumonia is where somebody uses this is unknown, so both kinds of mistake weigh the same.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e4, class_weight="balanced").fit(scores[:, None], labels)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


@torch.inference_mode()
def together(members: list[ChestNet], pictures: np.ndarray, labels: np.ndarray) -> tuple[Together, dict[str, str]]:
    """The networks as one, calibrated on the validation part, and what it says there."""
    from sklearn.metrics import roc_auc_score

    whole = Together(len(members)).eval()
    for place, member in zip(whole.members, members):
        place.load_state_dict(member.state_dict())
    scores = torch.cat([whole(part) for part in scaled(pictures).split(64)]).numpy()
    whole.slope[0], whole.shift[0] = calibrate(scores, labels)
    ill = whole.slope.item() * scores + whole.shift.item() > 0
    return whole, {"seeds": str(SEEDS[:len(members)]), "validation_auc": f"{roc_auc_score(labels, scores):.4f}",
                   "validation_sensitivity": f"{ill[labels == 1].mean():.4f}",
                   "validation_specificity": f"{1 - ill[labels == 0].mean():.4f}"}


def main(data: Path) -> None:
    """Train on the folder and write the weights of both methods."""
    from safetensors.torch import save_file

    from demos.chest_xray.train_svm import write_svm

    (pictures, labels), (kept, truth) = read_part(data, "train"), read_part(data, "val")
    write_svm(pictures, labels, kept, truth)
    members = [train_one(pictures, labels, seed) for seed in SEEDS]
    whole, about = together(members, kept, truth)
    # one entry: several would be written in another order each time, and the digest would change
    save_file(whole.state_dict(), TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
