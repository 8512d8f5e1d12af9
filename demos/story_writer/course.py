"""One training of a network, step by step: what it learns from, in which order, and how to go on after a break."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from demos.story_writer.network import CONTEXT, Network, Shape
from demos.story_writer.stories import SEED

WARM, DECAY = 0.03, 0.01  # share of the steps in which the rates rise; weight decay


@dataclass(frozen=True)
class Plan:
    """One training: the network's shape, how many steps of how many windows, and the two rates at their highest.

    `rate` is for the matrices (Muon), `token_rate` for the tokens (AdamW).
    """

    shape: Shape
    steps: int
    batch: int = 16
    rate: float = 0.01
    token_rate: float = 0.015


class Course:
    """One training: the network, its optimisers, and how many steps are done."""

    def __init__(self, stream: np.ndarray, plan: Plan) -> None:
        torch.manual_seed(SEED)
        self.stream, self.plan, self.done = stream, plan, 0
        self.network = Network(plan.shape)
        self.learners = [
            torch.optim.Muon([weight for weight in self.network.layers.parameters()], plan.rate, weight_decay=DECAY,
                             adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW([self.network.tokens.weight], plan.token_rate, betas=(0.9, 0.95), weight_decay=DECAY)]

    def windows(self, step: int) -> torch.Tensor:
        """`(batch, 257)` tokens of a step: each pass through the stories cuts them elsewhere, in another order."""
        count = (len(self.stream) - CONTEXT) // CONTEXT - 1
        turn, at = divmod(step, count // self.plan.batch)
        chance = np.random.default_rng([SEED, turn])
        first = chance.integers(CONTEXT)
        chosen = chance.permutation(count)[at * self.plan.batch:(at + 1) * self.plan.batch]
        places = first + CONTEXT * chosen[:, None] + np.arange(CONTEXT + 1)
        return torch.from_numpy(self.stream[places].astype(np.int64))

    def step(self) -> float:
        """Learn from one batch; the loss in nats a token."""
        warm = WARM * self.plan.steps
        share = min((self.done + 1) / warm, (self.plan.steps - self.done) / (self.plan.steps - warm))
        with torch.autocast("cpu", torch.bfloat16):
            loss = self.network.loss(self.windows(self.done))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for learner, rate in zip(self.learners, (self.plan.rate, self.plan.token_rate)):
            learner.param_groups[0]["lr"] = rate * share
            learner.step()
            learner.zero_grad(set_to_none=True)
        self.done += 1
        return loss.item()

    def keep(self, path: Path) -> None:
        """Write everything that going on later needs."""
        state = {"done": self.done, "network": self.network.state_dict(),
                 "learners": [learner.state_dict() for learner in self.learners]}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)  # a run that is cut off while it writes loses nothing

    def go_on(self, path: Path) -> None:
        """Take up what `keep` wrote."""
        kept: dict[str, Any] = torch.load(path, weights_only=True)
        self.done = kept["done"]
        self.network.load_state_dict(kept["network"])
        for learner, state in zip(self.learners, kept["learners"]):
            learner.load_state_dict(state)
