"""How one network learns: pictures drawn by chance, changed as streets do, and a rate that rises and falls."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

from demos.traffic_signs.augment import STRONG, Change, change
from demos.traffic_signs.names import OTHER, SIGNS
from demos.traffic_signs.network import SignNetwork
from demos.traffic_signs.sheets import Signs, held_back

SEED = 0
FOLDS = 10  # of the tracks; each network does without one of them
BATCH = 128
RATE, DECAY, MOMENTUM = 0.08, 5e-4, 0.9
OTHERS = 8  # of a batch: pictures that are no signs
SOFT = 0.05  # of the certainty goes to the other names
RARE = 0.35  # 0 draws every picture alike, 1 every class alike
GRAIN = 0.05  # of white, for a harder look at what is held back
HALF = torch.backends.cpu.get_cpu_capability().startswith("AVX512")  # where bfloat16 is fast; elsewhere it is slow


@dataclass(frozen=True)
class Lesson:
    """What is learnt from: the signs, the same as poor JPEGs `(n, 32, 32, 3)`, and pictures of other things."""

    signs: Signs
    packed: np.ndarray
    others: np.ndarray


def pack(pictures: np.ndarray) -> np.ndarray:
    """The pictures `(n, 32, 32, 3)` saved as JPEGs of quality 20 to 69."""
    dice = np.random.default_rng(SEED)
    packed = []
    for picture in pictures:
        buffer = io.BytesIO()
        Image.fromarray(picture).save(buffer, "JPEG", quality=int(dice.integers(20, 70)))
        packed.append(np.asarray(Image.open(buffer)))
    return np.stack(packed)


def _batches(lesson: Lesson, rows: torch.Tensor, dice: torch.Generator, how: Change,
             ) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless batches: `(128, 3, 32, 32)` in [0, 1] and the numbers `(128,)`, from the rows of the signs."""
    numbers = torch.from_numpy(lesson.signs.numbers)
    counts = torch.bincount(numbers[rows], minlength=SIGNS).double()
    weights = counts[numbers[rows]] ** -RARE
    signs, packed, others = (torch.from_numpy(pictures).permute(0, 3, 1, 2)
                             for pictures in (lesson.signs.pictures, lesson.packed, lesson.others))
    while True:
        taken = rows[torch.multinomial(weights, BATCH - OTHERS, True, generator=dice)]
        other = torch.randint(len(others), (OTHERS,), generator=dice)
        batch = torch.cat([signs[taken], others[other]]).float()
        poor = torch.rand(len(taken), generator=dice) < how.packed
        batch[:len(taken)][poor] = packed[taken[poor]].float()
        yield change(batch / 255, torch.cat([numbers[taken], torch.full((OTHERS,), OTHER)]), dice, how)


def learn(lesson: Lesson, fold: int, samples: int, how: Change = STRONG, rate: float = RATE,
          start: dict[str, torch.Tensor] | None = None) -> tuple[dict[str, torch.Tensor], np.ndarray]:
    """The weights after so many pictures, and the scores `(m, 44)` of the tracks it did without.

    The weights are a running mean of those of the last hundreds of steps; `start` are weights to begin with.
    """
    held = held_back(lesson.signs, fold, FOLDS)
    torch.manual_seed(SEED + fold)
    dice = torch.Generator().manual_seed(1000 + SEED + fold)
    network = SignNetwork()
    network.load_state_dict(start or network.state_dict())
    network.to(memory_format=torch.channels_last)
    groups = [{"params": [p for p in network.parameters() if p.ndim > 1], "weight_decay": DECAY},
              {"params": [p for p in network.parameters() if p.ndim == 1], "weight_decay": 0.0}]
    descent = torch.optim.SGD(groups, rate, momentum=MOMENTUM, nesterov=True)
    steps = samples // BATCH
    plan = torch.optim.lr_scheduler.OneCycleLR(descent, rate, total_steps=steps, pct_start=0.1,
                                               cycle_momentum=False, final_div_factor=1e4)
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    batches = _batches(lesson, torch.from_numpy(np.flatnonzero(~held)), dice, how)
    for number, (batch, truth) in zip(range(1, steps + 1), batches):
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            said = network(batch.contiguous(memory_format=torch.channels_last))
        loss = F.cross_entropy(said.float(), truth, label_smoothing=SOFT)
        descent.zero_grad()
        loss.backward()
        descent.step()
        plan.step()
        if number % 10 == 0:
            _follow(mean, network, min(0.99, number / (number + 99)))
        if number % 500 == 0 or number == steps:
            print(f"fold {fold}, step {number} of {steps}: loss {loss.item():.4f}, "
                  f"{told(_with(mean), lesson.signs.take(held))}", file=sys.stderr, flush=True)
    return mean, scores(_with(mean), lesson.signs.pictures[held])


def _follow(mean: dict[str, torch.Tensor], network: SignNetwork, keep: float) -> None:
    """Move the running mean a little towards the network; what is counted is copied."""
    for name, value in network.state_dict().items():
        mean[name] = mean[name].mul_(keep).add_(value, alpha=1 - keep) if value.is_floating_point() else value.clone()


def _with(weights: dict[str, torch.Tensor]) -> SignNetwork:
    network = SignNetwork().eval()
    network.load_state_dict(weights)
    return network.to(memory_format=torch.channels_last)


def told(network: SignNetwork, held: Signs) -> str:
    """How many of the signs held back it reads wrongly, as they are and with grain."""
    grain = np.random.default_rng(SEED).normal(0, 255 * GRAIN, held.pictures.shape)
    grainy = (held.pictures + grain).clip(0, 255).astype(np.uint8)
    wrong = [int((scores(network, pictures)[:, :SIGNS].argmax(1) != held.numbers).sum())
             for pictures in (held.pictures, grainy)]
    return f"wrong {wrong[0]} and with grain {wrong[1]} of {len(held.numbers):,} held back"


def scores(network: SignNetwork, pictures: np.ndarray) -> np.ndarray:
    """`(n, 44)` float32 before softmax, of pictures `(n, 32, 32, 3)` uint8."""
    with torch.inference_mode():
        parts = [network(torch.from_numpy(part).permute(0, 3, 1, 2).float() / 255)
                 for part in np.array_split(pictures, max(1, len(pictures) // 256))]
    return torch.cat(parts).numpy()
