"""Trains both methods: `python -m demos.driving_scene.train {classical,deep} PATCHES STREETS`.

PATCHES is the folder with vehicle patches (patches.py), STREETS the one with people (streets.py); both files say
how they are split. Only their training parts are learnt from; C and the thresholds are chosen on the validation
parts; the test parts are not read here. Seed 0.

classical: a linear SVM on HOG, each patch also mirrored, so that OpenCV can slide it over a picture; then twice
again with its false alarms on streets without vehicles and on drawn roads (mistakes.py).
deep: the network of demos/spots.py, begun with EfficientNet-Lite0's ImageNet weights, on collages (collage.py):
random cut-outs, sizes, places, mirroring, light, colour, blur and grain. AdamW, one-cycle schedule, 800 steps of 16.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from demos.driving_scene.hog import describe
from demos.driving_scene.patches import read_patches

SEED = 0
WEIGHTS = Path(__file__).with_name("weights")
STRICTNESS = (0.01, 0.03, 0.1)
AGAIN = 2  # rounds of learning from false alarms
STEPS, BATCH, PEAK = 800, 16, 1e-3
BACKBONE_SHARE = 0.3  # of the learning rate: it has learnt already
FROZEN_BLOCKS = 5  # up to stride 8: edges and textures are the same everywhere
WARM = 60


def fit(rows: np.ndarray, vehicle: np.ndarray, strictness: float) -> tuple[np.ndarray, float]:
    """Weights `(n,)` and bias of a linear SVM that is positive for vehicles."""
    from sklearn.svm import LinearSVC

    svm = LinearSVC(C=strictness, dual=True, tol=1e-3, max_iter=2000, random_state=SEED)
    svm.fit(rows, vehicle)
    return svm.coef_[0].astype(np.float32), float(svm.intercept_[0])


def train_classical(patches: Path, streets: Path) -> None:
    """Learn, choose C on the validation part, learn again with what was falsely found, and write the weights."""
    from safetensors.numpy import save_file

    from demos.driving_scene.mistakes import learn_from

    learning, choosing = (read_patches(patches, part) for part in ("train", "validation"))
    pictures, vehicle, held = learning.pictures, learning.vehicle, describe(choosing.pictures)
    tried = {}
    for round_ in range(1 + AGAIN):
        rows = describe(np.concatenate([pictures, pictures[:, :, ::-1]]))
        for strictness in STRICTNESS:
            weights, bias = fit(rows, np.tile(vehicle, 2), strictness)
            right = float(((held @ weights + bias > 0) == choosing.vehicle).mean())
            print(f"round {round_}, C {strictness:g}: right {right:.4f} of {len(held):,}", file=sys.stderr)
            tried[strictness] = right, weights, bias
        chosen = max(tried, key=lambda strictness: tried[strictness][0])
        right, weights, bias = tried[chosen]
        if round_ < AGAIN:
            more, theirs = learn_from(weights, bias, streets, np.random.default_rng(SEED))
            pictures, vehicle = np.concatenate([pictures, more]), np.concatenate([vehicle, theirs])
    about = {"C": chosen, "seed": SEED, "squares": len(pictures), "validation_accuracy": round(right, 4)}
    WEIGHTS.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file({"weights": weights, "bias": np.array([bias], np.float32)}, WEIGHTS / "hog_svm.safetensors",
              metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


def train_deep(patches: Path, streets: Path, steps: int = STEPS, target: Path | None = None) -> None:
    """Learn from collages and write the weights."""
    import torch

    from demos.driving_scene.collage import Maker
    from demos.driving_scene.finder import NAMES
    from demos.driving_scene.streets import read_streets
    from demos.image_recognition import LITE0
    from demos.spots import SpotNetwork, Targets, loss, prepare, read_backbone, save_spots
    from demos.weights import find_part

    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    maker = Maker(read_streets(streets, "train"), read_patches(patches, "train"), random)
    network = SpotNetwork(len(NAMES))
    read_backbone(network, find_part(LITE0.files[0].parts[0], Path()))
    network = network.to(memory_format=torch.channels_last).train()
    slow, fast = _learning_parts(network)
    optimiser = torch.optim.AdamW([{"params": slow}, {"params": fast}], PEAK, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [BACKBONE_SHARE * PEAK, PEAK], total_steps=steps,
                                                   pct_start=min(0.3, WARM / steps))
    began, lately = time.monotonic(), []
    for step in range(steps):
        made = [maker.make(random) for _ in range(BATCH)]
        pixels = prepare([one.image for one in made]).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            maps = network(pixels)
        cost = loss(maps, Targets.stack([one.targets for one in made]))
        optimiser.zero_grad()
        cost.backward()
        torch.nn.utils.clip_grad_norm_(slow + fast, 20.0)
        optimiser.step()
        schedule.step()
        lately.append(float(cost.detach()))
        if step % 20 == 19 or step == steps - 1:
            print(f"{step + 1}: {np.mean(lately[-20:]):.4f}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    save_spots(network.eval(), target or WEIGHTS / "streets.safetensors",
               {"names": NAMES, "seed": SEED, "steps": steps, "streets": len(maker.streets),
                "patches": len(maker.patches.names)})


def _learning_parts(network: Any) -> tuple[list[Any], list[Any]]:
    """The backbone's numbers that go on learning, and all others; its first blocks and its statistics stay."""
    from torch import nn

    backbone = network.backbone
    for part in (backbone._conv_stem, backbone._bn0, *backbone._blocks[:FROZEN_BLOCKS]):
        part.requires_grad_(False)
    for module in backbone.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()
    slow = [number for number in backbone.parameters() if number.requires_grad]
    known = {id(number) for number in backbone.parameters()}
    return slow, [number for number in network.parameters() if id(number) not in known]


if __name__ == "__main__":
    what, *folders = sys.argv[1:]
    {"classical": train_classical, "deep": train_deep}[what](*map(Path, folders))
