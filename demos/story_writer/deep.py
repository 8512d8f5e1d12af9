"""The deep method: a small GPT that the project trained, to be asked what comes next, what surprised it, where it looked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from demos.story_writer.network import CONTEXT, Network, Past
from demos.story_writer.storing import read_network
from demos.story_writer.telling import Storyteller

KEPT = CONTEXT // 2  # tokens that are seen again when the context is full


def first_seen(count: int) -> int:
    """Which token is the first that the network sees, where it is to say what follows `count` tokens.

    It sees 256; when these are full, it forgets the first half, so that the past need not be read anew at each step.
    """
    return 0 if count <= CONTEXT else -(-(count - CONTEXT) // KEPT) * KEPT


@dataclass(frozen=True)
class Memory:
    """What was read so far: the tokens, and the keys and values of those from `first_seen` on."""

    ids: tuple[int, ...]
    past: Past


class StoryNetwork(Storyteller):
    """A network with its device."""

    context = CONTEXT

    def __init__(self, network: Network, device: str) -> None:
        self.network, self.device = network, device

    @torch.inference_mode()
    def step(self, new: list[int], memory: Memory | None = None) -> tuple[np.ndarray, Memory]:
        """`(4096,)` natural logarithms of how likely each token is after the memory and the new tokens; the new memory.

        The answer is the same as without a memory, reading all tokens at once.
        """
        ids = ((*memory.ids, *new) if memory else tuple(new))
        start = first_seen(len(ids))
        goes_on = memory is not None and first_seen(len(memory.ids)) == start
        read = self._ids(new if goes_on else ids[start:])
        logits, past = self.network(read, memory.past if goes_on else None)
        return logits[0, -1].double().log_softmax(dim=0).cpu().numpy(), Memory(ids, past)

    @torch.inference_mode()
    def surprises(self, ids: list[int]) -> np.ndarray:
        """`(n - 1,)` float64: bits of surprise at each token after the first, each after those before it."""
        found = [np.zeros(0)]  # of a text of one token
        for start in range(0, max(len(ids) - 1 - KEPT, min(len(ids) - 1, 1)), KEPT):
            part = ids[start:start + CONTEXT + 1]
            logs = self.network(self._ids(part[:-1]))[0][0].double().log_softmax(dim=1)
            bits = -logs.gather(1, self._ids(part[1:])[0, :, None])[:, 0] / np.log(2)
            found.append(bits[KEPT if start else 0:].cpu().numpy())
        return np.concatenate(found)

    @torch.inference_mode()
    def looks(self, ids: list[int]) -> np.ndarray:
        """`(layers, heads, n, n)` float32: how much each head, at each token, looks at it and those before.

        Of the last tokens only, as many as the network sees; rows add up to 1.
        """
        seen: list[torch.Tensor] = []
        self.network(self._ids(ids[first_seen(len(ids)):]), seen=seen)
        return torch.stack([one[0] for one in seen]).float().cpu().numpy()

    def _ids(self, ids: list[int] | tuple[int, ...]) -> torch.Tensor:
        return torch.tensor([ids], dtype=torch.int64, device=self.device)


def load(weights: Path, device: str) -> StoryNetwork:
    """Read a network that train.py wrote."""
    return StoryNetwork(read_network(weights, device), device)
