"""Trains the networks: `python -m demos.story_writer.train DATA SIZE` writes one; SIZE is small, medium or large.

DATA holds stories.jsonl.xz (see stories.py: the split; the validation stories are not read here). Seed 0. Learnt from:
all stories one after another, cut into windows of 257 tokens, in each turn elsewhere and in another order; no other
augmentation. Muon for the matrices and AdamW for the tokens (Jordan 2024, Liu and others 2025, arXiv:2502.16982), the
rates rising over 3 % of the steps, then falling evenly to nothing; bfloat16; the last step is kept. The rates were chosen
on the part held back after runs of 80 steps of the medium network (Muon 0.004, 0.01, 0.025; AdamW 0.01, 0.03). On one
core alone the small network takes 8 minutes, the medium one 20 and the large one 74 (measured: 0.36, 0.76 and 1.57 s a
step). `--minutes M` stops then, and the same call again goes on; parts give the same weights as a whole.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from demos.story_writer.course import Course, Plan
from demos.story_writer.network import CONTEXT, Network, Shape
from demos.story_writer.stories import SEED, read_stories
from demos.story_writer.storing import read_network, write_network
from demos.story_writer.tokens import read_tokens

PLANS = {"small": Plan(Shape(48, 4, 3), 1200), "medium": Plan(Shape(160, 4, 5), 1500),
         "large": Plan(Shape(256, 6, 4), 2800)}
WEIGHTS = Path(__file__).with_name("weights")
SAID_EVERY, KEPT_EVERY = 20, 100  # steps


def held_back(network: Network, stream: np.ndarray, batch: int = 8) -> float:
    """The mean surprise in bits a token of a stream that was not learnt from, in windows of 256."""
    count = (len(stream) - 1) // CONTEXT
    places = CONTEXT * np.arange(count)[:, None] + np.arange(CONTEXT + 1)
    windows = torch.from_numpy(stream[places].astype(np.int64))
    with torch.inference_mode():
        losses = [network.loss(part).item() * len(part) for part in windows.split(batch)]
    return float(sum(losses) / count / np.log(2))


def train(stream: np.ndarray, plan: Plan, minutes: float, path: Path) -> Course | None:
    """The whole course; None where the minutes were over before its end."""
    course, began = Course(stream, plan), time.monotonic()
    if path.exists():
        course.go_on(path)
    recent: list[float] = []
    while course.done < plan.steps:
        recent.append(course.step())
        over = time.monotonic() - began > 60 * minutes
        if course.done % SAID_EVERY == 0:
            print(f"step {course.done} of {plan.steps}: {np.mean(recent) / np.log(2):.3f} bits a token, "
                  f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            recent = []
        if over or course.done % KEPT_EVERY == 0 or course.done == plan.steps:
            course.keep(path)
        if over and course.done < plan.steps:
            return None
    return course


def main(data: Path, size: str, minutes: float, path: Path) -> None:
    """Train a size on the folder, write its weights, and say what it reaches on the part held back."""
    tokens, plan = read_tokens(), PLANS[size]
    course = train(tokens.stream(read_stories(data, "learn")), plan, minutes, path)
    if course is None:
        return
    target = WEIGHTS / f"{size}.safetensors"
    about = {"seed": SEED, "steps": plan.steps, "batch": plan.batch, "rate": plan.rate,
             "data": "pd_children_stories, part to learn from"}
    write_network(course.network, target, about)
    held = tokens.stream(read_stories(data, "choose"))
    bits = {"trained": held_back(course.network, held), "stored": held_back(read_network(target), held)}
    path.unlink()
    print(json.dumps({**about, "bits a token in the part held back": bits}))


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("data", type=Path)
    reader.add_argument("size", choices=PLANS)
    reader.add_argument("--minutes", type=float, default=1e9, help="stop then; the same call again goes on")
    reader.add_argument("--kept", type=Path, help="where to keep the state")
    given = reader.parse_args()
    main(given.data, given.size, given.minutes, given.kept or Path(f"story_writer_{given.size}.pt"))
