"""Trains the network: `python -m demos.brain_scan.train DATA` writes its weights, in about an hour on one core.

DATA holds the labelled slices (see slices.py: the split by blocks of neighbours). Seed 0. Learnt from: the
training blocks; in each epoch one slice for every twelve of them from the average healthy brain (MNI152), half of
these with a tumour from the training blocks put in; and one for every eight with its tumour taken out (healed.py), a
third of these with another put in. Augmentation: turned by up to 15 degrees, scaled 0.78 to 1.25,
moved, mirrored, lit otherwise (augment.py). First at 192 pixels, then at 256; AdamW, the rate falling as a cosine;
what is stored is a running average of the weights. The blocks for choosing gave the threshold; the blocks for
testing are not read here. `--minutes M` ends after the epoch in which M minutes are over, and the next call goes on.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from demos.brain_scan.batches import batches, count
from demos.brain_scan.choose import choose_threshold, measure
from demos.brain_scan.healed import healed_slices
from demos.brain_scan.healthy import healthy_slices
from demos.brain_scan.slices import KINDS, Slice, read_slices, split
from demos.spots import SpotNetwork, load_spots, loss, make_quick, read_backbone, save_spots

SEED = 0
EPOCHS = (192,) * 12 + (256,) * 7  # pixels
RATE, HEAD_RATE, DECAY = 6e-4, 2e-3, 0.02
AVERAGED = 0.995  # of the running average stays at each step
TARGET = Path(__file__).with_name("weights") / "spots.safetensors"


def begin() -> SpotNetwork:
    """The network before training, with the backbone that learnt from ImageNet."""
    from demos.image_recognition import LITE0
    from demos.weights import find_part

    random.seed(SEED)
    torch.manual_seed(SEED)
    network = SpotNetwork(len(KINDS))
    read_backbone(network, find_part(LITE0.files[0].parts[0], Path()))
    network.to(memory_format=torch.channels_last)
    make_quick(network)
    return network


class Course:
    """One training: the network, its optimiser and plan, and the running average of its weights."""

    def __init__(self, slices: list[Slice], epochs: tuple[int, ...] = EPOCHS, most: int = 10**9) -> None:
        self.slices, self.epochs, self.done = slices, epochs, 0
        self.network, self.healthy, self.healed = begin(), healthy_slices("train"), healed_slices(slices)
        self.steps = min(count(slices, self.healed), most)
        parts: dict[bool, list[torch.nn.Parameter]] = {True: [], False: []}
        for name, weight in self.network.named_parameters():
            if weight.requires_grad:
                parts[name.startswith("backbone")].append(weight)
        self.learner = torch.optim.AdamW([{"params": parts[True]}, {"params": parts[False]}], weight_decay=DECAY,
                                         fused=True)
        self.plan = torch.optim.lr_scheduler.OneCycleLR(self.learner, [RATE, HEAD_RATE], pct_start=0.1,
                                                        total_steps=self.steps * len(epochs))
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()
                        if value.is_floating_point()}

    def epoch(self) -> float:
        """Go once through the slices; the mean loss."""
        side, total = self.epochs[self.done], 0.0
        chance = np.random.default_rng([SEED, self.done])
        rows = batches(self.slices, self.healthy, self.healed, side, chance)
        for pixels, wanted in itertools.islice(rows, self.steps):
            with torch.autocast("cpu", torch.bfloat16):
                maps = self.network(pixels)
            off = loss(maps, wanted)
            self.learner.zero_grad(set_to_none=True)
            off.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 10.0)
            self.learner.step()
            self.plan.step()
            now = self.network.state_dict()
            torch._foreach_lerp_(list(self.average.values()), [now[name] for name in self.average], 1 - AVERAGED)
            total += off.item()
        self.done += 1
        return total / self.steps

    def keep(self, path: Path) -> None:
        """Write everything that going on later needs."""
        torch.save({"done": self.done, "average": self.average,
                    **{name: getattr(self, name).state_dict() for name in ("network", "learner", "plan")}}, path)

    def go_on(self, path: Path) -> None:
        """Take up what `keep` wrote."""
        kept: dict[str, Any] = torch.load(path, weights_only=True)
        self.done, self.average = kept["done"], kept["average"]
        for name in ("network", "learner", "plan"):
            getattr(self, name).load_state_dict(kept[name])

    def result(self) -> SpotNetwork:
        """The network with the averaged weights."""
        self.network.load_state_dict(self.average, strict=False)
        return self.network


def train(slices: list[Slice], minutes: float, path: Path) -> Course | None:
    """The whole course; None where the minutes were over before its end."""
    course, began = Course(slices), time.monotonic()
    if path.exists():
        course.go_on(path)
    while course.done < len(course.epochs):
        if time.monotonic() - began > 60 * minutes:
            return None
        start, off = time.monotonic(), course.epoch()
        print(f"epoch {course.done}: loss {off:.4f}, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        course.keep(path)
    return course


def main(data: Path, minutes: float, kept: Path) -> None:
    """Train on the folder, choose the threshold, and write the weights."""
    parts = split(read_slices(data))
    course = train(parts["train"], minutes, kept)
    if course is None:
        return
    about = {"seed": SEED, "slices": len(parts["train"]), "kinds": list(KINDS),
             "data": "brain tumour T1-CE slices (figshare 1512427), training blocks, and MNI152"}
    network = course.result()
    save_spots(network, TARGET, about)
    stored = load_spots(TARGET)
    about["threshold"] = choose_threshold(stored, parts["choose"])
    save_spots(network, TARGET, about)
    kept.unlink()
    print(json.dumps({**about, **measure(stored, parts["choose"], about["threshold"])}))


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("--minutes", type=float, default=1e9)
    reader.add_argument("--kept", type=Path, default=Path("brain_scan_training.pt"), help="where to keep the state")
    given = reader.parse_args()
    main(given.data, given.minutes, given.kept)
