"""The deep method on a table: eight small networks with embeddings for options, trained side by side and averaged."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import torch
from torch import nn

from demos.tabular_fields import Schema
from demos.tabular_linear import scaled
from demos.tabular_models import TabularModel

MEMBERS = 8
EMBEDDED, HIDDEN = 4, (64, 32)  # numbers for each option; units of the two hidden layers
DROPPED, RATE, DECAY, BATCH = 0.2, 2e-3, 0.02, 128  # set beforehand


class Members(nn.Module):
    """So many networks at once: options `(n, C)` int64 and numbers `(n, M)` to log-odds `(members, n)`.

    Each has its own embedding of every option and its own layers; together they are a deep ensemble (Lakshminarayanan
    et al. 2017, arXiv:1612.01474), computed as one by batched products.
    """

    def __init__(self, options: int, fields: int, numbers: int, members: int = MEMBERS) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(members, max(options, 1), EMBEDDED) * 0.3)
        sizes = (fields * EMBEDDED + numbers, *HIDDEN, 1)
        self.weights = nn.ParameterList(
            torch.randn(members, before, after) * (2 / before) ** 0.5 for before, after in zip(sizes, sizes[1:]))
        self.biases = nn.ParameterList(torch.zeros(members, 1, after) for after in sizes[1:])
        self.drop = nn.Dropout(DROPPED)

    def forward(self, options: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
        known = self.embedding[:, options].flatten(2)
        x = torch.cat([known, numbers.expand(len(known), -1, -1)], dim=2)
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = torch.baddbmm(bias, x if i == 0 else self.drop(torch.relu(x)), weight)
        return x[..., 0]


class NetworkTable(TabularModel):
    """The networks with the mean and spread `(M, 2)` of the numbers they learnt from."""

    def __init__(self, schema: Schema, members: Members, scale: np.ndarray, device: str = "cpu") -> None:
        super().__init__(schema)
        self.members, self.scale, self.device = members.to(device).eval(), scale, device

    def each(self, rows: np.ndarray) -> np.ndarray:
        """The chance `(members, n)` that each network gives, for rows `(n, F)`."""
        given = (part.to(self.device) for part in tensors(self.schema, rows, self.scale))
        with torch.inference_mode():
            return torch.sigmoid(self.members(*given).double()).cpu().numpy()

    def chances(self, rows: np.ndarray) -> np.ndarray:
        return self.each(rows).mean(axis=0)

    def arrays(self) -> dict[str, np.ndarray]:
        learnt = {name: value.detach().cpu().numpy() for name, value in self.members.state_dict().items()}
        return {**learnt, "scale": self.scale}


def tensors(schema: Schema, rows: np.ndarray, scale: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Options `(n, C)` as places in one list of all options, and numbers `(n, M)` float32 around 0."""
    places = [i for i, field in enumerate(schema.fields) if field.options]
    starts = np.cumsum([0, *(len(schema.fields[i].options) for i in places)])[:-1]
    options = rows[:, places].astype(np.int64) + starts[None].astype(np.int64)
    numbers = (scaled(schema, rows) - scale[:, 0]) / scale[:, 1]
    return torch.from_numpy(options), torch.from_numpy(numbers.astype(np.float32))


def untaught(schema: Schema) -> Members:
    """Networks of the right shape for a table."""
    of_options = [len(field.options) for field in schema.fields if field.options]
    return Members(sum(of_options), len(of_options), len(schema.fields) - len(of_options))


def learn_network(schema: Schema, rows: np.ndarray, truth: np.ndarray, settings: tuple[int, ...],
                  seed: int = 0) -> list[NetworkTable]:
    """A model for each setting, which is how often all rows were seen (epochs).

    AdamW at one rate, so that a short training is the beginning of a long one; the same seed gives the same weights.
    """
    torch.manual_seed(seed)
    numbers = scaled(schema, rows)
    scale = np.stack([numbers.mean(axis=0), np.maximum(numbers.std(axis=0), 1e-9)], axis=1)
    members = untaught(schema).train()
    optimiser = torch.optim.AdamW(members.parameters(), RATE, weight_decay=DECAY, foreach=True)
    options, numbers_in = tensors(schema, rows, scale)
    wanted = torch.from_numpy(truth.astype(np.float32))
    order, models = torch.Generator().manual_seed(seed), {}
    for epoch in range(1, max(settings) + 1):
        for chosen in torch.randperm(len(rows), generator=order).split(BATCH):
            said = members(options[chosen], numbers_in[chosen])
            each = nn.functional.binary_cross_entropy_with_logits(said, wanted[chosen].expand_as(said), reduction="none")
            optimiser.zero_grad()
            each.mean(dim=1).sum().backward()  # every member learns as if it were alone
            optimiser.step()
        if epoch in settings:
            models[epoch] = NetworkTable(schema, deepcopy(members), scale)  # a new one would draw from the dropout's chance
    return [models[epochs] for epochs in settings]


def network_of(schema: Schema, arrays: dict[str, np.ndarray], device: str = "cpu") -> NetworkTable:
    """The model of stored arrays, on a device."""
    members, learnt = untaught(schema), dict(arrays)
    scale = learnt.pop("scale")
    state: dict[str, Any] = {name: torch.from_numpy(value) for name, value in learnt.items()}
    members.load_state_dict(state)
    return NetworkTable(schema, members, scale, device)
