"""Trains the network: `python -m demos.sentiment.train DATA` writes its adapter; DATA holds train.tsv of SST-2.

MiniLM stays as it is; learnt are low-rank steps beside each of its matrices (LoRA, Hu et al. 2021,
arXiv:2106.09685) and a head of 384 weights. Split: 500 whole sentences for validation, drawn with the seed, and
no part of them is learnt from. Seed 0; batches of 32 phrases of like length; a twentieth of the tokens hidden as
augmentation; bfloat16. The rate was chosen among 0.0004, 0.001 and 0.002 by the loss on the validation part after
short runs on 4,800 phrases; rank and epochs were set beforehand, and the last step is kept. It takes about a quarter
of an hour on one core. sentences_872.tsv and the reviews are not read here.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from demos.minilm import MINILM, WIDTH, MiniLM, load_minilm
from demos.sentiment.data import SEED, hold_back, read_phrases
from demos.weights import locate

RANK, SCALE, RATE, DECAY = 16, 2.0, 1e-3, 0.01
EPOCHS, BATCH, WARM = 2, 32, 0.06
HIDDEN, MASK, FIRST_WORD = 0.05, 103, 999  # share of tokens hidden; [MASK]; below are special tokens
POOL = 50  # batches among which phrases are sorted by length
TARGET = Path(__file__).with_name("weights") / "adapter.safetensors"


def batches(lengths: np.ndarray, epoch: int) -> list[np.ndarray]:
    """The phrases' numbers in batches of like length; another order in each epoch."""
    chance = np.random.default_rng((SEED, epoch))
    order = chance.permutation(len(lengths))
    found = []
    for start in range(0, len(order), POOL * BATCH):
        pool = order[start:start + POOL * BATCH]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        found += [pool[at:at + BATCH] for at in range(0, len(pool), BATCH)]
    random.Random(epoch).shuffle(found)
    return found


def adapted(minilm: MiniLM) -> torch.nn.Module:
    """The network with a trainable low-rank step beside each matrix of its layers."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(SEED)
    minilm.network.set_attn_implementation("eager")  # the way back through the other takes 16 times as long here
    steps = LoraConfig(r=RANK, lora_alpha=int(SCALE * RANK), target_modules=["query", "key", "value", "dense"])
    return get_peft_model(minilm.network, steps)


def learn(minilm: MiniLM, texts: list[str], labels: list[int], epochs: int = EPOCHS, rate: float = RATE,
          limit_s: float = 3600) -> dict[str, torch.Tensor]:
    """The adapter's and the head's tensors, learnt from the texts; stops early only for a short trial."""
    network = adapted(minilm)
    head = torch.nn.Linear(WIDTH, 1)
    encodings = minilm.encode(texts)
    truth = torch.tensor(labels, dtype=torch.float32)
    steps = [numbers for epoch in range(epochs)
             for numbers in batches(np.array([len(one.ids) for one in encodings]), epoch)]
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([*trained, *head.parameters()], rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, len(steps), WARM, "linear", cycle_momentum=False)
    chance, began, total = torch.Generator().manual_seed(SEED), time.perf_counter(), 0.0
    minilm.network.eval()  # its own dropout stays off: the hidden tokens do that work
    for number, chosen in enumerate(steps, start=1):
        ids, mask = minilm.padded([encodings[i] for i in chosen])
        hide = (torch.rand(ids.shape, generator=chance) < HIDDEN) & (ids > FIRST_WORD)
        with torch.autocast("cpu", torch.bfloat16):
            means = minilm.pooled(mask, input_ids=ids.masked_fill(hide, MASK))
        loss = binary_cross_entropy_with_logits(head(means.float())[:, 0], truth[chosen])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if number % 100 == 0:
            print(f"{number} of {len(steps)}: loss {total / 100:.4f}, {time.perf_counter() - began:.0f} s",
                  file=sys.stderr, flush=True)
            total = 0.0
        if time.perf_counter() - began > limit_s:
            break
    return tensors(network, head)


def tensors(network: torch.nn.Module, head: torch.nn.Linear) -> dict[str, torch.Tensor]:
    """What was learnt, in float16, named by the matrix it belongs to."""
    found = {"head.weight": head.weight, "head.bias": head.bias}
    for name, value in network.named_parameters():
        if ".lora_" in name:
            plain = name.removeprefix("base_model.model.").removesuffix(".default.weight")
            found[plain.replace(".lora_", ".")] = value
    return {name: value.detach().half().contiguous() for name, value in found.items()}


def main(data: Path) -> None:
    """Train on the folder, write the adapter, and say how well it does on the sentences held back."""
    from safetensors.torch import save_file

    from demos.adapter import load

    folder = locate(MINILM, Path())
    (texts, labels), (held, truth) = hold_back(read_phrases(data / "train.tsv"))
    stored = learn(load_minilm(folder, "cpu"), texts, labels)
    about = {"seed": SEED, "phrases": len(texts), "epochs": EPOCHS, "rate": RATE, "rank": RANK, "held_back": len(held)}
    TARGET.parent.mkdir(exist_ok=True)
    # one entry: several would be written in another order each time, and the digest would change
    save_file(stored, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    shares = load(folder, TARGET, "cpu").shares(held)
    print(about, "right", float(((shares > 0.5) == np.array(truth)).mean()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
