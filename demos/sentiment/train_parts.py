"""Learns from whole texts and all their judged parts at once: one reading of a text answers for each part in it.

The treebank judges the parts of a sentence too. A part's mean is taken over its own words while the network reads
the text around it, so that one pass teaches what many phrases would, and what comes out differs from what `train.py`
learns from each phrase alone; the two are mixed there. The idea is SentiBERT's (Yin et al. 2020, arXiv:2005.04114).
"""

from __future__ import annotations

import sys
import time

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from demos.minilm import WIDTH, MiniLM
from demos.sentiment import train
from demos.sentiment.data import SEED, Part, parts_of

RANK, RATE, DROPPED = 32, 1e-3, 0.1
EPOCHS, BATCH = 3, 24
WHOLE = 3.0  # how much more than a part's the answer for the whole text counts
KEPT = 0.995  # of the running mean of the weights, at each step


def learn_parts(minilm: MiniLM, texts: list[str], labels: list[int], epochs: int = EPOCHS) -> dict[str, torch.Tensor]:
    """The adapter's and the head's tensors, a running mean of those of the last hundreds of steps."""
    network = train.adapted(minilm, RANK)
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = DROPPED
    head = torch.nn.Linear(WIDTH, 1)
    nested = parts_of(texts)
    wholes = list(nested)
    encodings = minilm.encode([texts[i] for i in wholes])
    lengths = np.array([len(one.ids) for one in encodings])
    steps = [chosen for epoch in range(epochs) for chosen in train.batches(lengths, epoch, BATCH)]
    trained = [p for p in [*network.parameters(), *head.parameters()] if p.requires_grad]
    mean = [p.detach().clone() for p in trained]
    optimiser = torch.optim.AdamW(trained, RATE, weight_decay=train.DECAY, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, len(steps), train.WARM, "linear",
                                                   cycle_momentum=False)
    chance, began = torch.Generator().manual_seed(SEED), time.perf_counter()
    minilm.network.train()
    for number, chosen in enumerate(steps, start=1):
        ids, mask = minilm.padded([encodings[i] for i in chosen])
        hidden = minilm.network(attention_mask=mask, input_ids=train.hide(ids, chance)).last_hidden_state
        rows, shares, truth = spans([(encodings[i].offsets, wholes[i], nested[wholes[i]]) for i in chosen], labels,
                                    ids.shape[1])
        said = head(torch.bmm(shares[:, None], hidden[rows])[:, 0])[:, 0]
        weight = torch.ones(len(rows))
        weight[torch.diff(rows, prepend=torch.tensor([-1])) > 0] = WHOLE
        loss = (binary_cross_entropy_with_logits(said, truth, reduction="none") * weight).sum() / weight.sum()
        train.descend(loss, trained, optimiser, schedule)
        keep = min(KEPT, number / (number + 9))
        for old, new in zip(mean, trained):
            old.lerp_(new.detach(), 1 - keep)
        if number % 100 == 0:
            print(f"{number} of {len(steps)}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    with torch.no_grad():
        for new, old in zip(trained, mean):
            new.copy_(old)
    minilm.network.eval()
    return train.tensors(network, head)


def spans(read: list[tuple[list[tuple[int, int]], int, list[Part]]], labels: list[int],
          longest: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """For each text, itself and then its parts: its row `(m,)`, each token's share `(m, longest)`, the truth `(m,)`.

    `read` holds where the tokens of a text stand in it, its number, and its parts.
    """
    rows, shares, truth = [], [], []
    for row, (places, whole, parts) in enumerate(read):
        start, end = np.array(places).T
        inside = [np.ones(len(start), bool)]
        inside += [(start >= first) & (end <= last) & (end > start) for _, first, last in parts]
        for number, chosen in zip([whole, *(part[0] for part in parts)], inside):
            if chosen.any():  # a long text is cut, and what is cut off has no token
                rows.append(row)
                shares.append(np.pad(chosen / chosen.sum(), (0, longest - len(chosen))))
                truth.append(float(labels[number]))
    return torch.tensor(rows), torch.tensor(np.stack(shares), dtype=torch.float32), torch.tensor(truth)
