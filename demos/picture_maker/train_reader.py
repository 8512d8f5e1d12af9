"""Trains the reader that judges digits: `python -m demos.picture_maker.train_reader DATA` writes its weights.

DATA holds mnist.npz. It learns from the 15,000 pictures of the part "reader", which teach nothing else; of six
epochs that one is kept whose digits of the part "choose" were read best; the test part is not read here. Seed 0.
Augmentation: moved by up to two pixels each way. Adam, one-cycle rate up to 0.004, batches of 128; about a minute
on one core.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from demos.picture_maker.data import SEED, read_digits, scaled
from demos.picture_maker.reader import Reader

EPOCHS, BATCH, RATE = 6, 128, 4e-3
FURTHEST = 2  # pixels that a digit is moved
TARGET = Path(__file__).with_name("weights") / "reader.safetensors"


def moved(pictures: torch.Tensor, chance: torch.Generator) -> torch.Tensor:
    """All pictures `(n, 1, h, w)` of a batch moved the same way, by up to two pixels; what comes in is black."""
    y, x = torch.randint(-FURTHEST, FURTHEST + 1, (2,), generator=chance).tolist()
    wide = F.pad(pictures, (FURTHEST,) * 4, value=-1.0)
    height, width = pictures.shape[-2:]
    return wide[..., FURTHEST + y:FURTHEST + y + height, FURTHEST + x:FURTHEST + x + width]


def learn(learning: tuple[np.ndarray, np.ndarray], choosing: tuple[np.ndarray, np.ndarray],
          epochs: int) -> tuple[dict[str, torch.Tensor], float]:
    """The best epoch's weights and its share of digits read rightly; pictures `(n, 28, 28, 1)` uint8, digits."""
    torch.manual_seed(SEED)
    chance = torch.Generator().manual_seed(SEED)
    pictures, digits = torch.from_numpy(scaled(learning[0])), torch.from_numpy(learning[1])
    reader = Reader()
    optimiser = torch.optim.Adam(reader.parameters(), RATE)
    batches = -(-len(pictures) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * batches)
    best: tuple[dict[str, torch.Tensor], float] = {}, -1.0
    for epoch in range(epochs):
        reader.train()
        for rows in torch.randperm(len(pictures), generator=chance).split(BATCH):
            with torch.autocast("cpu", torch.bfloat16):
                scores = reader(moved(pictures[rows], chance).contiguous(memory_format=torch.channels_last))
            cost = F.cross_entropy(scores.float(), digits[rows])
            optimiser.zero_grad()
            cost.backward()
            optimiser.step()
            schedule.step()
        right = float((reader.eval().read(choosing[0])[0] == choosing[1]).mean())
        print(f"epoch {epoch + 1}: right {right:.4f} of {len(choosing[1]):,}", file=sys.stderr)
        if right > best[1]:
            best = {name: value.clone() for name, value in reader.state_dict().items()}, right
    return best


def main(data: Path) -> None:
    """Train on the folder and write the weights."""
    from safetensors.torch import save_file

    learning, choosing = read_digits(data, "reader"), read_digits(data, "choose")
    weights, right = learn(learning, choosing, EPOCHS)
    about = {"seed": SEED, "pictures": len(learning[1]), "right_where_chosen": round(right, 4)}
    TARGET.parent.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file(weights, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
